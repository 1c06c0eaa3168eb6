import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApi } from '../support/api.js';
import { crowd, keys, type List, lists, type Order, searched, sorted } from '../support/lists.js';

const { ask, database } = testApi();
beforeAll(() => crowd(database()));

interface Page {
  first?: number | undefined;
  after?: string | undefined;
  last?: number | undefined;
  before?: string | undefined;
}

/** Asks for a page of a list, which comes as it is, or for the error. */
async function answer(
  { type, parent, field, argument = '', filter: own, canSort }: List,
  page: Page,
  orderBy?: Order[],
  filter?: object,
) {
  const [order, sort] = canSort
    ? [`, $orderBy: [${type}Order!], $filter: ${type}Filter`, 'orderBy: $orderBy, filter: $filter']
    : ['', ''];
  const inner = `list: ${field}(${argument} first: $first, after: $after, last: $last, before: $before, ${sort}) {
    totalCount
    nodes { ... on Node { id } }
    edges { cursor node { ... on Node { id } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }`;
  const { data, errors } = await ask(
    `query ($first: Int, $after: String, $last: Int, $before: String${order}) { ${parent ? `parent: ${parent} { ${inner} }` : inner} }`,
    { ...page, orderBy, filter: filter ?? own },
  );
  return { list: data && [data.parent ?? data].flat()[0].list, error: errors?.[0] };
}

/** A page as it came, the records by their ids. */
async function read(list: List, page: Page, orderBy?: Order[]) {
  const { list: connection, error } = await answer(list, page, orderBy);
  if (error) throw new Error(error.message);
  const { totalCount, nodes, edges, pageInfo } = connection;
  const ids: string[] = edges.map(({ node }: { node: { id: string } }) => node.id);
  const cursors: string[] = edges.map(({ cursor }: { cursor: string }) => cursor);
  expect(nodes).toEqual(ids.map(id => ({ id })));
  return { ids, cursors, totalCount, pageInfo };
}

/** The expected page: these ids, their cursors, and the page info. */
const pageOf = (list: List, wanted: string[], cursors: string[], hasPreviousPage: boolean, hasNextPage: boolean) => ({
  ids: wanted,
  cursors,
  totalCount: list.ids.length,
  pageInfo: { hasNextPage, hasPreviousPage, startCursor: cursors[0] ?? null, endCursor: cursors.at(-1) ?? null },
});

/** Reads a list to its other end, by pages of these sizes over and over, and compares each with the sorted list. */
async function walk(list: List, orderBy: Order[] | undefined, sizes: number[], backwards: boolean): Promise<void> {
  const wanted = sorted(list.ids, list.type, orderBy ?? list.byDefault);
  let [start, end] = [0, wanted.length];
  let cursor: string | undefined;
  for (let i = 0; i === 0 || start < end; i += 1) {
    const size = sizes[i % sizes.length] as number;
    const page = backwards ? { last: size, before: cursor } : { first: size, after: cursor };
    const result = await read(list, page, orderBy);
    const here = backwards ? wanted.slice(Math.max(start, end - size), end) : wanted.slice(start, start + size);
    if (backwards) end -= here.length;
    else start += here.length;
    const [before, after] = backwards ? [start < end, i > 0] : [i > 0, start < end];
    expect(result).toEqual(pageOf(list, here, result.cursors, before, after));
    cursor = (backwards ? result.pageInfo.startCursor : result.pageInfo.endCursor) ?? undefined;
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 6, maxLength: 6 });
const directions = ['ASC', 'DESC'] as const;
const nullsOrders = ['FIRST', 'LAST'] as const;
/** Every field in both directions, the unknown first and last where some are; `someOrder` says it of all fields. */
const everyOrder = ({ type, ids }: List): Order[][] =>
  Object.entries(keys[type] ?? {}).flatMap(([field, key]) => {
    const nullsOf = ids.some(id => key(id) === null) ? nullsOrders : (['LAST'] as const);
    return directions.flatMap(direction => nullsOf.map(nulls => [{ field, direction, nulls }]));
  });
