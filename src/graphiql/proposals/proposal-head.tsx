import { formatShortInstant } from '../clock/amsterdam.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { isSafeLink } from '../result/evidence.js';
import { type Proposal, titleOf } from './proposal.js';
import { useProposalTexts } from './texts.js';
import { VerdictCounts } from './verdict-counts.js';

/** Shows what is known of a whole proposal: its source, state, proposer, and the number of rows by verdict. */
export function ProposalHead({ proposal }: { proposal: Proposal }) {
  const texts = useProposalTexts();
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels(language);
  const { source, message, proposer, createdAt, id } = proposal;
  return (
    <div className="proposal-head">
      <h3>{titleOf(proposal, texts)}</h3>
      <p className="proposal-facts">
        <strong>{enumLabel('ProposalState', proposal.state)}</strong>
        <span>{enumLabel('ProposalOrigin', proposal.origin)}</span>
        <span>{enumLabel('SubjectType', proposal.concept)}</span>
        {source && <span>{[source.publisher, source.publishedOn].filter(Boolean).join(', ')}</span>}
        {source?.url && (
          <span>
            {isSafeLink(source.url) ? (
              <a href={source.url} target="_blank" rel="noopener noreferrer">
                {source.url}
              </a>
            ) : (
              source.url
            )}
          </span>
        )}
        <span>
          {texts.proposer} {proposer}, <time dateTime={createdAt}>{formatShortInstant(createdAt, language)}</time>
        </span>
        <code>{id}</code>
      </p>
      {source && message && <p>{message}</p>}
      <VerdictCounts proposal={proposal} />
    </div>
  );
}
