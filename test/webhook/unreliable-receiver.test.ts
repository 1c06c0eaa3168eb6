import { expect, test, vi } from 'vitest';
import { until } from '../support/feed.js';
import { p99 } from '../support/measured.js';
import { openReceiver, verify } from '../support/receiver.js';
import { inQuiet, times } from '../support/soak.js';
import { createWebhook, mutate, reviseNotes, webhookOf, webhookServer, webhooksOf } from '../support/webhooks.js';

vi.setConfig({ testTimeout: times(180_000, 600_000) });

const CHANGES = times(300, 1_000);

// The real times between attempts, a hundred times faster: a request that hangs ends after 400 ms.
const server = webhookServer({
  timeoutMs: 400,
  retries: { backoffMs: attempts => Math.min(10 * attempts, 50), maxFailingMs: 3_600_000 },
});

test('of a receiver that fails 30 %, hangs 5 % and answers 429 at times, each change arrives in order', async () => {
  let chance = 0;
  const receiver = await openReceiver(() => {
    // Every delivery meets another number, without luck.
    chance = (chance + 37) % 100;
    if (chance < 30) return { status: 500 };
    if (chance < 35) return undefined;
    if (chance < 40) return { status: 429, headers: { 'retry-after': '0' } };
    return { status: 204 };
  });
  const { id, secret } = await createWebhook(server.url, { url: receiver.url, form: 'FULL' });
  const cursors = await reviseNotes(server.url, CHANGES);
  await until('all arrived', () => new Set(receiver.accepted.map(({ id }) => id)).size === CHANGES, 150_000);
  // An answer that came too late on a busy machine is asked for again: it follows at once, with the same id.
  const arrived = receiver.accepted.map(({ id }) => id);
  const inOrder = receiver.accepted.filter(({ id }, index) => id !== arrived[index - 1]);
  expect(inOrder.map(({ id }) => id)).toEqual(cursors);
  expect(receiver.received.length).toBeGreaterThan(CHANGES * 1.4);
  for (const received of receiver.accepted) verify(secret, received);
  const fields = inOrder.map(({ event }) => event.data.changes[0].fields[0]);
  for (const [index, { before }] of fields.entries()) if (index > 0) expect(before).toBe(fields[index - 1].after);
  await until('the position is stored', async () => (await webhookOf(server.url, id)).lag === 0);
  await mutate(server.url, 'deleteWebhook', { id });
  await receiver.close();
});

test('of 100 webhooks one hangs: the others get a change in under a second', async () => {
  const dead = await openReceiver(() => undefined);
  const receiver = await openReceiver();
  for (let hook = 0; hook < 99; hook += 1) {
    await createWebhook(server.url, { url: `${receiver.url}/${hook}` });
  }
  const { id: deadId } = await createWebhook(server.url, { url: dead.url });
  await until('all are confirmed', async () =>
    (await webhooksOf(server.url)).every(({ status }) => status === 'ACTIVE'),
  );
  /** The time until a webhook first had a change: on a busy machine it may come once more. */
  const durations = new Map<string, number>();
  let startedAt = 0;
  receiver.behave = ({ path, id }) => {
    const delivery = `${path} ${id}`;
    if (!durations.has(delivery)) durations.set(delivery, performance.now() - startedAt);
    return { status: 204 };
  };
  const rounds = 10;
  for (let round = 1; round <= rounds; round += 1) {
    startedAt = performance.now();
    await reviseNotes(server.url, 1);
    await until('the others have it', () => durations.size === 99 * round);
  }
  const p99OfDeliveries = p99([...durations.values()]);
  console.log(`p99 of ${durations.size} deliveries beside one that hangs: ${Math.round(p99OfDeliveries)} ms`);
  expect(p99OfDeliveries).toBeLessThan(inQuiet(1_000));
  await until(
    'the one that hangs has timed out',
    async () => (await webhookOf(server.url, deadId)).problem === 'TIMED_OUT',
  );
  await Promise.all([receiver.close(), dead.close()]);
});
