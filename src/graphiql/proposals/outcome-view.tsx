import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { formatValue, type Item, rowsForAPerson } from './proposal.js';
import type { Outcome } from './proposal-api.js';
import { useProposalTexts } from './texts.js';
import { useFieldLabel } from './use-field-label.js';

interface OutcomeViewProps {
  outcome: Outcome;
  isDryRun?: boolean;
}

/** Shows what applying writes, or wrote, and which rows stay out. */
export function OutcomeView({ outcome, isDryRun = false }: OutcomeViewProps) {
  const texts = useProposalTexts();
  const enumLabel = useEnumLabels(useReaderLanguage());
  const fieldLabel = useFieldLabel();
  const { written, decided, stale, counts } = outcome;
  const left = rowsForAPerson(counts) - decided.totalCount;
  const heading = isDryRun ? texts.wouldWrite(written.totalCount) : texts.wrote(written.totalCount);
  const changesOf = ({ fields, verdict, decision }: Item) =>
    fields
      .map(({ field, now, proposed }) => {
        const name = fieldLabel(field);
        const value = formatValue(proposed) || texts.empty;
        if (verdict === 'CREATE') return `${name}: ${value}`;
        return `${name}: ${formatValue(now) || texts.empty} ${decision === 'KEEP_BOTH' ? '+' : '→'} ${value}`;
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
            {item.place}, {enumLabel('ProposalVerdict', item.verdict)}
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
            {stale.nodes.map(({ id, place, subject, subjectId, problems }) => (
              <li key={id}>
                {place}: {subject?.label ?? subjectId} {problems.map(({ message }) => message).join(' ')}
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
