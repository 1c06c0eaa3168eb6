import { beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/graph/list/cursor.js';
import { type Answer, testApi } from '../support/api.js';

const { ask } = testApi();

type Variables = Record<string, unknown>;

/** Matches text that no response may contain: stacks, paths of files, SQL, names of tables and columns. */
const INTERNALS =
  /stacktrace|\bat \S+ \(|\.[jt]s:\d|node_modules|file:\/\/|"\/\w|\bselect\b.*\bfrom\b|syntax error at|relation "|search_document|status_period|partial_date|dutch_id|sort_name/i;

/** One error, in words that a client can use, and nothing was sent to the database. */
function expectRefused({ data, errors, statements }: Answer, code: string, message: string | RegExp): void {
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.extensions).toMatchObject({ code });
  if (typeof message === 'string') expect(errors?.[0]?.message).toBe(message);
  else expect(errors?.[0]?.message).toMatch(message);
  expect(JSON.stringify(errors)).not.toMatch(INTERNALS);
  expect(Object.values(data ?? {}).filter(value => value !== null)).toEqual([]);
  expect(statements).toEqual([]);
}

/** Each case: what it is, the operation, its variables, the whole message. */
type Case = [what: string, query: string, variables: Variables, message: string | RegExp];

const refuses = (code: string, cases: Case[]) =>
  test.each(cases)('%s', async (_, query, variables, message) =>
    expectRefused(await ask(query, variables), code, message),
  );

const ties = (args: string) => `{ partnerships(${args}) { nodes { id } } }`;
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('pages', () => {
  const size = (name: string, got: number) => `${name} must be from 1 to 100; got ${got}.`;
  refuses('BAD_USER_INPUT', [
    ['first: 0', ties('first: 0'), {}, size('first', 0)],
    ['first: 101', ties('first: 101'), {}, size('first', 101)],
    ['first: -1', ties('first: -1'), {}, size('first', -1)],
    // A much larger one is refused for its cost.
    ['first: 4000', ties('first: 4000'), {}, size('first', 4_000)],
    ['last: 0', ties('last: 0'), {}, size('last', 0)],
    ['last: 101', ties('last: 101'), {}, size('last', 101)],
    ['first as a variable', 'query ($n: Int) { exchanges(first: $n) { totalCount } }', { n: 0 }, size('first', 0)],
    ['of a search', '{ search(query: "delft", first: 101) { totalCount } }', {}, size('first', 101)],
    ['totalCount alone', '{ authorities(first: 101) { totalCount } }', {}, size('first', 101)],
    ['first with last', ties('first: 3, last: 2'), {}, 'first and last exclude each other; got first: 3 and last: 2.'],
  ]);
});

describe('cursors', () => {
  let cursor: string;
  let signature: string;
  let position: string[];

  const page = (args: string, after: string) =>
    ask(`query ($after: String) { partnerships(first: 5, after: $after, ${args}) { nodes { id } } }`, { after });
  const cursorOf = async (args: string): Promise<string> =>
    (await ask(`{ partnerships(first: 1, ${args}) { pageInfo { endCursor } } }`)).data.partnerships.pageInfo.endCursor;
  const parts = (text: string): [string, ...string[]] => {
    const decoded = Buffer.from(text, 'base64url').toString();
    return JSON.parse(decoded.slice(decoded.indexOf('[')));
  };

  beforeAll(async () => {
    cursor = await cursorOf('filter: { kind: { notIn: [UNKNOWN] } }');
    [signature, ...position] = parts(cursor);
  });

  const FOREIGN = 'after is not a cursor of this server; take it from an edge or pageInfo.';
  const OTHER = 'after was made by a list with another order or filter; a cursor only fits the list it came from.';
  const DAMAGED = 'after is a damaged cursor; start again without it.';
  const filter = 'filter: { kind: { notIn: [UNKNOWN] } }';
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('the cursor that the damaged ones are made from is a good one', async () => {
    const { errors, statements } = await page(filter, cursor);
    expect([errors, statements.length]).toEqual([undefined, 1]);
    expect(encodeCursor(signature, position)).toBe(cursor);
  });

  test.each<[what: string, make: () => string | Promise<string>, message: string]>([
    ['an empty one', () => '', FOREIGN],
    ['garbage', () => 'garbage', FOREIGN],
    ['no base64', () => '€ 1979', FOREIGN],
    ['a number', () => '20', FOREIGN],
    ['an object', () => encoded({ offset: 20 }), FOREIGN],
    ['a list of others', () => encoded([signature, 1]), FOREIGN],
    ['its own parts without the checksum', () => encoded([signature, ...position]), FOREIGN],
    ['SQL', () => Buffer.from("1' or '1' = '1").toString('base64url'), FOREIGN],
    ['10 kB', () => 'W'.repeat(10_240), FOREIGN],
    ['10 kB behind a good one', () => cursor + 'A'.repeat(10_240), FOREIGN],
    ['cut off', () => cursor.slice(0, -4), FOREIGN],
    ['a blank behind it', () => `${cursor} `, FOREIGN],
    ['a NUL in it', () => encodeCursor(signature, position.with(-1, 'tie-\0')), FOREIGN],
    ['of another order', () => cursorOf(`${filter}, orderBy: [{ field: ID }]`), OTHER],
    [
      'of the same order the other way',
      () => cursorOf(`${filter}, orderBy: [{ field: STARTED_ON, direction: DESC }]`),
      OTHER,
    ],
    ['of another filter', () => cursorOf('filter: { kind: { notIn: [COOPERATION] } }'), OTHER],
    ['of no filter', () => cursorOf('last: null'), OTHER],
    [
      'of another list',
      async () => (await ask('{ exchanges(first: 1) { edges { cursor } } }')).data.exchanges.edges[0].cursor,
      OTHER,
    ],
    ['with a place too few', () => encodeCursor(signature, position.slice(1)), DAMAGED],
    ['with a place too many', () => encodeCursor(signature, [...position, '']), DAMAGED],
    ['with a day that is none', () => encodeCursor(signature, position.with(0, "' or true --")), DAMAGED],
  ])('%s', async (_, make, message) => {
    expectRefused(await page(filter, await make()), 'INVALID_CURSOR', message);
  });

  test('one wrong character, wherever it stands', async () => {
    for (let at = 0; at < cursor.length; at += 1) {
      const wrong = cursor[at] === 'A' ? 'B' : 'A';
      const answer = await page(filter, cursor.slice(0, at) + wrong + cursor.slice(at + 1));
      expectRefused(answer, 'INVALID_CURSOR', FOREIGN);
    }
  });

  test.each(['2026-02-30 12:00:00+00', '2026-11-24 25:00:00+00', '0000-01-01 00:00:00+00', 'infinity', '2026-11-24'])(
    'with a moment that is none: %s',
    async moment => {
      const order = 'orderBy: [{ field: UPDATED_AT }]';
      const [sortValue, real, id] = parts(await cursorOf(order)) as [string, string, string];
      expect((await page(order, encodeCursor(sortValue, [real, id]))).errors).toBeUndefined();
      expectRefused(await page(order, encodeCursor(sortValue, [moment, id])), 'INVALID_CURSOR', DAMAGED);
    },
  );

  test('before is named too', async () => {
    const answer = await ask(ties('last: 5, before: "garbage"'));
    expectRefused(answer, 'INVALID_CURSOR', FOREIGN.replace('after', 'before'));
  });
});

describe('dates', () => {
  const rules: [value: unknown, rule: string][] = [
    ['1979-13', 'months run from 01 to 12'],
    ['1979-00', 'months run from 01 to 12'],
    ['2021-02-30', 'that day is not in the calendar'],
    ['2021-02-29', 'that day is not in the calendar'],
    ['2021-04-00', 'that day is not in the calendar'],
    ['0000', 'years run from 0001 to 9999'],
    ['0000-01-01', 'years run from 0001 to 9999'],
    ['10000', 'a date is YYYY, YYYY-MM or YYYY-MM-DD'],
    ['79', 'a date is YYYY, YYYY-MM or YYYY-MM-DD'],
    ['2021-2-3', 'a date is YYYY, YYYY-MM or YYYY-MM-DD'],
    ['', 'a date is YYYY, YYYY-MM or YYYY-MM-DD'],
    ['1979\n', 'a date is YYYY, YYYY-MM or YYYY-MM-DD'],
    ['１９７９', 'a date is YYYY, YYYY-MM or YYYY-MM-DD'],
    ["1979' or '1' = '1", 'a date is YYYY, YYYY-MM or YYYY-MM-DD'],
    [1979, 'a date is a string'],
    [true, 'a date is a string'],
  ];
  const KINDS: Record<string, string> = { number: 'IntValue', boolean: 'BooleanValue' };
  const problem = (value: unknown, rule: string) => `PartialDate cannot represent ${JSON.stringify(value)}: ${rule}.`;

  test.each(rules)('%j as a literal', async (value, rule) => {
    const kind = KINDS[typeof value];
    const message = kind ? `PartialDate cannot represent ${kind}: ${rule}.` : problem(value, rule);
    const literal = JSON.stringify(value);
    const inFilter = await ask(ties(`filter: { startedOn: { from: ${literal} } }`));
    expectRefused(inFilter, 'GRAPHQL_VALIDATION_FAILED', message);
    const asArgument = await ask(`{ partnerships { nodes { status(on: ${literal}) } } }`);
    expectRefused(asArgument, 'GRAPHQL_VALIDATION_FAILED', message);
  });

  test.each(rules)('%j as a variable', async (value, rule) => {
    const query = 'query ($day: PartialDate) { partnerships(filter: { activeOn: $day }) { totalCount } }';
    const asArgument = await ask(query, { day: value });
    expectRefused(asArgument, 'BAD_USER_INPUT', problem(value, rule));
    expect(asArgument.errors?.[0]?.extensions?.path).toEqual(['filter', 'activeOn']);
    const whole = 'query ($filter: PartnershipFilter) { partnerships(filter: $filter) { totalCount } }';
    const inFilter = await ask(whole, { filter: { endedOn: { before: value } } });
    expectRefused(inFilter, 'BAD_USER_INPUT', problem(value, rule));
    expect(inFilter.errors?.[0]?.extensions?.path).toEqual(['filter', 'endedOn', 'before']);
  });
});

describe('ids and codes', () => {
  const node = 'query ($id: ID!) { node(id: $id) { id } }';
  const isNoId = (argument: string, shown: string) =>
    `${argument} must be like nl-rotterdam or tie-rotterdam-shanghai: cn, exch, nl, org, prog, src, tie, then words of a–z and 0–9, at most 120 characters; got ${shown}.`;
  const noIds: [what: string, id: string][] = [
    ['no prefix', 'foo'],
    ['empty', ''],
    ['a prefix alone', 'nl-'],
    ['an unknown prefix', 'xx-rotterdam'],
    ['upper case', 'nl-Rotterdam'],
    ['an upper-case prefix', 'NL-rotterdam'],
    ['a blank in front', ' nl-rotterdam'],
    ['a line end behind', 'nl-rotterdam\n'],
    ['an accent', 'nl-súdwest-fryslan'],
    ['two dashes', 'nl--rotterdam'],
    ['SQL', "nl-x'; drop table t; --"],
    ['a pattern', 'nl-%'],
    ['a NUL', 'nl-\0'],
    ['__proto__', '__proto__'],
    ['a name every object has', 'constructor-x'],
    ['121 characters', `nl-${'a'.repeat(118)}`],
    ['10 kB', `nl-${'a'.repeat(10_240)}`],
  ];
  test.each(noIds)('%s is no id: there is no such record, and nothing is sent', async (_, id) => {
    expect(await ask(node, { id })).toEqual({ data: { node: null }, errors: undefined, statements: [] });
    for (const field of ['authority', 'partnership', 'programme', 'exchange', 'organisation', 'source']) {
      const byId = `query ($id: ID!) { ${field}(id: $id) { id } }`;
      expect(await ask(byId, { id })).toEqual({ data: { [field]: null }, errors: undefined, statements: [] });
    }
    const { data, errors } = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [id, 'nl-breda'] });
    expect([data, errors]).toEqual([{ nodes: [null, { id: 'nl-breda' }] }, undefined]);
  });

  refuses('BAD_USER_INPUT', [
    [
      '101 in nodes',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: times(101, 'nl-rotterdam') },
      'ids names at most 100 records; got 101.',
    ],
    [
      'within',
      '{ authorities(filter: { within: "Zeeland" }) { totalCount } }',
      {},
      isNoId('filter.within', '"Zeeland"'),
    ],
    ['nestedIn', ties('filter: { nestedIn: "Zeeland" }'), {}, isNoId('filter.nestedIn', '"Zeeland"')],
  ]);

  const either = (got: string) => `authority takes exactly one of id and code; got ${got}.`;
  refuses('BAD_USER_INPUT', [
    ['neither id nor code', '{ authority { id } }', {}, either('neither')],
    ['both null', '{ authority(id: null, code: null) { id } }', {}, either('neither')],
    ['id and code', '{ authority(id: "nl-rotterdam", code: "GM0599") { id } }', {}, either('both')],
  ]);

  const codes = ['', 'GM', 'GM12345', 'gm0599', 'XX0599', '31000', '3100000', '３１００００', '310000\n', "310000' --"];
  test.each(codes)('%j is no code: there is no such authority, and nothing is sent', async code => {
    const answer = await ask('query ($code: String) { authority(code: $code) { id } }', { code });
    expect(answer).toEqual({ data: { authority: null }, errors: undefined, statements: [] });
  });
});

