import { expect, test, vi } from 'vitest';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';
import { changeCount, fingerprint, type Json } from '../support/calls.js';
import { inQuiet } from '../support/soak.js';

vi.setConfig({ testTimeout: 60_000 });

const { ask, database } = testApi();

async function record(rows: Json[], more: Json = {}): Promise<Json> {
  const { data, errors } = await ask(
    `mutation($input: RecordExchangesInput!) { recordExchanges(input: $input) {
      exchangeIds changeSet userErrors { code rule path message } } }`,
    { input: { rows, ...more } },
    ADMIN,
  );
  expect(errors).toBeUndefined();
  return data.recordExchanges;
}

const source = { title: 'Travel list', publisher: 'Gemeente Test' };
const visit = (n: number | string, more: Json = {}): Json => ({
  kind: 'CULTURAL',
  title: { en: `Listed visit ${n}` },
  status: 'HELD',
  startedOn: '2018-04-01',
  dutch: 'nl-rotterdam',
  chinese: 'cn-shanghai',
  ...more,
});

test('500 exchanges are one transaction and one set of changes, in under 3 s', async () => {
  const before = await changeCount(database());
  const rows = Array.from({ length: 500 }, (_, n) => visit(n));
  const start = performance.now();
  const { exchangeIds, changeSet, userErrors } = await record(rows, { source });
  expect(performance.now() - start).toBeLessThan(inQuiet(3_000));
  expect(userErrors).toEqual([]);
  expect(new Set(exchangeIds).size).toBe(500);
  expect(await changeCount(database())).toBe(before + 500);
  const query = `query($filter: ChangeFilter) { changes(filter: $filter, first: 2) { totalCount nodes { subjectId kind } } }`;
  const { data } = await ask(query, { filter: { changeSets: [changeSet] } });
  expect(data.changes).toMatchObject({
    totalCount: 500,
    nodes: exchangeIds.slice(0, 2).map((subjectId: string) => ({ subjectId, kind: 'RECORDED' })),
  });
  const answer = await ask(
    `query($id: ID!) { exchange(id: $id) { confidence citations { source { title } supports } }
      exchanges(filter: { text: "listed visit 499" }) { totalCount } }`,
    { id: exchangeIds[499] },
  );
  expect(answer.data).toMatchObject({
    exchange: { confidence: 'SINGLE_SOURCE', citations: [{ source: { title: 'Travel list' } }] },
    exchanges: { totalCount: 1 },
  });
});

test('the ids of all rows are chosen by one statement', async () => {
  const sent: string[] = [];
  const count = (event: unknown) => void sent.push((event as StatementEvent).text);
  statementChannel.subscribe(count);
  const { userErrors } = await record(Array.from({ length: 20 }, (_, n) => visit(`chosen ${n}`)));
  statementChannel.unsubscribe(count);
  expect(userErrors).toEqual([]);
  expect(sent.filter(text => text.includes('from search_document where id = base'))).toHaveLength(1);
});

test('all problems are told together, each with its row and field, and nothing is written', async () => {
  await record([visit('known')]);
  const before = await fingerprint(database());
  const { exchangeIds, userErrors } = await record([
    visit('fine'),
    visit('x', { startedOn: '2999-01-01' }),
    visit('known'),
    visit('fine', { title: { nl: 'Anders', en: 'LISTED visit fine' } }),
    visit('y', { dutch: 'nl-nowhere', participants: [''] }),
    visit('z', { chinese: 'nl-delft' }),
    visit('', { title: { en: '' }, chinese: 'nl-delft' }),
  ]);
  expect(exchangeIds).toEqual([]);
  expect(userErrors.map(({ rule, path }: Json) => [rule, path.slice(1).join('.')])).toEqual([
    ['HELD_IN_FUTURE', 'rows.1.startedOn'],
    ['EXCHANGE_DUPLICATE', 'rows.2.title'],
    ['ROW_REPEATED', 'rows.3.title'],
    ['TEXT_EMPTY', 'rows.4.participants.0'],
    ['REFERENCE_MISSING', 'rows.4.dutch'],
    ['WRONG_SIDE', 'rows.5.chinese'],
    ['TEXT_EMPTY', 'rows.6.title.en'],
    ['WRONG_SIDE', 'rows.6.chinese'],
  ]);
  expect(userErrors[1].code).toBe('DUPLICATE');
  expect(userErrors[2]).toMatchObject({ code: 'DUPLICATE', message: 'The row is about the same record as row 1.' });
  expect(await fingerprint(database())).toEqual(before);
  expect(await record([visit('known')], { dryRun: true, allowDuplicates: true })).toMatchObject({ userErrors: [] });
  expect(await fingerprint(database())).toEqual(before);
});

