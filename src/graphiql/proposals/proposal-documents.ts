/** The rows of an outcome that are shown; the others are counted. */
const SHOWN_ROWS = 20;

const PROPOSAL = `fragment P on Proposal {
  id concept origin state message proposer basis version createdAt
  source { title publisher url publishedOn }
  counts { total create revise same conflict ambiguous unmatched refused stale }
}`;
const ITEM = `fragment I on ProposalItem {
  id number place verdict subjectId subject { ... on Labelled { label(language: $language) } } proposed
  fields { field atBasis now proposed isConflict }
  candidates { id path score why matched node { ... on Labelled { label(language: $language) } } }
  decision choice isApplied problems { rule path message(language: $language) }
}`;
const PAGE_INFO = 'totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

export const LIST = `query Proposals($filter: ProposalFilter, $first: Int, $after: String, $last: Int, $before: String) {
  proposals(filter: $filter, first: $first, after: $after, last: $last, before: $before) { nodes { ...P } ${PAGE_INFO} }
} ${PROPOSAL}`;

export const ONE = `query Proposal($id: ID!, $language: Language!, $filter: ProposalItemFilter, $first: Int, $after: String, $last: Int, $before: String) {
  proposal(id: $id) {
    ...P
    items(filter: $filter, first: $first, after: $after, last: $last, before: $before) { nodes { ...I } ${PAGE_INFO} }
  }
} ${PROPOSAL} ${ITEM}`;

export const UNDECIDED = `query Undecided($id: ID!, $filter: ProposalItemFilter!, $first: Int, $after: String) {
  proposal(id: $id) {
    items(filter: { and: [{ decision: { isNull: true } }, $filter] }, first: $first, after: $after) {
      nodes { id verdict decision isApplied fields { now proposed } candidates { id score } } ${PAGE_INFO}
    }
  }
}`;

export const DECIDE = `mutation Decide($input: DecideProposalItemsInput!, $ids: [ID!]!, $count: Int!, $language: Language!) {
  decideProposalItems(input: $input) {
    proposal { ...P items(filter: { id: { in: $ids } }, first: $count) { nodes { ...I } } }
    userErrors { code message(language: $language) }
  }
} ${PROPOSAL} ${ITEM}`;

const WRITTEN = '{ isApplied: { eq: true } }';
const DECIDED = '{ isApplied: { eq: true }, verdict: { eq: CONFLICT } }';
const STALE = '{ verdict: { eq: STALE } }';
const OUTCOME = `written: items(filter: ${WRITTEN}, first: ${SHOWN_ROWS}) { totalCount nodes { ...I } }
  decided: items(filter: ${DECIDED}, first: 1) { totalCount }
  stale: items(filter: ${STALE}, first: ${SHOWN_ROWS}) { totalCount nodes { ...I } }`;

/** Returns a mutation of a whole proposal, with its outcome if it writes rows. */
export const mutationOf = (name: string, withOutcome: boolean): string => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation Change($input: ${type}!, $language: Language!) {
    ${name}(input: $input) { proposal { ...P ${withOutcome ? OUTCOME : ''} } userErrors { code message(language: $language) } }
  } ${PROPOSAL} ${withOutcome ? ITEM : ''}`;
};