describe('filters', () => {
  const depth = (path: string) => `filter.${path} is 3 relations deep; a filter follows at most 2.`;
  const ids = 'query ($ids: [ID!]) { partnerships(filter: { id: { in: $ids } }) { totalCount } }';
  const whole = 'query ($filter: PartnershipFilter) { partnerships(filter: $filter) { totalCount } }';
  const tooMany = 'A filter holds at most 50 conditions; this one holds more.';
  const condition = { id: { eq: 'tie-rotterdam-shanghai' } };

  refuses('BAD_USER_INPUT', [
    [
      'three relations deep',
      '{ exchanges(filter: { partnership: { dutch: { exchanges: { some: { recurring: { eq: true } } } } } }) { totalCount } }',
      {},
      depth('partnership.dutch.exchanges.some'),
    ],
    [
      'three deep through some',
      '{ authorities(filter: { partnerships: { some: { exchanges: { some: { programme: { text: "water" } } } } } }) { totalCount } }',
      {},
      depth('partnerships.some.exchanges.some.programme'),
    ],
    [
      'three deep through none',
      '{ programmes(filter: { partnerships: { none: { dutch: { exchanges: { none: {} } } } } }) { totalCount } }',
      {},
      depth('partnerships.none.dutch.exchanges.none'),
    ],
    [
      'three deep below not, or and and',
      ties('filter: { not: { or: [{ dutch: { and: [{ partnerships: { some: { chinese: {} } } }] } }] } }'),
      {},
      depth('not.or[0].dutch.and[0].partnerships.some.chinese'),
    ],
    ['101 values in in', ids, { ids: times(101, 'tie-a-b') }, 'filter.id.in names at most 100 values; got 101.'],
    [
      '101 values in notIn',
      whole,
      { filter: { kind: { notIn: times(101, 'UNKNOWN') } } },
      'filter.kind.notIn names at most 100 values; got 101.',
    ],
    [
      '101 values in a list',
      whole,
      { filter: { themes: { some: { in: times(101, 'WATER') } } } },
      'filter.themes.some.in names at most 100 values; got 101.',
    ],
    ['51 conditions', whole, { filter: { or: times(50, condition) } }, tooMany],
    ['51 conditions, one a level', whole, { filter: nots(50, condition) }, tooMany],
    ['1,000 levels of not', whole, { filter: nots(1_000, {}) }, tooMany],
    [
      'thousands of empty filters',
      whole,
      { filter: { and: times(5_000, {}) } },
      'filter.and holds at most 50 filters; got 5000.',
    ],
    [
      '201 characters',
      whole,
      { filter: { id: { eq: 'x'.repeat(201) } } },
      'filter.id.eq is at most 200 characters; got 201.',
    ],
    [
      'a NUL',
      whole,
      { filter: { id: { in: ['tie-a', 'tie-\0'] } } },
      'filter.id.in holds a NUL or half a surrogate pair: "tie-\\u0000".',
    ],
  ]);

  test('as much as is allowed is no error', async () => {
    for (const filter of [
      { or: times(49, condition) },
      { id: { in: times(100, 'tie-a-b') } },
      { dutch: { partnerships: { some: {} } } },
    ]) {
      expect((await ask(whole, { filter })).errors).toBeUndefined();
    }
  });

  test('a variable that was not given is no condition', async () => {
    const query = 'query ($day: PartialDate) { partnerships(filter: { startedOn: { from: $day } }) { totalCount } }';
    const all = (await ask('{ partnerships { totalCount } }')).data;
    expect(await ask(query, {})).toMatchObject({ data: all, errors: undefined });
    const filter = 'query ($f: PartnershipFilter) { partnerships(filter: $f) { totalCount } }';
    expect(await ask(filter, { f: { startedOn: null, or: null } })).toMatchObject({ data: all, errors: undefined });
  });
});

