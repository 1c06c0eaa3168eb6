import { readFileSync } from 'node:fs';
import { buildClientSchema, buildSchema, introspectionFromSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { layOutNetwork } from '../../src/graphiql/panels/network-layout.js';
import { collectPages, openListOf } from '../../src/graphiql/result/all-pages.js';
import {
  dimensionOptions,
  filterOptions,
  orderOptions,
  recordType,
} from '../../src/graphiql/result/builder-options.js';
import {
  BUILT_LISTS,
  type BuiltQuestion,
  newQuestion,
  writeQuestion,
} from '../../src/graphiql/result/built-question.js';
import { columnOptions } from '../../src/graphiql/result/column-options.js';
import { literalOf, valueIn } from '../../src/graphiql/result/literals.js';
import { networkOf } from '../../src/graphiql/result/network-data.js';
import { largestPage, rootList } from '../../src/graphiql/result/page-size.js';
import { readQuestion } from '../../src/graphiql/result/read-question.js';
import { explainQuery } from '../../src/graphiql/result/remedies.js';
import { withDatesAsTexts, withoutCursors } from '../../src/graphiql/result/rewrites.js';
import { readResult } from '../../src/graphiql/result/typed-result.js';
import { variableFields, variableWords } from '../../src/graphiql/result/variable-fields.js';
import { questions } from '../support/questions.js';

const SCHEMA = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
/** As the page has it: scalars take any literal. */
const schema = buildClientSchema(introspectionFromSchema(buildSchema(SCHEMA, { assumeValidSDL: true })));

const errorsOf = (query: string) => validate(schema, parse(query)).map(({ message }) => message);
const DUTCH = {
  language: 'nl',
  enumLabel: (_: string, value: string) => (value === 'ENDED' ? 'Beëindigd' : value.toLowerCase()),
} as const;

test.each(Object.keys(BUILT_LISTS))('a new question about %s fits the schema and is read back', list => {
  const question = newQuestion(list);
  const query = writeQuestion(question);
  expect(errorsOf(query)).toEqual([]);
  expect(readQuestion(query)).toEqual(question);
});

test('a question with all parts is written as a person would write it, and read back', () => {
  const question: BuiltQuestion = {
    title: 'Beëindigde banden van gemeenten',
    list: 'partnerships',
    columns: ['dutch.name', 'endedOn', 'citations.source.title', 'exchanges.nodes.title'],
    conditions: [
      { path: ['status', 'in'], literal: literalOf(['ENDED', 'DORMANT'], true) },
      { path: ['dutch', 'dutchLevel', 'eq'], literal: literalOf('MUNICIPALITY', true) },
      { path: ['dutch', 'within'], literal: literalOf('nl-prov-limburg', false) },
      { path: ['endedOn', 'from'], literal: literalOf('2021', false) },
    ],
    by: [],
    order: { field: 'ENDED_ON', isDescending: true },
    first: 100,
  };
  const query = writeQuestion(question);
  expect(query).toBe(`# Beëindigde banden van gemeenten
query Partnerships {
  partnerships(
    first: 100
    filter: {status: {in: [ENDED, DORMANT]}, dutch: {dutchLevel: {eq: MUNICIPALITY}, within: "nl-prov-limburg"}, endedOn: {from: "2021"}}
    orderBy: [{field: ENDED_ON, direction: DESC}]
  ) {
    totalCount
    nodes {
      dutch {
        name
      }
      endedOn
      citations {
        source {
          title
        }
      }
      exchanges {
        nodes {
          title
        }
      }
    }
  }
}
`);
  expect(errorsOf(query)).toEqual([]);
  expect(readQuestion(query)).toEqual(question);
  expect(question.conditions.map(({ literal }) => valueIn(literal))).toEqual([
    ['ENDED', 'DORMANT'],
    'MUNICIPALITY',
    'nl-prov-limburg',
    '2021',
  ]);
});

test('a literal of the query is the value of its control: lists, texts with a comma, codes, numbers', () => {
  const values = [['Rotterdam, Port', 'Delft'], 'a "quoted" text', 12, true];
  expect(values.map(value => valueIn(literalOf(value, false)))).toEqual(values);
  expect(valueIn(literalOf(['ENDED'], true))).toEqual(['ENDED']);
  expect(valueIn(literalOf([''], false))).toEqual([]);
});

test.each(['partnerships', 'exchanges'])(
  'every dimension, order and condition of %s gives a query of the schema',
  list => {
    const { codes = [] } = dimensionOptions(schema, list) ?? {};
    expect(codes.length).toBeGreaterThan(5);
    for (const code of codes) {
      const query = writeQuestion({ ...newQuestion(list), by: [code], columns: [], first: undefined });
      expect(errorsOf(query), code).toEqual([]);
      expect(readQuestion(query)?.by, code).toEqual([code]);
    }
    for (const field of orderOptions(schema, list, false))
      expect(errorsOf(writeQuestion({ ...newQuestion(list), order: { field, isDescending: false } })), field).toEqual(
        [],
      );
    for (const { path, operators } of filterOptions(schema, list)) {
      expect(operators.length, path.join('.')).toBeGreaterThan(0);
      for (const operator of operators) {
        const single = operator.kind === 'boolean' ? true : (operator.choices[0] ?? '2021');
        const value = operator.kind === 'choices' || operator.kind === 'records' ? [single] : single;
        const condition = { path: [...path, ...operator.path], literal: literalOf(value, operator.isEnum) };
        expect(
          errorsOf(writeQuestion({ ...newQuestion(list), conditions: [condition] })),
          condition.path.join('.'),
        ).toEqual([]);
      }
    }
  },
);

test('the tree of columns has values before what can be unfolded, and lists unfold to their records', () => {
  const type = recordType(schema, 'partnerships') ?? '';
  const options = columnOptions(schema, type, '');
  expect(type).toBe('Partnership');
  expect(options.findIndex(option => option.type) > options.findLastIndex(option => !option.type)).toBe(true);
  expect(options).toContainEqual({ name: 'exchanges', path: 'exchanges.nodes', type: 'Exchange' });
  expect(options.map(({ name }) => name)).not.toContain('labelLanguage');
});

test('what the builder cannot show is not read: variables, aliases, fragments, several lists', () => {
  for (const query of [
    'query Q($a: Int) { partnerships(first: $a) { nodes { id } } }',
    '{ a: partnerships { nodes { id } } }',
    '{ partnerships { nodes { ...F } } } fragment F on Partnership { id }',
    '{ partnerships { nodes { id } } exchanges { nodes { id } } }',
    '{ partnerships(filter: { or: [{ status: { eq: ENDED } }] }) { nodes { id } } }',
    '{ viewer { scopes } }',
    'Welke banden?',
  ])
    expect(readQuestion(query), query).toBeUndefined();
});

test.each([
  ['{ authorities { nodes { naam } } }', 'Bedoelde u name?', /geen veld naam/],
  [
    '{ partnerships(filter: { status: { eq: BEEINDIGD } }) { totalCount } }',
    'Bedoelde u ENDED?',
    /ENDED \(Beëindigd\)/,
  ],
  ['{ partnerships(filter: { status: { eq: "ENDED" } }) { totalCount } }', 'Bedoelde u ENDED?', /geen keuze/],
  ['{ partnerships(filter: { status: ENDED }) { totalCount } }', 'Schrijf { eq: ENDED }', /met eq/],
  ['{ partnerships(filter: { themes: CULTURE }) { totalCount } }', 'Schrijf { some: { eq: CULTURE } }', /met eq/],
  ['{ partnerships(filter: { statsu: { eq: ENDED } }) { totalCount } }', 'Bedoelde u status?', /statsu bestaat/],
  ['{ partnerships(frist: 3) { totalCount } }', 'Bedoelde u first?', /frist bestaat/],
  ['{ partnerships(first: "3") { totalCount } }', 'Schrijf 3', /anders/],
  ['{ partnerships }', 'Schrijf { nodes { dutch { name } chinese { name } } }', /wilt weten/],
  ['{ partnerships { nodes { startedOn { x } } } }', 'Verwijder het deel tussen accolades', /één waarde/],
  ['query Q($a: Int) { partnerships { totalCount } }', 'Verwijder $a', /niet gebruikt/],
  ['{ partnerships { nodes { startedOn', 'Sluit de accolades', /niet af/],
  [
    '{ search(query: "a") { nodes { ... on Partnership { status } ... on Exchange { status } } } }',
    'Noem het status2',
    /twee verschillende waarden/,
  ],
])('%s is explained in Dutch, and its remedy fits the schema', (query, label, sentence) => {
  const [explanation] = explainQuery(schema, query, DUTCH);
  expect(explanation?.text).toMatch(sentence);
  const remedy = explanation?.remedies.find(option => option.label === label);
  expect(remedy?.label).toBe(label);
  expect(errorsOf(remedy?.query ?? '')).toEqual([]);
});

test('a sentence is no GraphQL, a question that fits needs no remedy, and other errors keep their message', () => {
  expect(explainQuery(schema, 'Welke banden zijn beëindigd?', DUTCH)).toEqual([
    { text: 'Regel 1 is geen GraphQL, de taal van de vragen hier.', remedies: [] },
  ]);
  for (const { name, query } of questions) expect(explainQuery(schema, query, DUTCH), name).toEqual([]);
  const [other] = explainQuery(schema, 'query A { partnerships { totalCount } } { exchanges { totalCount } }', DUTCH);
  expect(other).toMatchObject({ text: expect.stringMatching(/past niet bij het schema/), detail: expect.any(String) });
});

test('dates without quotes get them, and cursors are removed', () => {
  const dates = withDatesAsTexts(
    schema,
    '{ partnerships(first: 3, filter: { startedOn: { from: 2001 } }) { totalCount } }',
  );
  expect(dates).toContain('first: 3');
  expect(dates).toContain('from: "2001"');
  expect(withoutCursors('{ partnerships(first: 3, after: "x") { totalCount } }')).not.toContain('after');
  expect(withoutCursors('{ partnerships { totalCount } }')).toBeUndefined();
});

test('the largest page within the limit follows from two costs', () => {
  // 1 for the list and 58 for each record: 86 records cost 4,989 points, 87 cost 5,047.
  expect(largestPage(100, 1 + 5800, 1 + 5742, 5000)).toBe(86);
  expect(largestPage(100, 600_000, 594_000, 5000)).toBeUndefined();
  const list = rootList({ query: '{ a: partnerships(first: 50, filter: {}) { nodes { id } } }' });
  expect(list).toMatchObject({ responseName: 'a', size: 50 });
  expect(list?.sized(7)).toContain('first: 7');
  expect(rootList({ query: '{ partnerships(last: 5) { nodes { id } } }' })).toBeUndefined();
});

test('the pages of a list are collected once, and a short or a chosen page is left alone', async () => {
  const node = (id: number) => ({ id: `tie-${id}` });
  const all = Array.from({ length: 45 }, (_, index) => node(index));
  const result = (count: number, query = '{ partnerships { totalCount nodes { id } } }') => ({
    query,
    operationName: undefined,
    variables: {},
    data: { partnerships: { totalCount: all.length, nodes: all.slice(0, count) } },
  });
  const list = openListOf(result(20));
  expect(list).toMatchObject({ count: 20, total: 45 });
  const asked: unknown[] = [];
  const data = await collectPages(list ?? expect.fail(), async ({ desk_after: after }) => {
    asked.push(after);
    const start = Number(after ?? 0);
    const page = { hasNextPage: start + 20 < all.length, endCursor: String(start + 20) };
    return { partnerships: { totalCount: all.length, nodes: all.slice(start, start + 20), desk_page: page } };
  });
  expect(errorsOf(list?.query ?? '')).toEqual([]);
  expect(asked).toEqual([null, '20', '40']);
  expect(data).toMatchObject({ partnerships: { nodes: all } });
  expect(openListOf(result(45))).toBeUndefined();
  expect(openListOf({ ...result(20), isCollected: true })).toBeUndefined();
  expect(openListOf(result(5, '{ partnerships(first: 5) { totalCount nodes { id } } }'))).toBeUndefined();
});

test('variables have a control by their type, and words by their use', () => {
  const query = `query Q($from: PartialDate!, $status: PartnershipStatus = ENDED, $in: [Theme!], $id: ID!, $n: Int, $dutch: AuthorityFilter) {
    authority(id: $id) { id }
    partnerships(first: $n, filter: { endedOn: { from: $from }, status: { eq: $status }, themes: { some: { in: $in } }, dutch: $dutch }) { totalCount }
  }`;
  const fields = variableFields(schema, query);
  expect(fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
    ['from', 'date', true],
    ['status', 'choice', false],
    ['in', 'choices', false],
    ['id', 'record', true],
    ['n', 'number', false],
    ['dutch', 'json', false],
  ]);
  expect(fields[1]).toMatchObject({ defaultValue: 'ENDED', choices: expect.arrayContaining(['ACTIVE', 'ENDED']) });
  const labelOf = (field: string) => ({ endedOn: 'einddatum', status: 'status', dutch: 'Nederlandse kant' })[field];
  const words = fields.map(field => variableWords(field, 'nl', labelOf));
  expect(words).toEqual(['Einddatum van', 'Status', 'Themes', 'Overheid', 'First', 'Nederlandse kant']);
  expect(variableFields(schema, '{ partnerships(')).toEqual([]);
});

test('a network has each tie and each authority once, and the same layout every time', () => {
  const question = questions.find(({ name }) => name === '49-network-of-an-authority') ?? expect.fail();
  const { query, variables = {}, answer } = question;
  const root = readResult(schema, { query, variables }, answer) ?? expect.fail();
  const network = networkOf(root);
  const ids = network.ties.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(network.centre?.id).toBe('cn-nanjing');
  expect(
    network.ties.every(({ dutch, chinese }) => network.nodes.includes(dutch) && network.nodes.includes(chinese)),
  ).toBe(true);
  const labelOf = ({ id }: { id: string }) => id;
  const [first, second] = [layOutNetwork(network, labelOf, 800), layOutNetwork(network, labelOf, 800)];
  expect(first).toEqual(second);
  for (const { x, y } of first.points.values()) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(800);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(first.height);
  }
});
