import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { countsOf, type Proposal } from './proposal.js';
import { useProposalTexts } from './texts.js';

/** Shows the number of rows of a proposal by verdict. */
export function VerdictCounts({ proposal }: { proposal: Proposal }) {
  const texts = useProposalTexts();
  const enumLabel = useEnumLabels(useReaderLanguage());
  return (
    <ul className="proposal-counts" aria-label={texts.rows}>
      {countsOf(proposal).map(([verdict, rows]) => (
        <li key={verdict} data-verdict={verdict}>
          {enumLabel('ProposalVerdict', verdict)} <strong>{rows}</strong>
        </li>
      ))}
    </ul>
  );
}