/** A filter below so many `not`. */
function nots(levels: number, filter: object): object {
  return levels === 0 ? filter : { not: nots(levels - 1, filter) };
}

describe('orders and groups', () => {
  const order = 'query ($orderBy: [PartnershipOrder!]) { partnerships(orderBy: $orderBy) { totalCount } }';
  const fields = ['ID', 'DUTCH_NAME', 'CHINESE_NAME', 'STARTED_ON', 'ENDED_ON'].map(field => ({ field }));
  const dimensions = (got: string) => `by names 1 to 3 different dimensions; got ${got}.`;
  refuses('BAD_USER_INPUT', [
    ['5 fields', order, { orderBy: fields }, 'orderBy takes at most 4 fields; got 5.'],
    [
      'the same field twice',
      ties('orderBy: [{ field: ID }, { field: ID, direction: DESC }]'),
      {},
      'orderBy names every field at most once; got ID twice.',
    ],
    ['no dimension', '{ partnershipGroups(by: []) { count } }', {}, dimensions('none')],
    [
      '4 dimensions',
      '{ partnershipGroups(by: [STATUS, KIND, ORIGIN, THEME]) { count } }',
      {},
      dimensions('STATUS, KIND, ORIGIN, THEME'),
    ],
    ['the same dimension twice', '{ exchangeGroups(by: [KIND, KIND]) { count } }', {}, dimensions('KIND, KIND')],
    [
      'a filter of groups',
      '{ exchangeGroups(by: [KIND], filter: { dutch: { within: "Zeeland" } }) { count } }',
      {},
      /^filter\.dutch\.within must be like/,
    ],
  ]);

  test('4 fields and 3 dimensions are no error', async () => {
    expect((await ask(order, { orderBy: fields.slice(0, 4) })).errors).toBeUndefined();
    expect((await ask('{ partnershipGroups(by: [STATUS, KIND, ORIGIN]) { count } }')).errors).toBeUndefined();
  });
});

