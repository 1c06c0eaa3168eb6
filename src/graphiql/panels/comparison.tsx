import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { formatDate } from '../result/format.js';
import { labelOf, textOf } from '../result/objects.js';
import { CHANGES, type ComparedTie, type compareDays } from '../result/status-on-day.js';
import { mapTexts } from './map-texts.js';

/** Lists what was added, gone, stayed and is unknown between two days; each tie is in one list. */
export function Comparison(props: {
  lists: ReturnType<typeof compareDays>;
  days: readonly [first: string, second: string];
}) {
  const { lists, days } = props;
  const texts = useTranslation(mapTexts);
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels(language);
  const label = (status: string) => enumLabel('PartnershipStatus', status);
  const line = ({ record, before, after }: ComparedTie) =>
    `${labelOf(record, language)}: ${label(before)} → ${label(after)}`;
  const [first, second] = days.map(day => formatDate(day, language)) as [string, string];
  return (
    <section className="desk-comparison" aria-label={texts.between(first, second)}>
      <h3>{texts.between(first, second)}</h3>
      <div className="desk-lists">
        {CHANGES.filter(change => change !== 'neither' || lists.neither.length > 0).map(change => (
          <details key={change} open={change === 'added' || change === 'gone'} data-change={change}>
            <summary>
              <strong>
                {texts.changes[change]} ({lists[change].length})
              </strong>{' '}
              {texts.explain[change]}
            </summary>
            <ul>
              {lists[change].map(tie => (
                <li key={textOf(tie.record, 'id')}>{line(tie)}</li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </section>
  );
}
