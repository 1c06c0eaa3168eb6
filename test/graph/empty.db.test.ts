import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import type { Given } from '../support/evaluator.js';
import { type Concept, conditions, filtersOf } from '../support/filters.js';

const { ask, service } = testApi();

const inputs: Record<Concept, string> = {
  authorities: 'AuthorityFilter',
  organisations: 'OrganisationFilter',
  partnerships: 'PartnershipFilter',
  programmes: 'ProgrammeFilter',
  exchanges: 'ExchangeFilter',
};
const concepts = Object.keys(inputs) as Concept[];

/** The records that a filter lets through. */
async function idsBy(concept: Concept, filter: Given): Promise<Json> {
  const { data, errors } = await ask(
    `query ($filter: ${inputs[concept]}) { ${concept}(first: 100, filter: $filter) { totalCount nodes { id } } }`,
    { filter },
  );
  expect(errors).toBeUndefined();
  return data[concept];
}

/** Texts in which there is nothing to search for. */
const EMPTY_TEXTS = ['', '  ', '(', '%_', '😀', "'"];

describe('what asks for nothing is as if it were left out', () => {
  const ofAll: Given[] = [
    {},
    ...EMPTY_TEXTS.map(text => ({ text })),
    { text: null, id: null, and: null, or: null, not: null },
    { id: {} },
    { id: { eq: null, in: null, notIn: null, isNull: null } },
    { id: { eq: '' } },
    { and: [] },
    { or: [] },
    { and: [{}, { or: [] }] },
    { or: [{}, { text: '' }] },
    { not: {} },
    { not: { text: '(' } },
    { not: { not: { id: { in: null } } } },
    { not: { and: [], or: [{ text: ' ' }] } },
  ];
  const ofOne: Partial<Record<Concept, Given[]>> = {
    authorities: [
      { within: '' },
      { within: ' ' },
      { name: {} },
      ...['eq', 'contains', 'startsWith'].flatMap(operator =>
        [null, ...EMPTY_TEXTS].map(text => ({ name: { [operator]: text } })),
      ),
      { location: {} },
      { not: { location: { within: null } } },
      { code: { eq: '' } },
      { country: { in: null }, dutchLevel: { isNull: null } },
      { partnerships: null },
      { partnerships: {} },
      { partnerships: { some: null, none: null } },
      { exchanges: {} },
    ],
    organisations: [{ name: { contains: '' } }, { programmes: { some: null } }],
    partnerships: [
      { status: { in: null } },
      { status: { eq: null, notIn: null, isNull: null } },
      { startedOn: { eq: null, before: null, after: null, from: null, until: null, isNull: null } },
      { themes: null },
      { themes: {} },
      { themes: { some: null, none: null } },
      { nestedIn: '' },
      { activeOn: null, nestedIn: null },
      { dutch: null, chinese: null },
      { dutch: { not: { location: {} } } },
    ],
    programmes: [{ inVngInternationalPortfolio: { eq: null, isNull: null } }, { organisations: {} }],
    exchanges: [{ recurring: {} }, { partnership: null, programme: null }],
  };
  test.each(concepts)('in the filter of %s', async concept => {
    const all = await idsBy(concept, null);
    expect(all.totalCount).toBeGreaterThan(0);
    for (const filter of [...ofAll, ...(ofOne[concept] ?? [])]) {
      expect([filter, await idsBy(concept, filter)]).toEqual([filter, all]);
    }
  });

  test('beside a condition, and inside relations', async () => {
    const active = await idsBy('partnerships', { status: { eq: 'ACTIVE' } });
    const form = { status: { eq: 'ACTIVE', in: null }, text: '', themes: {}, not: { text: '' }, or: [{ text: '(' }] };
    expect(await idsBy('partnerships', form)).toEqual(active);
    const chosen = { dutch: { id: { eq: 'nl-rotterdam' } } };
    expect(await idsBy('partnerships', { dutch: { ...chosen.dutch, text: '', name: { contains: ' ' } } })).toEqual(
      await idsBy('partnerships', chosen),
    );
    expect(await idsBy('authorities', { partnerships: { some: { text: '' } } })).toEqual(
      await idsBy('authorities', { partnerships: { some: {} } }),
    );
    expect(await idsBy('partnerships', { themes: { some: { eq: null, in: null } } })).toEqual(
      await idsBy('partnerships', { themes: { some: {} } }),
    );
  });

  test('as literals', async () => {
    const { data, errors } = await ask(`{
      all: partnerships { totalCount }
      text: partnerships(filter: { text: "" }) { totalCount }
      list: partnerships(filter: { status: { in: null } }) { totalCount }
      or: partnerships(filter: { or: [{ text: "(" }] }) { totalCount }
    }`);
    expect(errors).toBeUndefined();
    expect(new Set(Object.values<Json>(data).map(({ totalCount }) => totalCount)).size).toBe(1);
  });

  test('in the filter and the condition of groups', async () => {
    const groups = async (rest: string) => {
      const { data, errors } = await ask(`{ partnershipGroups(by: [STATUS]${rest}) { status count } }`);
      expect(errors).toBeUndefined();
      return data.partnershipGroups;
    };
    const all = await groups('');
    expect(all.length).toBeGreaterThan(1);
    expect(await groups(', filter: { text: "" }, having: { gt: null, eq: null }')).toEqual(all);
    expect(await groups(', filter: { or: [] }, having: {}')).toEqual(all);
  });

  test('in the filter of changes', async () => {
    const changes = async (filter: Given) => {
      const query =
        'query ($filter: ChangeFilter) { changes(first: 100, filter: $filter) { totalCount nodes { cursor } } }';
      const { data, errors } = await ask(query, { filter });
      expect(errors).toBeUndefined();
      return data.changes;
    };
    const all = await changes(null);
    for (const filter of [
      {},
      { authority: '' },
      { within: '' },
      { within: ' ' },
      { subjectTypes: null, kinds: null, subjectIds: null, authority: null, within: null },
    ])
      expect([filter, await changes(filter)]).toEqual([filter, all]);
  });

  const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
  test.each(concepts)(`wherever it is in a random filter of %s; TEST_SEED=${seed}`, async concept => {
    const cases = fc.tuple(
      filtersOf(concept).filter(filter => conditions(filter) <= 10),
      fc.array(fc.nat(NOTHINGS.length - 1), { minLength: 1, maxLength: 5 }),
    );
    const agree = async ([filter, places]: [Given, number[]]) => {
      const wanted = await idsBy(concept, filter);
      let place = 0;
      const next = () => NOTHINGS[places[place++ % places.length] as number] as Given;
      expect(await idsBy(concept, withNothings(filter, next))).toEqual(wanted);
    };
    await fc.assert(fc.asyncProperty(cases, agree), { seed, numRuns: 40 });
  });
});

