import { useEffect, useState } from 'react';
import { formatShortInstant } from '../clock/amsterdam.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage } from '../language.js';
import { failureText } from '../result/failure-text.js';
import { Pager } from './pager.js';
import { type Proposal, titleOf } from './proposal.js';
import { type Page, type PagePlace, PROPOSALS_PAGE_SIZE, type ProposalApi } from './proposal-api.js';
import { useProposalTexts } from './texts.js';
import { VerdictCounts } from './verdict-counts.js';

const STATES = ['OPEN', 'APPLIED', 'REVERTED', 'REJECTED', 'WITHDRAWN'];
const ORIGINS = ['FILE', 'WIKIDATA', 'IATI', 'CBS', 'PARTNER', 'REPORT'];

interface Query {
  readonly state: string;
  readonly origin: string;
  readonly place: PagePlace;
  readonly offset: number;
}

type Listed = { readonly query: Query; readonly page?: Page<Proposal>; readonly error?: unknown };

const isEqual = (value: string): object | undefined => (value ? { eq: value } : undefined);

/** Lists proposals, the newest first; at first those under review. */
export function ProposalList({ api, open }: { api: ProposalApi; open: (id: string) => void }) {
  const texts = useProposalTexts();
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels(language);
  const [query, setQuery] = useState<Query>({ state: 'OPEN', origin: '', place: {}, offset: 0 });
  const [listed, setListed] = useState<Listed>();
  useEffect(() => {
    const request = new AbortController();
    const filter = { state: isEqual(query.state), origin: isEqual(query.origin) };
    api
      .proposals(filter, query.place, request.signal)
      .then(page => setListed({ query, page }))
      .catch((error: unknown) => {
        if (!request.signal.aborted) setListed({ query, error });
      });
    return () => request.abort();
  }, [api, query]);
  const page = listed?.page;
  const choice = (label: string, type: string, values: readonly string[], name: 'state' | 'origin') => (
    <label>
      {label}{' '}
      <select
        value={query[name]}
        onChange={event => setQuery({ ...query, [name]: event.target.value, place: {}, offset: 0 })}
      >
        <option value="">{texts.all}</option>
        {values.map(value => (
          <option key={value} value={value}>
            {enumLabel(type, value)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <div className="desk-choices">
        {choice(texts.state, 'ProposalState', STATES, 'state')}
        {choice(texts.origin, 'ProposalOrigin', ORIGINS, 'origin')}
      </div>
      {listed?.error !== undefined && <p role="alert">{failureText(listed.error, texts)}</p>}
      {!listed && <p role="status">{texts.loading}</p>}
      {page && page.nodes.length === 0 && <p role="status">{texts.none}</p>}
      {page && page.nodes.length > 0 && (
        <>
          <ul className="proposal-list" aria-label={texts.title}>
            {page.nodes.map(proposal => (
              <li key={proposal.id}>
                <button
                  type="button"
                  onClick={() => open(proposal.id)}
                  aria-label={texts.open(titleOf(proposal, texts))}
                >
                  {titleOf(proposal, texts)}
                </button>
                <p className="proposal-facts">
                  <span>{enumLabel('ProposalState', proposal.state)}</span>
                  <span>{enumLabel('ProposalOrigin', proposal.origin)}</span>
                  <span>{enumLabel('SubjectType', proposal.concept)}</span>
                  {proposal.source && <span>{proposal.source.publisher}</span>}
                  <time dateTime={proposal.createdAt}>{formatShortInstant(proposal.createdAt, language)}</time>
                </p>
                {proposal.source && proposal.message && <p>{proposal.message}</p>}
                <VerdictCounts proposal={proposal} />
              </li>
            ))}
          </ul>
          <Pager
            page={page}
            offset={listed.query.offset}
            turn={(place, step) => setQuery({ ...query, place, offset: query.offset + step * PROPOSALS_PAGE_SIZE })}
          />
        </>
      )}
    </>
  );
}
