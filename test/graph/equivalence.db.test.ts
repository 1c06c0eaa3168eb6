import { readdirSync, readFileSync } from 'node:fs';
import {
  execute,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANONYMOUS } from '../../src/access/identity.js';
import { executeWithPlan } from '../../src/graph/execute/execute-with-plan.js';
import { JsonList, serializeResult } from '../../src/graph/execute/json-list.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { randomDocument, randomNumbers } from '../support/random-document.js';

/** Documents that are made up in a run; their first random number is fixed, so that a failure comes again. */
const DOCUMENTS = 120;

const folder = new URL('../questions/', import.meta.url);
const files = readdirSync(folder);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const questions = files.filter(file => file.endsWith('.graphql')).map(file => file.replace(/\.graphql$/, ''));
const variablesOf = (question: string): Record<string, unknown> =>
  files.includes(`${question}.variables.json`) ? JSON.parse(read(`${question}.variables.json`)) : {};

/** Returns the answer of a question: its data, and the errors of a question with a mistake in it. */
function answerOf(question: string): Json {
  const data = JSON.parse(read(`${question}.json`));
  if (!files.includes(`${question}.errors.json`)) return { data };
  const errors: Json[] = JSON.parse(read(`${question}.errors.json`));
  const inFull = ({ path, code }: Json) =>
    expect.objectContaining({ path, extensions: expect.objectContaining({ code }) });
  return { data, errors: errors.map(inFull) };
}

const { ask, database, service } = testApi();

/** Executes a query without any optimisation: graphql-js runs it, whole rows are read, references are loaded by id. */
async function plainly(query: string, variableValues: Record<string, unknown> = {}) {
  const { schema, context } = service();
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return asJson(await execute({ schema, document, variableValues, contextValue: context(ANONYMOUS) }));
}

/** Executes it with its plan: only selected columns are read, references are joined. */
async function planned(query: string, variableValues: Record<string, unknown> = {}) {
  return asJson(await execution(query, variableValues, false));
}

/** Executes it with its plan, in which PostgreSQL may write lists. */
async function asText(query: string, variableValues: Record<string, unknown> = {}) {
  return JSON.parse(serializeResult(await execution(query, variableValues, true)));
}

function execution(query: string, variableValues: Record<string, unknown>, takesJsonLists: boolean) {
  const { schema, context } = service();
  const document = parse(query);
  const operation = getOperationAST(document) as OperationDefinitionNode;
  return executeWithPlan({
    schema,
    document,
    operation,
    variableValues,
    contextValue: context(ANONYMOUS),
    takesJsonLists,
  });
}

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('every question gets the same answer', () => {
  let withCache: RunningServer;
  let without: RunningServer;
  beforeAll(async () => {
    withCache = await serve(database(), '127.0.0.1', 0, console.error, { cacheBytes: 10_000_000 });
    without = await serve(database(), '127.0.0.1', 0, console.error);
  });
  afterAll(() => Promise.all([withCache?.close(), without?.close()]));

  test.each(questions)(
    '%s: run by graphql-js, by its plan, by Apollo, as a known one, from the cache',
    async question => {
      const [query, variables] = [read(`${question}.graphql`), variablesOf(question)];
      const expected = answerOf(question);
      expect(await plainly(query, variables)).toEqual(expected);
      expect(await planned(query, variables)).toEqual(expected);
      expect(await asText(query, variables)).toEqual(expected);
      const texts = new Set<string>();
      for (const { url } of [without, withCache]) {
        // By the document store, by Apollo, and in the second and third time from the cache.
        for (const body of [
          { query, variables },
          { query, variables, extensions: {} },
        ]) {
          for (let time = 0; time < 3; time += 1) {
            const response = await fetch(`${url}/graphql`, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(body),
            });
            expect([response.status, response.headers.get('content-type')]).toEqual([
              200,
              'application/json; charset=utf-8',
            ]);
            texts.add(await response.text());
          }
        }
      }
      expect(texts.size).toBe(1);
      const { extensions, ...answer } = JSON.parse([...texts][0] as string);
      expect(answer).toEqual(expected);
      expect(extensions.cost.actual).toBeLessThanOrEqual(extensions.cost.estimated);
    },
  );
});