/** Fields that every filter of a record has, and that ask for nothing. */
const NOTHINGS: Given[] = [
  { text: '' },
  { text: '(' },
  { id: {} },
  { id: { eq: null, in: null } },
  { not: {} },
  { not: { text: ' ' } },
  { and: [{}] },
  { or: [] },
  { or: [{ id: { isNull: null } }] },
];
const TO_MANY = ['partnerships', 'exchanges', 'programmes', 'organisations'];
const TO_ONE = ['dutch', 'chinese', 'partnership', 'programme'];

/** Adds to each filter in a filter a field that asks for nothing, where it has no such field. */
function withNothings(filter: Given, next: () => Given): Given {
  const again = (inner: Given) => withNothings(inner, next);
  const entries = Object.entries(filter).map(([name, value]): [string, Given] => {
    if (name === 'and' || name === 'or') return [name, [...(value as Given[]).map(again), next()]];
    if (name === 'not' || TO_ONE.includes(name)) return [name, again(value)];
    if (!TO_MANY.includes(name)) return [name, value];
    const sides = Object.entries(value as Given).map(([side, inner]) => [side, again(inner)]);
    return [name, Object.fromEntries(sides)];
  });
  return { ...next(), ...Object.fromEntries(entries) };
}

describe('a list of values that is empty', () => {
  const none = { totalCount: 0, nodes: [] };
  test('matches nothing where one of its values has to match', async () => {
    for (const filter of [
      { status: { in: [] } },
      { id: { in: [] } },
      { themes: { some: { in: [] } } },
      { dutch: { id: { in: [] } } },
      { status: { eq: 'ACTIVE', in: [] } },
      { or: [{ status: { in: [] } }] },
    ]) {
      expect([filter, await idsBy('partnerships', filter)]).toEqual([filter, none]);
    }
  });

  test('matches everything where none of its values may match', async () => {
    const all = await idsBy('partnerships', null);
    for (const filter of [
      { status: { notIn: [] } },
      { origin: { notIn: [] } },
      { themes: { none: { in: [] } } },
      { not: { status: { in: [] } } },
    ]) {
      expect([filter, await idsBy('partnerships', filter)]).toEqual([filter, all]);
    }
  });

  test('matches no change', async () => {
    for (const filter of ['kinds: []', 'subjectTypes: []', 'subjectIds: []', 'kinds: [], authority: "nl-rotterdam"']) {
      const { data, errors } = await ask(`{ changes(filter: { ${filter} }) { totalCount nodes { kind } } }`);
      expect([errors, data]).toEqual([undefined, { changes: { totalCount: 0, nodes: [] } }]);
    }
  });
});

