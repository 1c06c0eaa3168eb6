import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeCursor, type LogPosition } from '../../src/change/cursor.js';
import { until } from '../support/feed.js';
import { openReceiver, type Receiver } from '../support/receiver.js';
import { createWebhook, mutate, reviseNotes, webhookOf, webhookServer } from '../support/webhooks.js';

const server = webhookServer({ tickMs: 100 });
let receiver: Receiver;
let hook: string;

beforeEach(async () => {
  receiver = await openReceiver();
  ({ id: hook } = await createWebhook(server.url, { url: receiver.url }));
});
afterEach(async () => {
  await mutate(server.url, 'deleteWebhook', { id: hook });
  await receiver.close();
});

const NUMBERS = 'select * from generate_series(1, ?)';

/** Commits a set of so many changes. Returns their cursors. */
async function writeSet(changeSet: string, count: number): Promise<string[]> {
  const positions: LogPosition[] = await server.database.em.getConnection().execute(
    `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields, change_set)
      select 'REVISED', 'test', 'ORGANISATION', 'org-vng', 1, '{}', '[]', ? from (${NUMBERS}) n returning id, mark`,
    [changeSet, count],
  );
  return positions.map(changeCursor);
}

/** Waits until a number of deliveries is accepted, and the last one is stored. Returns their events. */
async function accepted(count: number) {
  await until(`${count} arrived`, () => receiver.accepted.length >= count);
  await until('all are stored', async () => {
    const { lag, isRedelivering } = await webhookOf(server.url, hook);
    return lag === 0 && !isRedelivering;
  });
  return receiver.accepted.map(({ event }) => event);
}

test('a redelivery from inside a set sends the set as a whole: the event with an id has the same changes', async () => {
  const [first, second, last] = await writeSet('set-redelivered', 3);
  const [next] = await reviseNotes(server.url, 1);
  const [set, single] = await accepted(2);
  expect([set.id, set.data.count, single.id]).toEqual([last, 3, next]);
  expect((await mutate(server.url, 'redeliverWebhook', { id: hook, after: second, until: last })).userErrors).toEqual(
    [],
  );
  expect(await accepted(3)).toEqual([set, single, set]);
  await mutate(server.url, 'redeliverWebhook', { id: hook, after: first });
  expect(await accepted(5)).toEqual([set, single, set, set, single]);
  await mutate(server.url, 'redeliverWebhook', { id: hook, after: last });
  expect(await accepted(6)).toEqual([set, single, set, set, single, single]);
  // Nothing is between the two: the set would be sent for no change.
  const { userErrors } = await mutate(server.url, 'redeliverWebhook', { id: hook, after: second, until: second });
  expect(userErrors).toMatchObject([{ rule: 'WEBHOOK_RANGE' }]);
});

test('a webhook that begins inside a set gets the set as a whole', async () => {
  const [, second] = await writeSet('set-of-before', 3);
  const [set] = await accepted(1);
  const other = await openReceiver();
  const { id } = await createWebhook(server.url, { url: other.url, after: second });
  await until('it arrived', () => other.accepted.length === 1);
  expect(other.accepted[0]?.event).toEqual(set);
  await mutate(server.url, 'deleteWebhook', { id });
  await other.close();
});

test('a set that is larger than what the register reads at a time is one delivery', async () => {
  const cursors = await writeSet('set-large', 620);
  const [set] = await accepted(1);
  expect(receiver.accepted).toHaveLength(1);
  expect(set).toMatchObject({ id: cursors.at(-1), data: { count: 620, isComplete: false } });
  expect(set.data.changes.map(({ cursor }: { cursor: string }) => cursor)).toEqual(cursors.slice(0, 500));
});
