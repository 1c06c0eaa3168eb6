import sql from 'sql-template-tag';
import { expect, test, vi } from 'vitest';
import { changeCursor } from '../../src/change/cursor.js';
import { resolveMoment } from '../../src/change/moment.js';
import { verify } from '../../src/database/verify/verify.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { exportsOf, proposalCalls, source } from '../support/proposals.js';
import { expectFilledAsWritten } from '../support/versions.js';

vi.setConfig({ testTimeout: 120_000 });

const { ask, database } = testApi();
const { call, submit, apply, decide } = proposalCalls((...args) => ask(...args));

interface LogRow {
  id: number;
  mark: string;
  time: string;
}

const fork = () => database().em.fork();

/** Reads the changes of a set; without one, the newest change. */
const changesOf = (changeSet?: string): Promise<LogRow[]> =>
  queryRows<LogRow>(
    fork(),
    changeSet === undefined
      ? sql`select id, mark, recorded_at as time from change order by id desc limit 1`
      : sql`select id, mark, recorded_at as time from change where change_set = ${changeSet} order by id`,
  );

/** Returns all exports as they were known after a change. */
const exportsAt = (id: number): Promise<Json> =>
  exportsOf({ em: { fork: () => readAt(fork(), id) } } as unknown as Parameters<typeof exportsOf>[0]);

const idAt = async (moment: string): Promise<number> => (await resolveMoment(fork(), moment)).changeId;

/** Runs a call that writes a set of changes, and checks that the set is known as a whole. */
async function expectAtomic(write: () => Promise<string>): Promise<LogRow[]> {
  const before = await exportsOf(database());
  const changes = await changesOf(await write());
  const after = await exportsOf(database());
  expect(after).not.toEqual(before);
  const [first, last] = [changes[0] as LogRow, changes.at(-1) as LogRow];
  // The submission, or a decision, which change no record.
  const [previous] = await queryRows<LogRow>(
    fork(),
    sql`select id, mark, recorded_at as time from change where id < ${first.id} order by id desc limit 1`,
  );
  const newest = previous as LogRow;
  expect((await verify(database())).differences).toEqual([]);

  // One instant, and each cursor of the set, names the last change.
  const times = new Set(changes.map(({ time }) => new Date(time).getTime()));
  expect(times.size).toBe(1);
  const [time = 0] = times;
  expect(await idAt(new Date(time).toISOString())).toBe(last.id);
  expect(await idAt(new Date(time - 1).toISOString())).toBe(newest.id);
  for (const change of [first, changes[changes.length >> 1] as LogRow, last]) {
    expect(await idAt(changeCursor(change))).toBe(last.id);
    expect(await exportsAt(change.id)).toEqual(after);
  }
  expect(await idAt(changeCursor(newest))).toBe(newest.id);
  expect(await exportsAt(newest.id)).toEqual(before);
  return changes;
}

const visit = (title: string, n: number): Json => ({
  'title.en': `${title} ${n}`,
  kind: 'CULTURAL',
  status: 'HELD',
  startedOn: '2019-05-12',
  dutch: 'nl-rotterdam',
  chinese: 'cn-shanghai',
});

/** Applies all rows of a proposal, and returns it. */
async function applied(concept: string, rows: Json[]): Promise<Json> {
  const submitted = await submit(concept, rows);
  const conflicts = submitted.items.nodes.filter(({ verdict }: Json) => verdict === 'CONFLICT');
  const decisions = conflicts.map(({ id }: Json) => ({ itemId: id, decision: 'ACCEPT' }));
  if (decisions.length) await decide(submitted, decisions);
  const { proposal, userErrors } = await apply(submitted);
  expect(userErrors).toEqual([]);
  expect(proposal.items.nodes.every(({ isApplied }: Json) => isApplied)).toBe(true);
  return proposal;
}

async function revert({ id }: Json): Promise<string> {
  const { proposal, userErrors } = await call('revertProposal', { id });
  expect(userErrors).toEqual([]);
  return proposal.revertChangeSet;
}

test('a proposal of several batches is known as a whole, and so is its reversal', async () => {
  let proposal: Json = {};
  const [newest] = (await changesOf()) as [LogRow];
  const before = await exportsOf(database());
  const changes = await expectAtomic(async () => {
    proposal = await applied(
      'EXCHANGE',
      [...Array(300).keys()].map(n => visit('Atomic visit', n)),
    );
    return proposal.changeSet;
  });
  expect(changes).toHaveLength(301);
  const { data } = await ask(
    `query($from: String!, $to: String!) { difference(from: $from, to: $to) { totalCount } }`,
    {
      from: changeCursor(newest),
      to: changeCursor(changes[0] as LogRow),
    },
  );
  expect(data.difference.totalCount).toBe(301);
  expect(await expectAtomic(() => revert(proposal))).toHaveLength(301);
  expect(await exportsOf(database())).toEqual(before);
  await expectFilledAsWritten(database());
});

test('500 exchanges of one call are known as a whole', async () => {
  const rows = [...Array(500).keys()].map(n => ({
    title: { en: `Batched visit ${n}` },
    kind: 'CULTURAL',
    status: 'HELD',
    startedOn: '2018-04-01',
    dutch: 'nl-rotterdam',
    chinese: 'cn-shanghai',
  }));
  const changes = await expectAtomic(async () => {
    const document = `mutation($input: RecordExchangesInput!) { recordExchanges(input: $input) { changeSet userErrors { message } } }`;
    const { data } = await ask(document, { input: { rows, source } }, ADMIN);
    expect(data.recordExchanges.userErrors).toEqual([]);
    return data.recordExchanges.changeSet;
  });
  expect(changes).toHaveLength(500);
  await expectFilledAsWritten(database());
});

test('a record that a set changes twice has one version of it', async () => {
  const id = 'tie-rotterdam-shanghai';
  const row = { id, notes: 'Changed twice in one set.', status: 'DORMANT', statusSince: '2025-01-01' };
  let proposal: Json = {};
  const versions = sql`select count(*)::int as count from history.partnership where id = ${id}`;
  const count = async () => (await queryRows<{ count: number }>(fork(), versions))[0]?.count;
  const before = (await count()) as number;
  const changes = await expectAtomic(async () => {
    proposal = await applied('PARTNERSHIP', [row]);
    return proposal.changeSet;
  });
  expect(changes).toHaveLength(3);
  expect(await count()).toBe(before + 1);
  await expectFilledAsWritten(database());
  await expectAtomic(() => revert(proposal));
  // Cited again, at the place of a citation that the reversal deleted.
  await expectAtomic(async () => (await applied('PARTNERSHIP', [{ id, notes: 'Again.' }])).changeSet);
});