const someOrder = (type: string): fc.Arbitrary<Order[]> =>
  fc.uniqueArray(
    fc.record({
      field: fc.constantFrom(...Object.keys(keys[type] ?? {})),
      direction: fc.constantFrom(...directions),
      nulls: fc.constantFrom(...nullsOrders),
    }),
    { minLength: 2, maxLength: 4, selector: ({ field }) => field },
  );

describe('walking gives the sorted list, forwards and backwards', () => {
  const walkBoth = async (list: List, orderBy: Order[] | undefined) => {
    const there = fc.asyncProperty(sizes, sizes, async (forwards, backwards) => {
      await walk(list, orderBy, forwards, false);
      await walk(list, orderBy, backwards, true);
    });
    await fc.assert(there, { numRuns: 1 });
  };

  test.each(lists)('$name', async list => {
    expect(list.ids.length).toBeGreaterThan(1);
    for (const orderBy of [undefined, ...(list.canSort ? everyOrder(list) : [])]) await walkBoth(list, orderBy);
  });

  test.each(lists.filter(({ canSort }) => canSort))('$name, sorted by several fields', async list => {
    const walks = fc.asyncProperty(someOrder(list.type), sizes, fc.boolean(), (orderBy, pages, backwards) =>
      walk(list, orderBy, pages, backwards),
    );
    await fc.assert(walks, { numRuns: 8 });
  });

  test('search', async () => {
    const { data } = await ask(
      '{ search(query: "shanghai", first: 100) { totalCount edges { rank node { ... on Node { id } } } } }',
    );
    const ranks = new Map<string, number>(
      data.search.edges.map(({ rank, node }: { rank: number; node: { id: string } }) => [node.id, rank]),
    );
    expect(data.search.totalCount).toBe(ranks.size);
    expect(new Set(ranks.values()).size).toBeGreaterThan(2);
    await walkBoth(searched('shanghai', ranks), undefined);
  });
});

describe('pages between cursors', () => {
  const wide = lists.filter(({ ids, canSort }) => canSort && ids.length > 7);
  const cases = fc.constantFrom(...wide).chain(list =>
    fc.record({
      list: fc.constant(list),
      orderBy: someOrder(list.type),
      after: fc.option(fc.nat(list.ids.length - 1), { nil: undefined }),
      before: fc.option(fc.nat(list.ids.length - 1), { nil: undefined }),
      size: fc.integer({ min: 1, max: 12 }),
      backwards: fc.boolean(),
    }),
  );

  test('first and last count within what lies after one cursor and before another', async () => {
    const property = fc.asyncProperty(cases, async ({ list, orderBy, after, before, size, backwards }) => {
      const wanted = sorted(list.ids, list.type, orderBy);
      // Each place has one cursor, whatever page it is taken from.
      const cursorOf = async (place: number | undefined) => {
        if (place === undefined) return undefined;
        const { cursors } = await (place < 100
          ? read(list, { first: place + 1 }, orderBy)
          : read(list, { last: wanted.length - place }, orderBy));
        return place < 100 ? cursors.at(-1) : cursors[0];
      };
      const within = wanted.slice(after === undefined ? 0 : after + 1, before ?? wanted.length);
      const here = backwards ? within.slice(-size) : within.slice(0, size);
      const isMore = here.length < within.length;
      const page = {
        after: await cursorOf(after),
        before: await cursorOf(before),
        ...(backwards ? { last: size } : { first: size }),
      };
      const result = await read(list, page, orderBy);
      const [previous, next] = backwards ? [isMore, before !== undefined] : [after !== undefined, isMore];
      expect(result).toEqual(pageOf(list, here, result.cursors, previous, next));
    });
    await fc.assert(property, { numRuns: 100 });
  });

  test('without first and last a page is the first twenty', async () => {
    const [, , list] = lists as [List, List, List];
    const wanted = sorted(list.ids, list.type, list.byDefault);
    const page = await read(list, {});
    expect(page).toEqual(pageOf(list, wanted.slice(0, 20), page.cursors, false, true));
    const before = page.cursors[5];
    const start = await read(list, { before });
    expect(start).toEqual(pageOf(list, wanted.slice(0, 5), page.cursors.slice(0, 5), false, false));
  });

  test.each([
    [{ first: 3, last: 3 }, 'first and last exclude each other; got first: 3 and last: 3.'],
    [{ first: 0 }, 'first must be from 1 to 100; got 0.'],
    [{ last: -1 }, 'last must be from 1 to 100; got -1.'],
    [{ first: 101 }, 'first must be from 1 to 100; got 101.'],
  ])('%j is refused', async (page, message) => {
    for (const list of lists) {
      expect((await answer(list, page)).error).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
    }
  });
});