describe('searches', () => {
  const texts: [what: string, text: string, search: string, name?: string | null][] = [
    ['10 kB', 'x'.repeat(10_240), 'is at most 200 characters; got 10240.'],
    ['201 characters', '上'.repeat(201), 'is at most 200 characters; got 201.'],
    ['a NUL', 'del\0ft', 'holds a NUL or half a surrogate pair: "del\\u0000ft".'],
    ['half a surrogate pair', 'delft \ud83d', 'holds a NUL or half a surrogate pair: "delft \\ud83d".'],
    ['13 words', 'a b c d e f g h i j k l m', 'is at most 12 words; got 13.', null],
  ];

  test.each(texts)('%s', async (_, text, problem, ofName = problem.replace(', a digit or a hanzi', ' or a digit')) => {
    const search = await ask('query ($text: String!) { search(query: $text) { totalCount } }', { text });
    expectRefused(search, 'BAD_USER_INPUT', `query ${problem}`);
    for (const list of ['authorities', 'partnerships', 'programmes', 'exchanges', 'organisations']) {
      const query = `query ($text: String) { ${list}(filter: { text: $text }) { totalCount } }`;
      expectRefused(await ask(query, { text }), 'BAD_USER_INPUT', `filter.text ${problem}`);
    }
    if (ofName === null) return;
    for (const operator of ['eq', 'contains', 'startsWith']) {
      const query = `query ($text: String) { authorities(filter: { name: { ${operator}: $text } }) { totalCount } }`;
      expectRefused(await ask(query, { text }), 'BAD_USER_INPUT', `filter.name.${operator} ${ofName}`);
    }
  });

  test('what only looks like a pattern or an operator is text', async () => {
    for (const text of [
      "'s-Hertogenbosch",
      'delft%',
      'del_ft',
      '!delft & wuxi | (',
      'delft:*',
      "delft' --",
      'delft\\',
    ]) {
      const { errors } = await ask('query ($text: String!) { search(query: $text) { totalCount } }', { text });
      expect(errors).toBeUndefined();
    }
    const all = '{ authorities(filter: { name: { contains: "%delft%" } }) { nodes { id } } }';
    expect((await ask(all)).data).toEqual({ authorities: { nodes: [{ id: 'nl-delft' }] } });
  });
});

