import { type GraphQLSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultProtection } from '../../src/config/protection.js';
import { codeLists } from '../../src/graph/types/code-list.js';
import { estimatedCost } from '../../src/limits/cost.js';
import { planCost } from '../../src/limits/cost-plan.js';
import { checkDocument } from '../../src/limits/document.js';
import { createSchema } from '../../src/schema.js';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await createSchema(false);
});

function cost(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  checkDocument(document);
  expect(validate(schema, document)).toEqual([]);
  return estimatedCost(planCost(schema, document, document.definitions[0] as OperationDefinitionNode), variables);
}

const TIE = 'id startedOn status dutch { name } chinese { name }';
const PERIODS = 'statusPeriods { status from until citations { supports source { title url } } }';
const EVIDENCE = 'citations { supports source { title url } }';
const byProvince = (children: number, ties: number) => `{
  authorities(first: 12, filter: { dutchLevel: { eq: PROVINCE } }) {
    nodes { name children(first: ${children}) { nodes { name partnerships(first: ${ties}) { nodes { id chinese { name } } } } } }
  }
}`;
const chain = (ties: string, programmes: string, organisations: string) => `{
  authority(id: "nl-rotterdam") {
    partnerships${ties} { nodes { chinese { name } programmes${programmes} { nodes { name organisations${organisations} { nodes { name parent { name } } } } } } }
  }
}`;
const detail = (exchanges: number, programmes: number, organisations: number) => `{
  partnership(id: "tie-rotterdam-shanghai") {
    ${TIE} ${EVIDENCE} ${PERIODS}
    exchanges(first: ${exchanges}) { nodes { id title ${EVIDENCE} } }
    programmes(first: ${programmes}) { nodes { name ${EVIDENCE} organisations(first: ${organisations}) { nodes { name ${EVIDENCE} } } } }
  }
}`;
const BILINGUAL = `{
  partnership(id: "tie-rotterdam-shanghai") {
    ${['dutch', 'chinese'].map(side => `${side} { nl: name(language: NL) zh: name(language: ZH) py: name(language: PINYIN) parent { nl: name(language: NL) zh: name(language: ZH) } }`).join(' ')}
    today: status
    ${[2000, 2005, 2010, 2015, 2020].map(year => `y${year}: status(on: "${year}")`).join(' ')}
    exchanges(first: 10) { nodes { nl: title(language: NL) zh: title(language: ZH) dutch { nl: name(language: NL) zh: name(language: ZH) } chinese { nl: name(language: NL) zh: name(language: ZH) } } }
    programmes(first: 5) { nodes { nl: name(language: NL) zh: name(language: ZH) organisations(first: 5) { nodes { nl: name(language: NL) zh: name(language: ZH) parent { nl: name(language: NL) zh: name(language: ZH) } } } } }
    encouragedBy { dutch { nl: name(language: NL) zh: name(language: ZH) } }
    nestedIn { dutch { zh: name(language: ZH) } }
  }
}`;
const groups = (by: string, members: string, rest = '') =>
  `{ partnershipGroups(by: [${by}]${rest}) { count ${members} } }`;

describe('screens that a front end asks for in one document pass under the default maximum', () => {
  test.each<[screen: string, query: string, before: number, now: number]>([
    [
      'ties by status, 50 each',
      groups('STATUS', `partnerships(first: 50) { nodes { ${TIE} } }`),
      7_650,
      5 * (2 + 1 + 50),
    ],
    [
      'ties by status, 100 each',
      groups('STATUS', `partnerships(first: 100) { nodes { ${TIE} } }`),
      15_150,
      5 * (2 + 1 + 100),
    ],
    [
      'ties by decade and status, 20 each',
      groups('STARTED_DECADE, STATUS', `partnerships(first: 20) { nodes { ${TIE} } }`),
      3_150,
      50 * (2 + 1 + 20),
    ],
    [
      'the first 40 groups of ties by decade and status, 100 each',
      groups('STARTED_DECADE, STATUS', `partnerships(first: 100) { nodes { ${TIE} } }`, ', first: 40'),
      15_150,
      40 * (2 + 1 + 100),
    ],
    [
      'ties by Dutch province, 20 each, with three exchanges',
      groups(
        'DUTCH_PROVINCE',
        'dutchProvince { name } partnerships(first: 20) { nodes { id dutch { name } chinese { name } exchanges(first: 3) { nodes { title } } } }',
      ),
      7_200,
      34 * (2 + 1 + 20 * (1 + 1 + 3)),
    ],
    ['twelve provinces, 50 municipalities, 5 ties', byProvince(50, 5), 7_225, 1 + 12 * (2 + 50 * (2 + 5))],
    [
      'a timeline of 100 ties with the sources of their periods',
      `{ partnerships(first: 100) { nodes { ${TIE} ${PERIODS} } } }`,
      5_801,
      1 + 100 * (1 + 5 * (1 + 8)),
    ],
    ['a detail in two languages, with 54 aliases', BILINGUAL, 101, 1 + 2 + 11 + 61 + 2 + 5],
    ['a detail with generous pages', detail(100, 20, 10), 16_207, 1 + 10 + 45 + 601 + (1 + 20 * (7 + 10 * 6))],
    [
      'authority, ties, programmes, organisations, parent',
      chain('(first: 20)', '(first: 5)', '(first: 5)'),
      25_262,
      2 + 20 * (2 + 5 * (2 + 5 * 2)),
    ],
    [
      'a map of 100 ties with its evidence',
      `{ partnerships(first: 100) { nodes { ${TIE} ${EVIDENCE} } } }`,
      1_501,
      1_101,
    ],
  ])('%s', (_, query, before, now) => {
    const estimated = cost(query);
    expect(estimated).toBe(now);
    expect(estimated).toBeLessThanOrEqual(before);
    expect(estimated).toBeLessThanOrEqual(defaultProtection().maxCost);
  });

  test('a page of the list with facets and labels costs a fifth of before', () => {
    const list = `partnerships(first: 20) { totalCount nodes { ${TIE} encouragedBy { id } } pageInfo { endCursor } }`;
    const facets = ['STATUS', 'KIND', 'STARTED_DECADE', 'DUTCH_PROVINCE']
      .map(
        by =>
          `${by}: partnershipGroups(by: [${by}]) { count ${by === 'DUTCH_PROVINCE' ? 'dutchProvince { name }' : ''} }`,
      )
      .join(' ');
    const labels =
      'codeLists(names: ["PartnershipStatus", "PartnershipKind"]) { name codes { value label(language: NL) } }';
    expect(cost(`{ ${list} }`)).toBe(1 + 5 + 1 + 20 * 2);
    expect(cost(`{ ${facets} }`)).toBe(2 * (5 + 5 + 50 + 34));
    expect(cost(`{ ${labels} }`)).toBe(2 + 5 + 5);
    expect(cost(`{ ${list} ${facets} ${labels} viewer { name } }`)).toBeLessThan(1_420 / 5);
  });
});

