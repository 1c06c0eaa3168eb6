import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { type Item, rowsForAPerson } from './proposal.js';
import type { Outcome } from './proposal-api.js';
import { placeText } from './row-texts.js';
import { useProposalTexts } from './texts.js';
import { useFieldLabel } from './use-field-label.js';
import { useValueText } from './use-value-text.js';

interface OutcomeViewProps {
  outcome: Outcome;
  isDryRun?: boolean;
}

/** Shows what applying writes, or wrote, and which rows stay out. */
export function OutcomeView({ outcome, isDryRun = false }: OutcomeViewProps) {
  const texts = useProposalTexts();
  const enumLabel = useEnumLabels(useReaderLanguage());
  const fieldLabel = useFieldLabel();
  const valueText = useValueText(outcome.concept);
  const { written, decided, stale, counts } = outcome;
  const left = rowsForAPerson(counts) - decided.totalCount;
  const heading = isDryRun ? texts.wouldWrite(written.totalCount) : texts.wrote(written.totalCount);
  const changesOf = (item: Item) =>
    item.fields
      .map(({ field, now, proposed }) => {
        const show = (value: unknown) => valueText(item, field, value) || texts.empty;
        const change = `${item.decision === 'KEEP_BOTH' ? '+' : '→'} ${show(proposed)}`;
        return `${fieldLabel(field)}: ${item.verdict === 'CREATE' ? show(proposed) : `${show(now)} ${change}`}`;
      })
      .join('; ');
  return (
    <div className="proposal-outcome">
      <p>
        <strong>{isDryRun && written.totalCount === 0 ? texts.nothingToWrite : heading}</strong>
      </p>
      <ul>
        {written.nodes.map(item => (
          <li key={item.id}>
            {placeText(item, texts)}, {enumLabel('ProposalVerdict', item.verdict)}
            {item.decision && ` (${enumLabel('ProposalDecision', item.decision)})`}:{' '}
            <strong>{item.subject?.label ?? item.subjectId}</strong> {changesOf(item)}
          </li>
        ))}
        {written.totalCount > written.nodes.length && <li>{texts.more(written.totalCount - written.nodes.length)}</li>}
      </ul>
      {stale.totalCount > 0 && (
        <>
          <p>
            <strong>{texts.staleRows(stale.totalCount)}</strong>
          </p>
          <ul className="proposal-stale">
            {stale.nodes.map(item => (
              <li key={item.id}>
                {placeText(item, texts)}: {item.subject?.label ?? item.subjectId}{' '}
                {item.problems.map(({ message }) => message).join(' ')}
              </li>
            ))}
            {stale.totalCount > stale.nodes.length && <li>{texts.more(stale.totalCount - stale.nodes.length)}</li>}
          </ul>
        </>
      )}
      {isDryRun && left > 0 && <p>{texts.stayOut(left)}</p>}
    </div>
  );
}