test('a subscription with an empty condition gets every change, and one of no kinds gets none', async () => {
  const { follow } = await import('../../src/change/change.resolver.js');
  const subscribe = (filter: Given) => follow(service().context(ADMIN), { filter });
  const [every, none] = [await subscribe({ authority: ' ', kinds: null }), await subscribe({ kinds: [] })];
  const received = [every.next(), none.next()];
  const input = { id: 'org-vng', expectedVersion: 1, notes: 'Seen' };
  const revise =
    'mutation ($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) { userErrors { message } } }';
  expect((await ask(revise, { input }, ADMIN)).data.reviseOrganisation.userErrors).toEqual([]);
  expect((await received[0])?.value).toMatchObject({ kind: 'REVISED', subjectId: 'org-vng' });
  for (const events of [every, none]) await events.return();
  expect(await received[1]).toEqual({ done: true, value: undefined });
});

describe('a search for nothing', () => {
  const page =
    '{ totalCount nodes { __typename } edges { cursor rank } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
  const empty = {
    totalCount: 0,
    nodes: [],
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  };
  test.each(EMPTY_TEXTS)('for %j is an empty page, and nothing is sent', async text => {
    const query = `query ($text: String!) { search(query: $text, first: 5, after: "x") ${page} }`;
    expect(await ask(query, { text })).toEqual({ data: { search: empty }, errors: undefined, statements: [] });
  });

  test('among no types is an empty page', async () => {
    const { data, errors } = await ask(`{ search(query: "delft", types: []) ${page} }`);
    expect([errors, data]).toEqual([undefined, { search: empty }]);
  });

  test('with a bad page is refused', async () => {
    const { errors } = await ask(`{ search(query: "", first: 101) ${page} }`);
    expect(errors?.map(({ message }) => message)).toEqual(['first must be from 1 to 100; got 101.']);
  });
});

describe('a bad argument of one root field', () => {
  const bad = [
    'partnerships(first: 101) { totalCount }',
    'authorities(after: "x") { nodes { id } }',
    'organisations(first: 1, last: 1) { totalCount }',
    'programmes(orderBy: [{ field: ID }, { field: ID }]) { totalCount }',
    'exchanges(filter: { dutch: { within: "Zeeland" } }) { totalCount }',
    'search(query: "delft", last: 0) { totalCount }',
    'changes(last: 101) { totalCount }',
    'changes(filter: { authority: "nl-atlantis" }) { totalCount }',
    'partnershipGroups(by: []) { count }',
    'exchangeGroups(by: [KIND, KIND]) { count }',
    `nodes(ids: [${Array(101).fill('"nl-breda"')}]) { id }`,
    'authority { id }',
  ];
  test.each(bad)('%s is null, and its neighbour answers', async field => {
    const { data, errors } = await ask(`{ bad: ${field} viewer { name } good: partnerships(first: 1) { totalCount } }`);
    expect(errors?.map(({ path }) => path)).toEqual([['bad']]);
    expect(data.bad).toBeNull();
    expect(data.good.totalCount).toBeGreaterThan(0);
    expect(data.viewer).not.toBeNull();
  });

  test('a code list that does not exist is null', async () => {
    const { data, errors } = await ask('{ codeList(name: "partnershipStatus") { name } codeLists { name } }');
    expect([errors, data.codeList, data.codeLists.length > 10]).toEqual([undefined, null, true]);
  });
});
