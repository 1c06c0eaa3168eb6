import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../../src/change/change.js';
import { LOG_START } from '../../src/change/cursor.js';
import type { ChangeFilter } from '../../src/change/filter.js';
import { changesAfter } from '../../src/change/log-reader.js';
import { ADMIN, testApi } from '../support/api.js';
import { brief, calls, type Json } from '../support/calls.js';

const { ask, database } = testApi();

const TIE = 'tie-testtown-nanjing';
const PAGE =
  'totalCount nodes { cursor subjectId kind } pageInfo { hasPreviousPage hasNextPage startCursor endCursor }';
const ARGUMENTS = '$first: Int, $after: ChangeCursor, $last: Int, $before: ChangeCursor';
const GIVEN = 'first: $first, after: $after, last: $last, before: $before';
const CHANGES = `query(${ARGUMENTS}, $filter: ChangeFilter) { list: changes(${GIVEN}, filter: $filter) { ${PAGE} } }`;
const historyOf = (type: string) =>
  `query(${ARGUMENTS}, $id: ID!) { node(id: $id) { ... on ${type} { list: history(${GIVEN}) { ${PAGE} } } } }`;

/** The log, read without the API. */
let log: Change[];
beforeAll(async () => {
  for (const { mutation, input } of calls) {
    const { data } = await ask(brief(mutation), { input }, ADMIN);
    expect(data[mutation].userErrors).toEqual([]);
  }
  log = (await changesAfter(database().em.fork(), LOG_START, 100_000)) ?? [];
});
const shown = (changes: readonly Change[]) => changes.map(({ subjectId, kind }) => ({ subjectId, kind }));
const withoutCursors = (nodes: readonly Json[]) => nodes.map(({ subjectId, kind }) => ({ subjectId, kind }));

/** The rule of a filter, as its descriptions state it. */
const isWanted = (change: Change, filter: ChangeFilter | null): boolean =>
  (['subjectType', 'kind', 'subjectId'] as const).every(property => {
    const values = filter?.[`${property}s`] as readonly string[] | null | undefined;
    return !values || values.includes(change[property]);
  }) &&
  (filter?.authority == null || change.authorities.includes(filter.authority));

type Read = (page: Json) => Promise<Json>;
const readChanges =
  (filter?: ChangeFilter | null): Read =>
  async page => {
    const { data, errors } = await ask(CHANGES, { ...page, filter });
    expect(errors).toBeUndefined();
    return data.list;
  };
const readHistory =
  (type: string, id: string): Read =>
  async page => {
    const { data, errors } = await ask(historyOf(type), { ...page, id });
    expect(errors).toBeUndefined();
    return data.node.list;
  };

/** Walks a list from its newest change to its first, by pages of these sizes in turn; checks the ends of each page. */
async function walkBack(read: Read, sizes: readonly number[], wanted: number): Promise<Json[]> {
  const walked: Json[] = [];
  let before: string | undefined;
  for (let page = 0; ; page += 1) {
    const last = sizes[page % sizes.length] as number;
    const { nodes, pageInfo, totalCount } = await read({ last, before });
    walked.unshift(...nodes);
    const hasPreviousPage = walked.length < wanted;
    expect(nodes).toHaveLength(Math.min(last, wanted - (walked.length - nodes.length)));
    expect([totalCount, pageInfo]).toEqual([
      wanted,
      {
        hasPreviousPage,
        hasNextPage: page > 0,
        startCursor: nodes[0]?.cursor ?? null,
        endCursor: nodes.at(-1)?.cursor ?? null,
      },
    ]);
    if (!hasPreviousPage) return walked;
    before = pageInfo.startCursor;
  }
}

test('the newest five come in the order of the feed, in one statement', async () => {
  const { data, errors, statements } = await ask(
    '{ changes(last: 5) { nodes { cursor subjectId kind } pageInfo { hasPreviousPage hasNextPage startCursor endCursor } } latestChangeCursor }',
  );
  expect(errors).toBeUndefined();
  const { nodes, pageInfo } = data.changes;
  expect(withoutCursors(nodes)).toEqual(shown(log.slice(-5)));
  expect(pageInfo).toEqual({
    hasPreviousPage: true,
    hasNextPage: false,
    startCursor: nodes[0].cursor,
    endCursor: data.latestChangeCursor,
  });
  expect(statements.filter(text => text.includes('"subjectId"'))).toHaveLength(1);
  expect(statements).toHaveLength(2);
});

const constantOf = (property: 'subjectType' | 'kind' | 'subjectId') =>
  fc.constant(null).chain(() => fc.constantFrom(...new Set(log.map(change => change[property] as string))));