test('problems beside values that cannot be read are reported with them, and the register is only read', async () => {
  await record([visit('read')]);
  const before = await fingerprint(database());
  const rows = [
    visit('unread', { startedOn: '2021-13', dutch: 'nl-nowhere' }),
    visit('unread', { startedOn: null, participants: [''], recurring: 'often' }),
    visit('read'),
    'no row',
    visit('later', { startedOn: '2999' }),
    visit('later', { startedOn: '2999' }),
    visit('unread', { startedOn: null, title: { zh: 5, nl: '!' } }),
  ];
  const document = 'mutation($input: RecordExchangesInput!) { recordExchanges(input: $input) { exchangeIds } }';
  const { errors } = await ask(document, { input: { rows, reason: '' } }, ADMIN);
  const byPath = errors?.map(({ extensions }: Json) => [extensions.path.slice(1).join('.'), extensions.rule]);
  expect(Object.fromEntries(byPath ?? [])).toEqual({
    reason: 'TEXT_EMPTY',
    'rows.0.startedOn': 'DATE_MONTH',
    'rows.0.dutch': 'REFERENCE_MISSING',
    'rows.1.recurring': 'NOT_A_BOOLEAN',
    'rows.1.participants.0': 'TEXT_EMPTY',
    'rows.2.title': 'EXCHANGE_DUPLICATE',
    'rows.3': 'NOT_AN_OBJECT',
    'rows.4.startedOn': 'HELD_IN_FUTURE',
    'rows.5.title': 'ROW_REPEATED',
    'rows.5.startedOn': 'HELD_IN_FUTURE',
    'rows.6.title.zh': 'NOT_A_TEXT',
    'rows.6.title.nl': 'NAME_WITHOUT_LETTER',
  });
  expect(await fingerprint(database())).toEqual(before);
});

test('a duplicate is recorded if it is allowed; exchanges with one title have ids of their own', async () => {
  const rows = [visit('twice'), visit('twice'), visit('twice', { startedOn: '2019' })];
  const { exchangeIds } = await record(rows, { allowDuplicates: true });
  expect(exchangeIds).toEqual(['', '-2', '-3'].map(end => `exch-rotterdam-shanghai-listed-visit-twice${end}`));
});

test('a repeated key gives the same answer, and writes nothing', async () => {
  const first = await record([visit('keyed')], { idempotencyKey: 'batch-1' });
  expect(first.userErrors).toEqual([]);
  const before = await fingerprint(database());
  expect(await record([visit('keyed')], { idempotencyKey: 'batch-1' })).toEqual(first);
  expect(await fingerprint(database())).toEqual(before);
});

test.each([
  ['no', 0, 'PROPOSAL_EMPTY', /^At least one row/],
  ['too many', 1_001, 'TOO_MANY_VALUES', /1,?000/],
])('%s rows are refused', async (_, count, rule, text) => {
  const { userErrors } = await record(Array.from({ length: count }, (_, n) => visit(n)));
  expect(userErrors).toMatchObject([{ rule, path: ['input', 'rows'], message: expect.stringMatching(text) }]);
});

test('two calls at once do not both record the same exchange', async () => {
  const answers = await Promise.all([record([visit('race')]), record([visit('race')])]);
  expect(answers.flatMap(({ exchangeIds }) => exchangeIds)).toHaveLength(1);
  expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'DUPLICATE' }]);
});