test.each([
  ['a detail with pages of 100 inside pages', detail(100, 100, 100)],
  ['four lists inside each other with the default sizes', chain('', '', '')],
  ['a tree with the default sizes', byProvince(20, 20)],
])('%s is too much: first has to be given', (_, query) => {
  expect(cost(query)).toBeGreaterThan(defaultProtection().maxCost);
});

describe('a list costs as much as its arguments make it long', () => {
  const size = (names?: readonly string[]) => {
    const lists = codeLists().filter(({ name }) => names?.includes(name) ?? true);
    return lists.reduce((sum, { codes }) => sum + 1 + codes.length, 0);
  };

  test('codeLists: the lists and their values', () => {
    expect(cost('{ codeLists { name } }')).toBe(codeLists().length);
    expect(cost('{ codeLists { name codes { value } } }')).toBe(size());
    expect(cost('{ codeLists { name a: codes { value } b: codes { value } } }')).toBe(2 * size() - codeLists().length);
    const names = ['Theme', 'ExchangeSubkind', 'Theme', 'Nothing'];
    const query = 'query($names: [String!]) { codeLists(names: $names) { codes { value } } }';
    expect(cost(query, { names })).toBe(size(names));
    expect(cost(query, { names: 'Theme' })).toBe(size(['Theme']));
    expect(cost(query, { names: [] })).toBe(0);
    for (const all of [{}, { names: null }]) expect(cost(query, all)).toBe(size());
    expect(cost('{ codeList(name: "ExchangeSubkind") { codes { value } } }')).toBe(size(['ExchangeSubkind']));
  });

  test('nodes and _entities: the ids, in a literal or a variable', () => {
    const ids = Array.from({ length: 100 }, (_, index) => `nl-${index}`);
    const byVariable =
      'query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Exchange { partnership { encouragedBy { id } } } } }';
    expect(cost(byVariable, { ids })).toBe(300);
    expect(cost(byVariable, { ids: 'nl-1' })).toBe(3);
    expect(cost(byVariable.replace('($ids: [ID!]!)', '').replace('$ids', JSON.stringify(ids)))).toBe(300);
    expect(cost('query($a: ID!) { nodes(ids: [$a, "b"]) { id } }', { a: 'a' })).toBe(2);
    const entities =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Exchange { partnership { id } } } }';
    expect(cost(entities, { r: ids.map(id => ({ __typename: 'Exchange', id })) })).toBe(200);
  });

  test.each<[args: string, groups: number]>([
    ['by: [STATUS]', 5],
    ['by: STATUS', 5],
    ['by: [THEME, CONFIDENCE]', 50],
    ['by: [DUTCH_LEVEL, CONFIDENCE]', 12],
    ['by: [STARTED_YEAR]', 50],
    ['by: [STARTED_YEAR], first: 7', 7],
    ['by: [STARTED_YEAR], first: 1000', 1_000],
    ['by: [STATUS], first: 1000', 5],
    ['by: [STATUS], first: -1', 0],
  ])('groups with %s: %i', (args, number) => {
    expect(cost(`{ partnershipGroups(${args}) { count } }`)).toBe(2 * number);
    expect(cost('query($n: Int) { partnershipGroups(by: [STARTED_YEAR], first: $n) { count } }', { n: 9 })).toBe(18);
    const query = 'query($by: [PartnershipDimension!]!) { partnershipGroups(by: $by) { count } }';
    expect(cost(query, { by: ['STATUS', 'DUTCH_LEVEL'] })).toBe(2 * 15);
  });
});
