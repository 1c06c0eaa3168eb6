import { expect, test } from 'vitest';
import { testApi } from '../support/api.js';

const { ask } = testApi();

const BY = 'by: [STARTED_YEAR, STATUS, DUTCH_PROVINCE]';
const KEYS = 'startedYear status dutchProvince { id } count';

test.each(['', ', orderBy: { field: COUNT, direction: DESC }'])(
  'first returns the first groups in their order%s, in one statement with the records of each in another',
  async order => {
    const all = (await ask(`{ exchangeGroups(by: [STARTED_YEAR, KIND]${order}) { startedYear kind count } }`)).data
      .exchangeGroups;
    expect(all.length).toBeGreaterThan(50);
    for (const first of [1, 7, 1_000]) {
      const { data, statements } = await ask(
        `query ($first: Int) { exchangeGroups(by: [STARTED_YEAR, KIND]${order}, first: $first) { startedYear kind count } }`,
        { first },
      );
      expect(data.exchangeGroups).toEqual(all.slice(0, first));
      expect(statements).toHaveLength(1);
    }
    const query = `{ exchangeGroups(by: [STARTED_YEAR, KIND]${order}, first: 60) { count exchanges(first: 100) { nodes { id } } } }`;
    const { data, statements } = await ask(query);
    expect(statements).toHaveLength(2);
    expect(
      data.exchangeGroups.map(({ exchanges }: { exchanges: { nodes: unknown[] } }) => exchanges.nodes.length),
    ).toEqual(all.slice(0, 60).map(({ count }: { count: number }) => count));
  },
);

test('null is no first: all groups', async () => {
  const count = async (args: string) =>
    (await ask(`{ partnershipGroups(${BY}${args}) { ${KEYS} } }`)).data.partnershipGroups;
  expect(await count(', first: null')).toEqual(await count(''));
});

test.each([0, -1, 1_001])('first: %i is refused with its bounds', async first => {
  const { data, errors, statements } = await ask(`{ partnershipGroups(by: [STATUS], first: ${first}) { count } }`);
  expect([data, statements]).toEqual([{ partnershipGroups: null }, []]);
  expect(errors).toMatchObject([
    {
      message: `first must be from 1 to 1000; got ${first}.`,
      extensions: { code: 'BAD_USER_INPUT', rule: 'GROUPS_FIRST_OUT_OF_RANGE' },
    },
  ]);
});

test.each([
  'exchanges(first: 1) { totalCount }',
  '...Records } } fragment Records on ExchangeGroup { ... on ExchangeGroup { exchanges { nodes { id } }',
  'partnership { dutch { parent { partnerships(first: 1) { totalCount } } } }',
  'partnership { citations { supports } }',
])('more groups than the estimate assumes have no lists without first: %s', async selection => {
  const by = 'by: [PARTNERSHIP, STARTED_YEAR]';
  const { data, errors, statements } = await ask(`{ exchangeGroups(${by}) { count ${selection} } }`);
  expect([data, statements.length]).toEqual([{ exchangeGroups: null }, 1]);
  expect(errors?.[0]).toMatchObject({
    message:
      'Lists can be selected for at most 50 of these groups, and there are more. Set first, such as first: 100, or filter.',
    extensions: { code: 'TOO_MANY_GROUPS', rule: 'TOO_MANY_GROUPS_WITH_LISTS' },
  });
  const withFirst = await ask(`{ exchangeGroups(${by}, first: 100) { count ${selection} } }`);
  expect([withFirst.errors, withFirst.data.exchangeGroups.length > 50]).toEqual([undefined, true]);
});

test('but they have all that is no list', async () => {
  const { data, errors } = await ask(
    '{ exchangeGroups(by: [PARTNERSHIP, STARTED_YEAR]) { count startedYear partnership { id dutch { name } names: status } programme { id } } }',
  );
  expect([errors, data.exchangeGroups.length > 50]).toEqual([undefined, true]);
});
