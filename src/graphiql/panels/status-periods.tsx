import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import type { CitedRecord } from '../result/evidence.js';
import { formatPeriod } from '../result/format.js';
import { SourceLine } from './source-line.js';

const translations = {
  en: { periods: 'Status over time', decidedBy: 'Decided by', reason: 'Reason', noReason: 'not recorded' },
  nl: { periods: 'Status door de tijd', decidedBy: 'Besluit door', reason: 'Reden', noReason: 'niet vastgelegd' },
  zh: { periods: '状态的变化', decidedBy: '决定者', reason: '原因', noReason: '未记录' },
};

/** Shows the status of a tie over time: who ended it or put it to rest, why, and the sources. Renders nothing without periods. */
export function StatusPeriods({ periods }: { periods: NonNullable<CitedRecord['statusPeriods']> }) {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels();
  if (periods.length === 0) return null;
  return (
    <>
      <h3>{texts.periods}</h3>
      <dl>
        {periods.map(({ status, from, until, reason, decidedBy, citations }) => (
          <div key={from}>
            <dt>
              {enumLabel('PartnershipStatus', status)} <strong>{formatPeriod(from, until, false, language)}</strong>
            </dt>
            {status !== 'ACTIVE' && (
              <>
                <dd>
                  {texts.decidedBy}: <strong>{enumLabel('StatusDecisionMaker', decidedBy)}</strong>
                </dd>
                <dd>
                  {texts.reason}: {reason ?? texts.noReason}
                </dd>
              </>
            )}
            {citations.map(({ source }) => (
              <dd key={`${source.url} ${source.title}`}>
                <SourceLine source={source} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </>
  );
}