describe('a cursor only fits the list it came from', () => {
  const byId: Order[] = [{ field: 'ID' }];
  const cursorOf = async (list: List, orderBy?: Order[]) =>
    (await read(list, { first: 1 }, orderBy)).cursors[0] as string;
  const expectRefusal = async (list: List, page: Page, orderBy?: Order[], filter?: object) => {
    const { error } = await answer(list, page, orderBy, filter);
    expect(error?.extensions?.code).toBe('INVALID_CURSOR');
    return error?.message;
  };
  const FOREIGN = 'was made by a list with another order or filter; a cursor only fits the list it came from.';

  test('not another order', async () => {
    for (const list of lists.filter(({ canSort }) => canSort)) {
      const after = await cursorOf(list, byId);
      const others: (Order[] | undefined)[] = [
        undefined,
        [{ field: 'ID', direction: 'DESC' }],
        [{ field: 'UPDATED_AT' }],
      ];
      for (const other of others) {
        expect(await expectRefusal(list, { first: 2, after }, other)).toBe(`after ${FOREIGN}`);
        expect(await expectRefusal(list, { last: 2, before: after }, other)).toBe(`before ${FOREIGN}`);
      }
    }
  });

  test('not another filter', async () => {
    for (const list of lists.filter(({ canSort }) => canSort)) {
      const filter = { id: { notIn: [list.ids[1]] } };
      expect(await expectRefusal(list, { after: await cursorOf(list) }, undefined, filter)).toBe(`after ${FOREIGN}`);
    }
  });

  test('not another list', async () => {
    for (const from of lists) {
      const after = await cursorOf(from, from.canSort ? byId : undefined);
      for (const list of lists.filter(({ name, type }) => name !== from.name || type !== from.type)) {
        expect(await expectRefusal(list, { after }, list.canSort ? byId : undefined)).toBe(`after ${FOREIGN}`);
      }
    }
    const { data } = await ask('{ search(query: "shanghai", first: 1) { pageInfo { endCursor } } }');
    for (const search of ['query: "sichuan"', 'query: "shanghai", types: [EXCHANGE]']) {
      const { errors } = await ask(`query ($after: String) { search(${search}, after: $after) { totalCount } }`, {
        after: data.search.pageInfo.endCursor,
      });
      expect(errors?.[0]).toMatchObject({ message: `after ${FOREIGN}`, extensions: { code: 'INVALID_CURSOR' } });
    }
  });

  test('and nothing that is no cursor', async () => {
    for (const list of lists) {
      const cursor = await cursorOf(list);
      const damaged = `${cursor.slice(0, 12)}!${cursor.slice(13)}`;
      for (const after of ['', 'nonsense', cursor.slice(0, -3), damaged, 'x'.repeat(5000)]) {
        expect(await expectRefusal(list, { after })).toMatch(/^after is /);
      }
    }
  });
});