const few = (property: 'subjectType' | 'kind' | 'subjectId') =>
  fc.option(fc.uniqueArray(constantOf(property), { minLength: 1, maxLength: 6 }), { nil: undefined, freq: 2 });
const filters = fc.oneof(
  fc.constant(null),
  fc.record({
    subjectTypes: few('subjectType'),
    kinds: few('kind'),
    subjectIds: few('subjectId'),
    authority: fc.option(fc.constantFrom('nl-testtown', 'cn-nanjing', 'nl-rotterdam', 'nl-delft'), {
      nil: null,
      freq: 3,
    }),
  }),
) as fc.Arbitrary<ChangeFilter | null>;
const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 });
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

test(`walked backwards by pages of any size, a list is the log; TEST_SEED=${seed}`, async () => {
  const agree = async (filter: ChangeFilter | null, pages: number[]) => {
    const wanted = log.filter(change => isWanted(change, filter));
    // Small pages of the whole log would be hundreds of requests.
    const large = pages.map(size => (wanted.length > 60 ? size + 40 : size)).map(size => Math.min(size, 100));
    const walked = await walkBack(readChanges(filter), large, wanted.length);
    expect(withoutCursors(walked)).toEqual(shown(wanted));
  };
  await fc.assert(fc.asyncProperty(filters, sizes, agree), { seed, numRuns: 30 });
});

test('a page between two cursors is cut from its end', async () => {
  const { nodes } = await readChanges()({ last: 20 });
  const page = { after: nodes[3].cursor, before: nodes[15].cursor };
  const newest = await readChanges()({ ...page, last: 4 });
  expect(newest.nodes).toEqual(nodes.slice(11, 15));
  expect(newest.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
  const oldest = await readChanges()({ ...page, first: 100 });
  expect(oldest.nodes).toEqual(nodes.slice(4, 15));
  expect(oldest.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
});

test('an empty page before the first change has no more before it', async () => {
  const { nodes } = await readChanges()({ first: 1 });
  const { nodes: none, pageInfo } = await readChanges()({ last: 5, before: nodes[0].cursor });
  expect([none, pageInfo.hasPreviousPage]).toEqual([[], false]);
});

describe('the history of a record', () => {
  test.each([
    ['Partnership', TIE, 7],
    ['DutchAuthority', 'nl-testtown', 2],
    ['Organisation', 'org-institute-of-trial-water', 2],
    ['Programme', 'prog-trial-water-programme', 2],
    ['Exchange', 'exch-rotterdam-shanghai-rcro', 1],
  ])('of a %s, backwards', async (type, id, count) => {
    const wanted = log.filter(({ subjectId }) => subjectId === id);
    expect(wanted).toHaveLength(count);
    for (const pages of [[1], [2], [3, 1], [100]]) {
      const walked = await walkBack(readHistory(type, id), pages, count);
      expect(withoutCursors(walked)).toEqual(shown(wanted));
    }
  });

  test('of all records of a list, the newest three of each in one statement', async () => {
    const query =
      '{ partnerships(last: 50) { nodes { id history(last: 3) { nodes { subjectId kind } pageInfo { hasPreviousPage } } } } }';
    const { data, statements } = await ask(query);
    for (const { id, history } of data.partnerships.nodes) {
      const wanted = log.filter(({ subjectId }) => subjectId === id);
      expect(history.nodes).toEqual(shown(wanted.slice(-3)));
      expect(history.pageInfo.hasPreviousPage).toBe(wanted.length > 3);
    }
    expect(data.partnerships.nodes.map(({ id }: Json) => id)).toContain(TIE);
    expect(statements).toHaveLength(2);
  });
});

test.each<[what: string, page: Json, message: RegExp, code: string]>([
  ['first and last', { first: 3, last: 3 }, /^first and last exclude each other/, 'BAD_USER_INPUT'],
  ['last: 0', { last: 0 }, /^last must be from 1 to 100; got 0\.$/, 'BAD_USER_INPUT'],
  ['last: 101', { last: 101 }, /^last must be from 1 to 100; got 101\.$/, 'BAD_USER_INPUT'],
  ['a malformed before', { last: 3, before: 'nonsense' }, /is not a cursor of the change feed/, 'INVALID_CURSOR'],
])('%s is refused, in the feed and in a history', async (_, page, message, code) => {
  for (const [query, variables] of [
    [CHANGES, page],
    [historyOf('Partnership'), { ...page, id: TIE }],
  ] as const) {
    const { errors } = await ask(query, variables);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.message).toMatch(message);
    expect(errors?.[0]?.extensions?.code).toBe(code);
  }
});
