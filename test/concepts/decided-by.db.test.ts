import { expect, test, vi } from 'vitest';
import { latestPosition } from '../../src/change/log-reader.js';
import { verify } from '../../src/database/verify/verify.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { PartnershipStatus, StatusDecisionMaker } from '../../src/partnership/partnership.enums.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { exportedRows } from '../support/proposals.js';

vi.setConfig({ testTimeout: 30_000 });

const { ask, database, service } = testApi();

const PERIODS = 'statusPeriods { status from reason decidedBy }';
const periodsOf = async (id: string): Promise<Json[]> =>
  (await ask(`query($id: ID!) { partnership(id: $id) { ${PERIODS} } }`, { id })).data.partnership.statusPeriods;

const mutate = async (mutation: string, input: Json): Promise<Json> => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { ${mutation}(input: $input) {
    partnership { version ${PERIODS} } change { fields { field after afterLabel(language: NL) } } userErrors { message } } }`;
  const { data, errors } = await ask(document, { input }, ADMIN);
  expect(errors).toBeUndefined();
  return data[mutation];
};

const listed = async (condition: string): Promise<string[]> => {
  const { data, errors } = await ask(
    `{ partnerships(first: 100, filter: { statusOn: { ${condition} } }) { nodes { id } } }`,
  );
  expect(errors).toBeUndefined();
  return data.partnerships.nodes.map(({ id }: Json) => id);
};

test('the initial data say who decided where a source does, and only of dormant and ended partnerships', async () => {
  const { data } = await ask(`{ partnerships(first: 100) { nodes { id ${PERIODS} } } }`);
  const decided = data.partnerships.nodes.flatMap(({ id, statusPeriods }: Json) =>
    statusPeriods
      .filter(({ decidedBy }: Json) => decidedBy !== StatusDecisionMaker.UNKNOWN)
      .map(({ status, reason, decidedBy }: Json) => [id, status, decidedBy, reason !== null]),
  );
  expect(decided.sort()).toEqual([
    ['tie-arnhem-wuhan', 'ENDED', 'COUNCIL', true],
    ['tie-breda-yangzhou', 'ENDED', 'EXECUTIVE', true],
    ['tie-eindhoven-nanjing', 'ENDED', 'COUNCIL', true],
    ['tie-groningen-tianjin', 'DORMANT', 'EXECUTIVE', true],
    ['tie-prov-overijssel-prov-liaoning', 'DORMANT', 'EXECUTIVE', true],
    ['tie-prov-utrecht-prov-guangdong', 'ENDED', 'PROVINCIAL_STATES', true],
  ]);
});

test('a change of status stores who decided: in the period, the log, the exports, and at past moments', async () => {
  const id = 'tie-rotterdam-shanghai';
  const { data } = await ask('query($id: ID!) { partnership(id: $id) { version } }', { id });
  const since = '2025-03';
  const input = { id, expectedVersion: data.partnership.version, since, reason: 'A vote', decidedBy: 'COUNCIL' };
  const dormant = await mutate('markPartnershipDormant', input);
  expect(dormant).toMatchObject({ userErrors: [] });
  const period = { status: PartnershipStatus.DORMANT, from: since, reason: 'A vote', decidedBy: 'COUNCIL' };
  expect(dormant.partnership.statusPeriods.at(-1)).toEqual(period);
  const logged = dormant.change.fields.find(({ field }: Json) => field === 'statusPeriods');
  expect(logged.after.at(-1)).toEqual(period);
  expect(logged.afterLabel).toMatch(/besloten door: Gemeenteraad$/);
  const moment = (await latestPosition(database().em.fork())).id;

  // Without an argument it is unknown, which the log of earlier releases does not have either.
  const ended = await mutate('endPartnership', {
    id,
    expectedVersion: dormant.partnership.version,
    since: '2025-05',
    reason: 'A letter',
  });
  expect(ended.partnership.statusPeriods.at(-1)).toMatchObject({ status: 'ENDED', decidedBy: 'UNKNOWN' });
  const after = ended.change.fields.find(({ field }: Json) => field === 'statusPeriods').after;
  expect(after.at(-1)).toEqual({ status: 'ENDED', from: '2025-05', reason: 'A letter' });

  expect((await verify(database())).differences).toEqual([]);
  const contextValue = service().context(ADMIN);
  readAt(contextValue.em, moment);
  const { body } = await (await service().apollo.get()).executeOperation(
    { query: `{ partnership(id: "${id}") { ${PERIODS} } }` },
    { contextValue },
  );
  const then = (body as Json).singleResult.data.partnership.statusPeriods;
  expect(then.map((past: Json) => ({ ...past }))).toEqual((await periodsOf(id)).slice(0, -1));

  const rowOf = async (isFlat: boolean): Promise<Json> =>
    (await exportedRows(database(), 'partnerships', isFlat)).find(row => row.id === id);
  expect((await rowOf(false)).statusPeriods.at(-2)).toMatchObject({ status: 'DORMANT', decidedBy: 'COUNCIL' });
  expect((await rowOf(true)).statusPeriods).toMatch(/DORMANT 2025-03\/2025-05 by COUNCIL; ENDED 2025-05\/\.\.$/);
});

test('the filter of the status on a day takes who decided on it', async () => {
  expect(await listed('on: "2024-01-01", decidedBy: { eq: COUNCIL }')).toEqual(
    expect.arrayContaining(['tie-arnhem-wuhan', 'tie-eindhoven-nanjing']),
  );
  expect(await listed('on: "2020-01-01", decidedBy: { in: [COUNCIL, EXECUTIVE, PROVINCIAL_STATES] }')).toEqual([]);
  const ended = await listed('on: "2024-01-01", eq: ENDED');
  const [named, unnamed] = [
    await listed('on: "2024-01-01", eq: ENDED, decidedBy: { notIn: [UNKNOWN] }'),
    await listed('on: "2024-01-01", eq: ENDED, decidedBy: { eq: UNKNOWN }'),
  ];
  expect(named).toHaveLength(4);
  expect([...named, ...unnamed].sort()).toEqual(ended.sort());
});
