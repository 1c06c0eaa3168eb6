import type { GraphQLSchema } from 'graphql';
import { randomDocument } from './random-document.js';

/** A request whose document takes much memory for few points. */
export interface WorstRequest {
  query: string;
  variables?: Record<string, unknown>;
}

const TIE = 'id version kind status statusSince startedOn endedOn lastEvidenceOn origin motives themes support notes';
const DEEP = `${TIE} dutch { id name parent { id name } } chinese { id name(language: ZH) parent { id name } }
  statusPeriods { status from until } programmes { nodes { id name organisations { nodes { id name } } } }
  exchanges { totalCount nodes { id title kind startedOn partnership { id } } } citations { supports source { title url } }`;
const tie = (alias: string, fields: string) => `${alias}: partnership(id: "tie-rotterdam-shanghai") { ${fields} }`;
const list = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => item(i)).join(' ');

/** One record with twenty fields, under an alias of its own: 17 points. */
export const oneRecord = (n: number): WorstRequest => ({ query: `{ ${tie(`x${n}`, DEEP)} }` });

/** Twenty records, each with what hangs on it. */
export const twentyRecords = (n: number): WorstRequest => ({
  query: `query Q${n} { ${list(19, i => tie(`x${n}_${i}`, 'id dutch { name } chinese { name } exchanges { nodes { id } }'))} }`,
});

/** Nearly as many tokens as a document may have, for twenty points. */
export const manyTokens = (n: number): WorstRequest => {
  const repeated = list(5, () => `... on Partnership { ${TIE} }`);
  return { query: `query T${n} { ${list(17, i => tie(`x${i}`, `${TIE} ${repeated}`))} }` };
};

/** One of the 64 ways in which six `@include` come out. */
export const oneOfManyWays = (n: number): WorstRequest => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const fields = names.map(
    (name, i) => `p${i}: exchanges(first: ${i + 1}) @include(if: $${name}) { nodes { id title } }`,
  );
  const ties = list(5, i => tie(`t${i}`, `${TIE} ${i ? '' : fields.join(' ')} dutch { id name } chinese { id name }`));
  return {
    query: `query W${n >> 6}(${names.map(name => `$${name}: Boolean!`).join(' ')}) { ${ties} }`,
    variables: Object.fromEntries(names.map((name, i) => [name, Boolean((n >> i) & 1)])),
  };
};

/** A filter whose form nobody else sends. */
export const strangeFilter = (n: number): WorstRequest => {
  const digits = [...n.toString(2)].map((digit, i) =>
    digit === '1' ? `{ startedOn: { before: "19${10 + i}" } }` : `{ status: { in: [ACTIVE] } }`,
  );
  return { query: `{ partnerships(first: 1, filter: { or: [${digits.join(', ')}] }) { nodes { id } } }` };
};

/** A filter whose form nobody else sends, as a variable of one of twenty documents. */
export const strangeVariables = (n: number): WorstRequest => {
  const or = [...n.toString(2)].map((digit, i) =>
    digit === '1' ? { startedOn: { before: `19${10 + i}` } } : { status: { in: ['ACTIVE'] } },
  );
  const lists = list(5, i => `p${i}: partnerships(first: ${i + 1}, filter: $filter) { nodes { id } }`);
  return { query: `query V${n % 20}($filter: PartnershipFilter) { ${lists} }`, variables: { filter: { or } } };
};

/** A short document with a long comment. */
export const longComment = (n: number): WorstRequest => ({ query: `# ${n} ${'友'.repeat(20_000)}\n{ __typename }` });

/** A document that is rejected. */
export const rejected = (n: number): WorstRequest => ({
  query: `{ ${tie(
    'x',
    list(60, i => `nothing${n}_${i}`),
  )} }`,
});

const KINDS = [
  oneRecord,
  twentyRecords,
  manyTokens,
  oneOfManyWays,
  strangeFilter,
  strangeVariables,
  longComment,
  rejected,
];

/** The n-th request, of all kinds in turn, no two alike. */
export function worstRequest(n: number, random: () => number, schema: GraphQLSchema): WorstRequest {
  const kind = KINDS[n % (KINDS.length + 1)];
  return kind ? kind(n) : randomDocument(random, schema);
}
