const NAMES = 'names { nl en zh pinyin aliases }';
const CITATIONS = 'citations { supports source { title publisher url publishedOn } }';

/** The parts that every record has. The newest changes are the last of its history. */
const COMMON = `
  version createdAt updatedAt
  ${CITATIONS}
  redactions { fields redactedAt reason }
  history(last: 10) {
    totalCount
    nodes { kind recordedAt actorName reason fields { label beforeLabel afterLabel } }
  }`;

/** Sides with their places, for the map. */
const PLACES =
  'dutch { name location { latitude longitude } } chinese { name location { latitude longitude } prefecture { location { latitude longitude } } }';

const TIES = `{ totalCount nodes { ${PLACES} kind status startedOn endedOn } }`;
const EXCHANGES = '(last: 50) { totalCount nodes { title kind status startedOn } }';

/** A type of records that has pages. */
export interface RecordKind {
  /** The field of Query that returns it. */
  readonly field: string;
  /** The GraphQL document of the page. */
  readonly document: string;
  /** The fields of `Names` that are its names or titles. */
  readonly names: string;
  /** The list of exports that has it. */
  readonly list: string;
}

const kind = (field: string, list: string, names: string, selection: string): RecordKind => ({
  field,
  list,
  names,
  document: `query ${field[0]?.toUpperCase()}${field.slice(1)}Page($id: ID!) { ${field}(id: $id) { __typename id ${selection} ${COMMON} } }`,
});

/** The pages by the name of the GraphQL type. */
const RECORD_KINDS: Readonly<Record<string, RecordKind>> = {
  Authority: kind(
    'authority',
    'authorities',
    'names',
    `name ${NAMES} country
    ... on DutchAuthority { dutchLevel: level cbsCode }
    ... on ChineseAuthority { chineseLevel: level gbCode prefecture { name } }
    parent { name } wikidataId location { latitude longitude } dissolvedOn succeededBy { name }
    partnerships(first: 100) ${TIES}
    exchanges${EXCHANGES}
    predecessors(first: 50) { totalCount nodes { name dissolvedOn } }
    children(first: 100) { totalCount nodes { name } }`,
  ),
  Partnership: kind(
    'partnership',
    'partnerships',
    'label',
    `label ${PLACES}
    kind status statusSince startedOn endedOn lastEvidenceOn origin motives themes support dialogueTopics
    encouragedBy { label } nestedIn { label } confidence notes
    statusPeriods { status from until reason ${CITATIONS} }
    exchanges${EXCHANGES}
    programmes(first: 50) { totalCount nodes { name startedOn endedOn } }
    nested(first: 100) ${TIES}`,
  ),
  Programme: kind(
    'programme',
    'programmes',
    'names',
    `name ${NAMES} description startedOn endedOn funder implementer projectCode iatiId budgetEur themes otherPartners
    inVngInternationalPortfolio confidence notes
    organisations(first: 50) { totalCount nodes { name kind } }
    authorities(first: 100) { totalCount nodes { name } }
    partnerships(first: 100) ${TIES}
    exchanges${EXCHANGES}`,
  ),
  Exchange: kind(
    'exchange',
    'exchanges',
    'titles',
    `title titles { nl en zh } kind subkind status startedOn endedOn recurring dutch { name } chinese { name }
    partnership { label } underPartnership programme { name } participants description confidence notes`,
  ),
  Organisation: kind(
    'organisation',
    'organisations',
    'names',
    `name ${NAMES} kind role city country parent { name } startedOn endedOn website contactPoints { type value seenIn }
    confidence notes
    programmes(first: 100) { totalCount nodes { name startedOn endedOn } }`,
  ),
};

/** Returns the kind of a record by its GraphQL type. */
export const recordKind = (typename: string | undefined): RecordKind | undefined =>
  RECORD_KINDS[typename?.replace(/^(?:Dutch|Chinese)/, '') ?? ''];

/** The document of a page about an id without a record: its withdrawal, and records that were perhaps meant. */
export const MISSING_DOCUMENT = `query MissingRecord($ids: [ID!]!, $words: String!) {
  changes(filter: { subjectIds: $ids, kinds: [WITHDRAWN] }, last: 1) {
    nodes { kind recordedAt actorName reason subjectLabel fields { label beforeLabel } }
  }
  search(query: $words, first: 5) { nodes { ... on Labelled { id label } } }
}`;