/** Each field of a type that takes no argument, as it is asked for. */
function fieldsOf(typename: string): string[] {
  const type = service().schema.getType(typename);
  if (!isObjectType(type)) throw new Error(`${typename} is no object type.`);
  return Object.values(type.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .map(({ name, type: fieldType }) => (isCompositeType(getNamedType(fieldType)) ? `${name} { __typename }` : name));
}

describe('a record of which one field is asked for', () => {
  const lists = {
    authorities: ['DutchAuthority', 'ChineseAuthority'],
    partnerships: ['Partnership'],
    programmes: ['Programme'],
    exchanges: ['Exchange'],
    organisations: ['Organisation'],
  };

  test.each(Object.entries(lists))('%s: each field by itself is read from what it needs', async (list, types) => {
    for (const typename of types) {
      for (const field of fieldsOf(typename)) {
        const query = `{ ${list}(first: 100) { nodes { ... on ${typename} { ${field} } } } }`;
        expect(await planned(query), query).toEqual(await plainly(query));
      }
    }
  });
});

describe('a record in a list that comes with its parent', () => {
  const lists = {
    'Programme.authorities': ['DutchAuthority', 'ChineseAuthority'],
    'Authority.partnerships': ['Partnership'],
    'Partnership.programmes': ['Programme'],
    'Partnership.exchanges': ['Exchange'],
    'Programme.organisations': ['Organisation'],
  };

  test.each(Object.entries(lists))('%s: each of its fields is the same as when it is loaded', async (list, types) => {
    const [parent = '', nestedIn = ''] = list.split('.');
    const root = { Authority: 'authorities', Partnership: 'partnerships', Programme: 'programmes' }[parent];
    for (const typename of types) {
      for (const field of fieldsOf(typename)) {
        const record = `{ ... on ${typename} { ${field} } }`;
        const edges = `{ ${root}(first: 100) { nodes { ${nestedIn}(first: 20) { totalCount edges { cursor node ${record} } } } } }`;
        expect(await planned(edges), edges).toEqual(await plainly(edges));
        const nodes = `{ ${root}(first: 100) { nodes { ${nestedIn}(first: 20) { __typename nodes ${record} } } } }`;
        expect(await asText(nodes), nodes).toEqual(await plainly(nodes));
      }
    }
  });
});

test(`${DOCUMENTS} documents that nobody wrote get the same answer with and without a plan`, async () => {
  const next = randomNumbers(20_261_124);
  let withErrors = 0;
  for (let i = 0; i < DOCUMENTS; i += 1) {
    const { query, variables } = randomDocument(next, service().schema);
    const expected = sorted(await plainly(query, variables));
    for (const run of [planned, asText])
      expect(sorted(await run(query, variables)), `${query}\n${JSON.stringify(variables)}`).toEqual(expected);
    if (expected.errors) withErrors += 1;
  }
  // Null for a variable with a default is an error where null may not stand.
  expect(withErrors).toBeGreaterThan(DOCUMENTS / 20);
  expect(withErrors).toBeLessThan(DOCUMENTS / 2);
});

test(`${DOCUMENTS} documents with lists that are there twice get the same answer with and without a plan`, async () => {
  const next = randomNumbers(20_261_130);
  for (let i = 0; i < DOCUMENTS; i += 1) {
    const { query, variables } = randomDocument(next, service().schema, true);
    const expected = await plainly(query, variables);
    expect(expected.errors).toBeUndefined();
    for (const run of [planned, asText])
      expect(await run(query, variables), `${query}\n${JSON.stringify(variables)}`).toEqual(expected);
  }
});

describe('a list that PostgreSQL writes', () => {
  /** Selects one field so many times. */
  const aliases = (count: number) => Array.from({ length: count }, (_, index) => `a${index}: startedOn`).join(' ');
  const listOf = async (list: string) => {
    const query = `{ partnership(id: "tie-rotterdam-shanghai") { list: ${list} } }`;
    const result = await execution(query, {}, true);
    const { data } = JSON.parse(serializeResult(result));
    expect({ data }).toEqual(await plainly(query));
    return { ...(result.data as Json).partnership.list };
  };

  test.each([
    'exchanges(first: 5) { nodes { id title kind startedOn recurring } }',
    'exchanges(first: 5) { __typename nodes { __typename n: id title(language: ZH) } }',
    'exchanges(first: 100) { nodes { title(language: PINYIN) description notes } }',
    'exchanges(first: 5, filter: { status: { eq: HELD } }) { nodes { id } }',
    'exchanges(first: 5, filter: { id: { eq: "exch-none" } }) { nodes { id } }',
    'programmes { nodes { id name version } }',
    `exchanges(first: 5) { nodes { ${aliases(40)} ${'a'.repeat(64)}: kind } }`,
  ])('%s', async list => {
    expect((await listOf(list)).nodes).toBeInstanceOf(JsonList);
  });

  test.each([
    'exchanges(first: 5) { nodes { id createdAt } }',
    'exchanges(first: 5) { nodes { id dutch { id } } }',
    'exchanges(first: 5) { nodes { id participants } }',
    'exchanges(last: 5) { nodes { id } }',
    'exchanges(first: 5) { nodes { id } pageInfo { hasNextPage } }',
    'exchanges(first: 5) { a: nodes { id } b: nodes { title } }',
    `exchanges(first: 5) { nodes { ${aliases(60)} } }`,
  ])('is not one with a value that differs in JSON, or that more is asked of: %s', async list => {
    expect(Object.values(await listOf(list))).not.toContainEqual(expect.any(JsonList));
  });

  test('has texts with characters that JSON escapes', async () => {
    const controls = String.fromCharCode(...Array.from({ length: 31 }, (_, index) => index + 1), 127, 0x2028);
    const en = `a "quoted" \\ text\\" ${controls} \u{1f600}`;
    const tie = { partnership: 'tie-rotterdam-shanghai', dutch: 'nl-rotterdam', chinese: 'cn-shanghai' };
    const input = { ...tie, kind: 'CULTURAL', status: 'HELD', title: { en }, notes: en };
    const mutation = 'mutation ($input: RecordExchangeInput!) { recordExchange(input: $input) { exchange { id } } }';
    const { data } = await ask(mutation, { input }, ADMIN);
    const nodes = String((await listOf('exchanges(first: 100) { nodes { id title notes } }')).nodes.text);
    expect(nodes).toContain(JSON.stringify({ id: data.recordExchange.exchange.id, title: en, notes: en }));
  });

  test('has the records to which its rows refer', async () => {
    const list = 'partnerships(first: 3) { nodes { id chinese { __typename id name(language: ZH) } dutch { name } } }';
    const query = `{ authorities(first: 100) { nodes { ... on DutchAuthority { ${list} } } } }`;
    const result = await execution(query, {}, true);
    const lists = (result.data as Json).authorities.nodes.flatMap(({ partnerships }: Json) => partnerships ?? []);
    expect(lists.length).toBeGreaterThan(10);
    for (const { nodes } of lists) expect(nodes).toBeInstanceOf(JsonList);
    expect(JSON.parse(serializeResult(result))).toEqual(await plainly(query));
  });

  test.each([
    ['DutchAuthority', 'dutch'],
    ['ChineseAuthority', 'chinese'],
  ])('has each field of %s as a record to which its rows refer', async (typename, side) => {
    for (const field of fieldsOf(typename)) {
      const query = `{ authorities(first: 100) { nodes { partnerships(first: 5) { nodes { ${side} { ${field} } } } } } }`;
      expect(await asText(query), query).toEqual(await plainly(query));
    }
  });
});

/** Errors come in the order in which their fields settle. */
const sorted = ({ data, errors }: Json) => ({
  data,
  errors: errors?.map((error: Json) => JSON.stringify([error.path, error.message, error.locations])).sort(),
});
