import { describe, expect, test } from 'vitest';
import { testApi } from '../support/api.js';

const { ask } = testApi();

/** The number of statements that a query takes, which must have been answered. */
async function cost(query: string, variables?: Record<string, unknown>): Promise<number> {
  const { errors, statements } = await ask(query, variables);
  expect(errors).toBeUndefined();
  return statements.length;
}

/**
 * The same question with the lengths of nested lists in variables. Those lists do not come with their records: they are
 * read by loaders, one statement a level.
 */
function byLoaders(list: string, selection: string): { query: string; variables: Record<string, number> } {
  const variables: Record<string, number> = {};
  const nested =
    /\b(children|partnerships|exchanges|programmes|organisations|authorities|nested)(?:\((first: \d+)?|(?= \{))/g;
  const text = selection.replace(nested, (match, name: string, first: string | undefined) => {
    const length = Number(first?.slice(7) ?? 20);
    variables[`n${length}`] = length;
    const isOpen = match.endsWith('(');
    return `${name}(first: $n${length}${first ? '' : isOpen ? ', ' : ')'}`;
  });
  const declared = Object.keys(variables).map(name => `$${name}: Int`);
  return { query: `query ${declared.length ? `(${declared})` : ''} { ${list} { ${text} } }`, variables };
}

describe('lists inside lists', () => {
  const selection =
    'nodes { partnerships(first: 3) { nodes { exchanges(first: 2) { nodes { title } } chinese { name } } } }';

  test('come in one statement where their arguments are constant, whatever the number of rows', async () => {
    const { data, errors, statements } = await ask(`{ authorities(first: 50) { ${selection} } }`);
    expect(errors).toBeUndefined();
    expect(data.authorities.nodes).toHaveLength(50);
    expect(statements).toHaveLength(1);
    expect(await cost(`{ authorities(first: 5) { ${selection} } }`)).toBe(1);
  });

  test('take one statement a level where they are not', async () => {
    for (const first of [50, 5]) {
      const { query, variables } = byLoaders(`authorities(first: ${first})`, selection);
      expect(await cost(query, variables)).toBe(3);
      expect((await ask(query, variables)).data).toEqual(
        (await ask(`{ authorities(first: ${first}) { ${selection} } }`)).data,
      );
    }
  });

  test('read backwards are in order however often they are asked for', async () => {
    const last = 'exchanges(last: 20) { nodes { id } }';
    const byVariable = 'exchanges(last: $n) { nodes { id } }';
    const both = async (field: string, head: string, variables?: Record<string, unknown>) => {
      const { data } = await ask(
        `${head} { authority(id: "nl-eindhoven") { first: ${field} second: ${field} } }`,
        variables,
      );
      return [data.authority.first.nodes, data.authority.second.nodes];
    };
    const { data } = await ask('{ authority(id: "nl-eindhoven") { exchanges(first: 100) { nodes { id } } } }');
    const { nodes } = data.authority.exchanges;
    expect(nodes.length).toBeGreaterThan(1);
    const end = nodes.slice(-20);
    expect(await both(last, 'query')).toEqual([end, end]);
    expect(await both(byVariable, 'query ($n: Int)', { n: 20 })).toEqual([end, end]);
  });

  test('say what is wrong with their arguments', async () => {
    const { data, errors } = await ask(
      '{ partnerships(first: 2) { nodes { exchanges(first: 101) { nodes { id } } } } }',
    );
    expect(data).toEqual({ partnerships: null });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });

  test('are each their own where one record has several', async () => {
    const { data } = await ask(
      `{ authority(id: "nl-rotterdam") {
           first: exchanges(first: 1) { nodes { id } } two: exchanges(first: 2) { nodes { title } } last: exchanges(last: 1) { nodes { id } }
           same: exchanges(first: 2) { edges { cursor node { id } } } } }`,
    );
    const { first, two, last, same } = data.authority;
    expect([first.nodes.length, two.nodes.length, last.nodes.length, same.edges.length]).toEqual([1, 2, 1, 2]);
    expect(same.edges[0].node).toEqual(first.nodes[0]);
    expect(last.nodes[0]).not.toEqual(first.nodes[0]);
  });
});

/** The cost of a selection inside a list beyond the one statement of the list: no more rows, no more statements. */
describe('a page of few rows and one of many take the same number of statements', () => {
  test.each<[list: string, selection: string, statements: number, byLoaders: number]>([
    ['authorities', 'id names { nl zh aliases } location { latitude }', 1, 1],
    ['authorities', 'parent { name }', 1, 1],
    ['authorities', 'parent { name } ... on ChineseAuthority { prefecture { name } }', 1, 1],
    ['authorities', 'children(first: 2) { nodes { name } }', 1, 2],
    ['authorities', 'children(first: 2) { nodes { name } } more: children(first: 3) { nodes { name } }', 1, 3],
    ['authorities', 'partnerships(first: 2) { nodes { id } }', 1, 2],
    ['authorities', 'exchanges(first: 2) { nodes { id } }', 1, 2],
    ['authorities', 'citations { supports source { title } }', 2, 2],
    [
      'authorities',
      'partnerships(filter: { status: { eq: ACTIVE } }, orderBy: [{ field: ID }]) { nodes { id } }',
      1,
      2,
    ],
    ['authorities', 'partnerships { nodes { dutch { name parent { name } } chinese { name parent { name } } } }', 1, 2],
    ['authorities', 'partnerships { nodes { exchanges { nodes { citations { source { title } } } } } }', 2, 4],
    ['partnerships', 'status startedOn themes', 1, 1],
    ['partnerships', 'dutch { name } chinese { name }', 1, 1],
    ['partnerships', 'dutch { parent { name } } chinese { parent { name } }', 1, 1],
    ['partnerships', 'citations { supports }', 2, 2],
    ['partnerships', 'statusPeriods { status from until reason }', 2, 2],
    ['partnerships', 'statusPeriods { citations { supports } }', 3, 3],
    ['partnerships', 'status(on: "1999")', 2, 2],
    ['partnerships', 'status then: status(on: "1999") later: status(on: "2009") again: status(on: "2009")', 2, 2],
    ['partnerships', 'nestedIn { id }', 2, 2],
    ['partnerships', 'nestedIn { dutch { name } chinese { name } }', 3, 3],
    ['partnerships', 'nested(first: 3) { nodes { id } }', 1, 2],
    ['partnerships', 'exchanges(first: 3) { nodes { id } }', 1, 2],
    ['partnerships', 'programmes(first: 3) { nodes { id } }', 1, 2],
    ['programmes', 'organisations { nodes { id } }', 1, 2],
    ['programmes', 'authorities { nodes { id } }', 1, 2],
    ['programmes', 'partnerships { nodes { id } }', 1, 2],
    ['programmes', 'exchanges { nodes { id } }', 1, 2],
    ['programmes', 'organisations { nodes { programmes { nodes { exchanges { nodes { id } } } } } }', 1, 4],
    ['programmes', 'citations { supports }', 2, 2],
    ['exchanges', 'dutch { name } chinese { name }', 1, 1],
    ['exchanges', 'partnership { id }', 1, 1],
    ['exchanges', 'citations { supports }', 2, 2],
    ['organisations', 'programmes { nodes { id } }', 1, 2],
    ['organisations', 'citations { supports }', 2, 2],
  ])('%s { %s }: %i, by loaders %i', async (list, selection, statements, inLevels) => {
    for (const first of [3, 100]) {
      expect(await cost(`{ ${list}(first: ${first}) { nodes { ${selection} } } }`)).toBe(statements);
      const loaded = byLoaders(`${list}(first: ${first})`, `nodes { ${selection} }`);
      expect(await cost(loaded.query, loaded.variables)).toBe(inLevels);
      expect(await cost(`{ ${list}(last: ${first}) { edges { node { ${selection} } } } }`)).toBe(statements);
    }
  });
});

describe('a reference comes along with the list', () => {
  // Nobody has one on the small pages, so these are asked for by what they hold.
  test.each<[what: string, query: string, read: (data: never) => unknown[], statements: number]>([
    [
      'encouragedBy',
      '{ list: partnerships(first: 100) { nodes { encouragedBy { dutch { name } } } } }',
      ({ list }: { list: { nodes: { encouragedBy: unknown }[] } }) => list.nodes.map(node => node.encouragedBy),
      1,
    ],
    [
      'an organisation’s parent',
      '{ list: organisations(first: 100) { nodes { parent { name } } } }',
      ({ list }: { list: { nodes: { parent: unknown }[] } }) => list.nodes.map(node => node.parent),
      1,
    ],
    [
      'an exchange’s programme',
      '{ list: exchanges(first: 100) { nodes { programme { name } } } }',
      ({ list }: { list: { nodes: { programme: unknown }[] } }) => list.nodes.map(node => node.programme),
      1,
    ],
  ])('%s: no statement of its own', async (_, query, read, statements) => {
    const { data, statements: sent } = await ask(query);
    expect(read(data as never).filter(Boolean).length).toBeGreaterThan(1);
    expect(sent).toHaveLength(statements);
    const nobody = query.replace('first: 100', 'first: 100, filter: { text: "nobodyhasthis" }');
    expect(await cost(nobody)).toBe(1);
  });

  test('that another branch of the same level asked for already is not read again', async () => {
    const twice = '{ partnerships { nodes { dutch { id } side: dutch { name } } } }';
    expect(await cost(twice)).toBe(1);
  });
});

describe('totalCount', () => {
  const levels = (authorities: string, partnerships: string, exchanges: string) =>
    `${authorities} nodes { partnerships(first: 3) { ${partnerships} nodes { exchanges(first: 2) { ${exchanges} nodes { id } } } } }`;

  // At the root it comes with the page.
  test.each<[authorities: string, partnerships: string, exchanges: string, statements: number, byLoaders: number]>([
    ['', '', '', 1, 3],
    ['totalCount', '', '', 1, 3],
    ['', 'totalCount', '', 2, 4],
    ['', '', 'totalCount', 2, 4],
    ['totalCount', 'totalCount', '', 2, 4],
    ['totalCount', 'totalCount', 'totalCount', 3, 5],
  ])(
    'takes one statement a level below the root that it is selected on (%j, %j, %j: %i, by loaders %i)',
    async (authorities, partnerships, exchanges, statements, inLevels) => {
      for (const first of [20, 1]) {
        const list = `authorities(first: ${first})`;
        expect(await cost(`{ ${list} { ${levels(authorities, partnerships, exchanges)} } }`)).toBe(statements);
        const loaded = byLoaders(list, levels(authorities, partnerships, exchanges));
        expect(await cost(loaded.query, loaded.variables)).toBe(inLevels);
      }
    },
  );

  test.each(['partnerships', 'authorities', 'exchanges', 'programmes', 'organisations', 'search(query: "china")'])(
    'alone, %s is counted and not read',
    async list => {
      const { statements } = await ask(`{ ${list} { totalCount } }`);
      expect(statements).toHaveLength(1);
      expect(statements[0]).toMatch(/^select count\(\*\)/);
    },
  );

  test('alone in a nested list, that list is counted for all parents and not read', async () => {
    const { data, statements } = await ask('{ authorities { nodes { partnerships { totalCount } } } }');
    expect(statements).toHaveLength(2);
    expect(statements[1]).toContain('count(*)');
    const totals = data.authorities.nodes.map(
      ({ partnerships }: never) => (partnerships as { totalCount: 1 }).totalCount,
    );
    expect(new Set(totals).size).toBeGreaterThan(1);
  });

  test('without rows, pageInfo alone reads one page', async () => {
    expect(await cost('{ partnerships(first: 1) { pageInfo { hasNextPage } } }')).toBe(1);
    expect(await cost('{ partnerships(first: 1) { pageInfo { hasNextPage } nodes { id } edges { cursor } } }')).toBe(1);
  });

  test('what a directive leaves out is not asked for', async () => {
    const query =
      'query ($count: Boolean!) { partnerships(first: 1) { totalCount @include(if: $count) nodes { id } } }';
    const counts = async (count: boolean) => (await ask(query, { count })).statements[0]?.includes('count(*)');
    expect([await counts(true), await counts(false)]).toEqual([true, false]);
  });
});

describe('groups', () => {
  test.each<[query: string, statements: number]>([
    ['partnershipGroups(by: [STATUS]) { status count }', 1],
    ['partnershipGroups(by: [STATUS, KIND, THEME]) { count authorityCount exchangeCount firstStartedOn }', 1],
    ['partnershipGroups(by: [STATUS]) { partnerships(first: N) { nodes { id } } }', 2],
    ['partnershipGroups(by: [STATUS]) { partnerships(first: N) { totalCount nodes { id } } }', 3],
    ['partnershipGroups(by: [STATUS]) { partnerships(first: N) { totalCount } }', 2],
    ['partnershipGroups(by: [STATUS]) { partnerships(first: N) { nodes { dutch { name } chinese { name } } } }', 2],
    [
      'partnershipGroups(by: [DUTCH_PROVINCE, CHINESE_PROVINCE]) { dutchProvince { name } chineseProvince { name } }',
      2,
    ],
    ['partnershipGroups(by: [DUTCH_PROVINCE]) { dutchProvince { name } partnerships(first: N) { nodes { id } } }', 3],
    ['exchangeGroups(by: [PARTNERSHIP]) { partnership { id } exchanges(first: N) { nodes { id } } }', 3],
    ['exchangeGroups(by: [PROGRAMME]) { programme { name } }', 2],
    ['exchangeGroups(by: [KIND, STARTED_DECADE]) { exchanges(first: N) { nodes { citations { supports } } } }', 3],
  ])('%s: %i', async (query, statements) => {
    for (const first of [1, 100])
      expect(await cost(`{ ${query.replace('first: N', `first: ${first}`)} }`)).toBe(statements);
  });
});

describe('records of several types', () => {
  const TYPES = ['Authority', 'Partnership', 'Programme', 'Exchange', 'Organisation'];

  test('a search takes one statement, with the records of all types', async () => {
    const search = (selection: string, types: string) =>
      `{ search(query: "china", first: 100, types: [${types}]) { ${selection} } }`;
    const all = 'AUTHORITY, PARTNERSHIP, PROGRAMME, EXCHANGE, ORGANISATION';
    expect(await cost(search('edges { rank matchedOn cursor } pageInfo { endCursor }', all))).toBe(1);
    expect(await cost(search('totalCount edges { rank }', all))).toBe(1);
    expect(await cost(search('nodes { __typename }', 'PROGRAMME'))).toBe(1);
    expect(await cost(search('nodes { __typename }', all))).toBe(1);
    expect(await cost(search('nodes { __typename } edges { node { __typename } }', 'PROGRAMME, EXCHANGE'))).toBe(1);
    expect(await cost(search('nodes { ... on Exchange { citations { supports } } }', 'EXCHANGE'))).toBe(2);
  });

  test('a search that finds records of all five types', async () => {
    const query = (first: number) =>
      `{ search(query: "shanghai", first: ${first}) { nodes { __typename ... on Partnership { dutch { name } } } } }`;
    const { data, statements } = await ask(query(100));
    const types = new Set(data.search.nodes.map(({ __typename }: never) => String(__typename).replace('Chinese', '')));
    expect([...types].sort()).toEqual([...TYPES].sort());
    expect(statements).toHaveLength(1);
    expect(await cost(query(28))).toBe(1);
  });

  test('nodes of five types take five statements, however many there are', async () => {
    const { data } = await ask(
      `{ authorities(first: 20) { nodes { id } } partnerships(first: 20) { nodes { id } } programmes(first: 16) { nodes { id } }
         exchanges(first: 20) { nodes { id } } organisations(first: 20) { nodes { id } } }`,
    );
    const lists = Object.values(data as Record<string, { nodes: { id: string }[] }>).map(({ nodes }) => nodes);
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
    const all = lists.flat().map(({ id }) => id);
    const { data: answer, statements } = await ask(query, { ids: all });
    expect(answer.nodes.map(({ id }: { id: string }) => id)).toEqual(all);
    expect(statements).toHaveLength(5);
    expect(await cost(query, { ids: lists.map(([first]) => first?.id) })).toBe(5);
    expect(await cost(query, { ids: ['nl-rotterdam', 'cn-shanghai', 'nl-rotterdam', 'nl-atlantis'] })).toBe(1);
  });

  test('single records of one type in one operation are read together', async () => {
    expect(await cost('{ a: node(id: "nl-rotterdam") { id } b: authority(id: "cn-shanghai") { id } }')).toBe(1);
    expect(await cost('{ a: authority(code: "GM0599") { id } b: authority(code: "310000") { id } }')).toBe(1);
    expect(await cost('{ partnership(id: "tie-rotterdam-shanghai") { dutch { id } chinese { id } } }')).toBe(1);
  });

  test('an operation does not remember what another one read', async () => {
    const query = '{ node(id: "nl-rotterdam") { id } }';
    expect([await cost(query), await cost(query)]).toEqual([1, 1]);
  });
});