describe('operations that do not fit the schema', () => {
  refuses('GRAPHQL_VALIDATION_FAILED', [
    [
      'an unknown field',
      '{ partnerships { nodes { burgemeester } } }',
      {},
      /^Cannot query field "burgemeester" on type/,
    ],
    ['an unknown argument', ties('where: "true"'), {}, /^Unknown argument "where" on field "Query.partnerships"\.$/],
    [
      'an unknown filter',
      ties('filter: { sql: "true" }'),
      {},
      /^Field "sql" is not defined by type "PartnershipFilter"/,
    ],
    ['an unknown value', ties('filter: { status: { eq: ASLEEP } }'), {}, /^Value "ASLEEP" does not exist in "Partner/],
    ['an unknown order', ties('orderBy: [{ field: SORT_KEY }]'), {}, /^Value "SORT_KEY" does not exist in "Partner/],
    [
      'a text for a value',
      ties('filter: { status: { eq: "ACTIVE" } }'),
      {},
      /cannot represent non-enum value: "ACTIVE"/,
    ],
    ['a text for a number', ties('first: "ten"'), {}, /^Int cannot represent non-integer value: "ten"$/],
    ['a fraction', ties('first: 1.5'), {}, /^Int cannot represent non-integer value: 1\.5$/],
    ['a number over 32 bits', ties('first: 2147483648'), {}, /^Int cannot represent non 32-bit signed integer value/],
    ['a number of 400 digits', ties(`first: ${'9'.repeat(400)}`), {}, /^Int cannot represent non 32-bit/],
    ['null in a list', ties('filter: { id: { in: [null] } }'), {}, /^Expected value of type "ID!", found null\.$/],
    ['no id', '{ partnership { id } }', {}, /argument "id" of type "ID!" is required/],
    [
      'a field of a union',
      '{ search(query: "delft") { nodes { id } } }',
      {},
      /^Cannot query field "id" on type "SearchResult"/,
    ],
    ['no selection', '{ partnerships }', {}, /must have a selection of subfields/],
  ]);
  refuses('BAD_USER_INPUT', [
    [
      'a variable over 32 bits',
      'query ($n: Int) { partnerships(first: $n) { totalCount } }',
      { n: 2 ** 31 },
      /^first must be an integer from -2147483648 to 2147483647; got 2147483648\.$/,
    ],
    [
      'a variable of an unknown value',
      'query ($s: PartnershipStatus!) { partnerships(filter: { status: { eq: $s } }) { totalCount } }',
      { s: 'ASLEEP' },
      /^filter\.status\.eq cannot be "ASLEEP": the enum PartnershipStatus has no such value\.$/,
    ],
    [
      'a variable of another type',
      'query ($id: ID!) { partnership(id: $id) { id } }',
      { id: { eq: 1 } },
      /^id must be a text; got \{"eq":1\}\.$/,
    ],
    ['a variable that is missing', 'query ($id: ID!) { node(id: $id) { id } }', {}, /^id is required\.$/],
  ]);
  refuses('GRAPHQL_PARSE_FAILED', [
    ['half a query', '{ partnerships(', {}, /^Syntax Error: Expected Name, found <EOF>\.$/],
  ]);
});

describe('inside a list', () => {
  test.each<[what: string, query: string, code: string, message: string]>([
    [
      'a page',
      '{ partnerships { nodes { exchanges(first: 0) { nodes { id } } } } }',
      'BAD_USER_INPUT',
      'first must be from 1 to 100; got 0.',
    ],
    [
      'a cursor',
      '{ partnerships { nodes { exchanges(after: "garbage") { nodes { id } } } } }',
      'INVALID_CURSOR',
      'after is not a cursor of this server; take it from an edge or pageInfo.',
    ],
    [
      'a filter',
      `{ authorities { nodes { partnerships(filter: { id: { eq: "${'x'.repeat(201)}" } }) { totalCount } } } }`,
      'BAD_USER_INPUT',
      'filter.id.eq is at most 200 characters; got 201.',
    ],
    [
      'a group',
      '{ partnershipGroups(by: [KIND]) { partnerships(last: 101) { totalCount } } }',
      'BAD_USER_INPUT',
      'last must be from 1 to 100; got 101.',
    ],
  ])('%s is refused once, and nothing of that list is read', async (_, query, code, message) => {
    const { data, errors, statements } = await ask(query);
    expect(Object.values(data)).toEqual([null]);
    expect(errors?.map(error => [error.message, error.extensions])).toEqual([
      [message, expect.objectContaining({ code })],
    ]);
    expect(JSON.stringify(errors)).not.toMatch(INTERNALS);
    expect(statements).toHaveLength(1);
  });
});

describe('what is not there is no error', () => {
  test.each<[query: string, data: object]>([
    ['{ node(id: "nl-atlantis") { id } }', { node: null }],
    [`{ node(id: "nl-${'a'.repeat(117)}") { id } }`, { node: null }],
    [
      '{ nodes(ids: ["nl-atlantis", "nl-rotterdam", "tie-a-b", "nl-rotterdam", "org-x", "cn-shanghai"]) { id } }',
      { nodes: [null, { id: 'nl-rotterdam' }, null, { id: 'nl-rotterdam' }, null, { id: 'cn-shanghai' }] },
    ],
    ['{ nodes(ids: []) { id } }', { nodes: [] }],
    ['{ authority(id: "cn-atlantis") { id } }', { authority: null }],
    ['{ authority(code: "GM9999") { id } }', { authority: null }],
    ['{ authority(code: "999999") { id } }', { authority: null }],
    ['{ authority(id: null, code: "999999") { id } }', { authority: null }],
    ['{ partnership(id: "tie-rotterdam-atlantis") { id } }', { partnership: null }],
    ['{ programme(id: "prog-atlantis") { id } }', { programme: null }],
    ['{ exchange(id: "exch-atlantis") { id } }', { exchange: null }],
    ['{ organisation(id: "org-atlantis") { id } }', { organisation: null }],
    ['{ partnership(id: "nl-rotterdam") { id } }', { partnership: null }],
    ['{ authority(id: "tie-rotterdam-shanghai") { id } }', { authority: null }],
    ['{ programme(id: "org-vng-international") { id } }', { programme: null }],
    ['{ exchange(id: "prog-vngi-iurc-china") { id } }', { exchange: null }],
    ['{ organisation(id: "cn-shanghai") { id } }', { organisation: null }],
    [
      '{ partnerships(filter: { id: { eq: "tie-a-b" } }) { totalCount nodes { id } } }',
      { partnerships: { totalCount: 0, nodes: [] } },
    ],
    ['{ authorities(filter: { within: "nl-atlantis" }) { totalCount } }', { authorities: { totalCount: 0 } }],
    ['{ partnerships(filter: { nestedIn: "nl-rotterdam" }) { totalCount } }', { partnerships: { totalCount: 0 } }],
    ['{ search(query: "atlantis") { totalCount edges { rank } } }', { search: { totalCount: 0, edges: [] } }],
  ])('%s', async (query, data) => {
    const answer = await ask(query);
    expect([answer.errors, answer.data]).toEqual([undefined, data]);
  });

  test('the ids of other types do name records', async () => {
    const ids = [
      'nl-rotterdam',
      'tie-rotterdam-shanghai',
      'org-vng-international',
      'prog-vngi-iurc-china',
      'cn-shanghai',
    ];
    const { data } = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(data.nodes).toEqual(ids.map(id => ({ id })));
  });
});
