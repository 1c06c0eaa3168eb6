import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Change } from '../../src/change/change.js';
import { ChangeReader } from '../../src/change/change-reader.js';
import type { ChangeSource } from '../../src/change/change-source.js';
import { changeCursor, LOG_START } from '../../src/change/cursor.js';
import type { EventCharges } from '../../src/limits/event-charges.js';
import { type EventResult, EventResults, GroupResults } from '../../src/server/subscriptions/event-results.js';
import { SharedEvents } from '../../src/server/subscriptions/shared-events.js';

const cursorOf = (id: number) => changeCursor({ id, mark: String(id) });

/** A subscription to a log in memory, and the function that adds a change to the log. */
function subscription(charges?: Pick<EventCharges, 'add' | 'settle' | 'end'>) {
  const log: Change[] = [];
  const source: ChangeSource = {
    newest: LOG_START,
    inMemoryAfter: ({ id }) => log.filter(change => change.id > id),
    pageAfter: () => Promise.reject(new Error('All changes are in memory.')),
    lastCommonWith: () => undefined,
    onEnded: () => undefined,
  };
  const reader = new ChangeReader(source, LOG_START, { filter: {}, withFields: false }, () => undefined);
  const compute = async ({ id }: Change): Promise<EventResult> => ({
    json: Buffer.from(String(id)),
    cost: 1,
    cursor: cursorOf(id),
  });
  const results = new GroupResults(new EventResults());
  const events = new SharedEvents(results, reader, charges as EventCharges | undefined, compute, () => undefined);
  const append = () => {
    const id = log.length + 1;
    log.push({ id, mark: String(id) } as Change);
    reader.wake();
  };
  return { events, append, results };
}

test('the next event is sent when the client has taken the one before, and the cursor says up to which it has all', async () => {
  const { events, append } = subscription();
  const sent: string[] = [];
  let take = () => {};
  const ended = events.sendTo(({ json }) => {
    sent.push(String(json));
    return new Promise(resolve => {
      take = resolve;
    });
  });
  expect(events.takenUpTo()).toBe(changeCursor(LOG_START));
  append();
  append();
  expect(events.takenUpTo()).toBeUndefined();
  await setImmediate();
  expect([sent, events.takenUpTo()]).toEqual([['1'], undefined]);
  take();
  await setImmediate();
  expect([sent, events.takenUpTo()]).toEqual([['1', '2'], undefined]);
  take();
  await setImmediate();
  expect(events.takenUpTo()).toBe(cursorOf(2));
  events.end();
  append();
  await ended;
  expect([sent, events.takenUpTo()]).toEqual([['1', '2'], undefined]);
});

test('while it waits for points, the cursor says up to which the client has all', async () => {
  const sent: EventResult[] = [];
  const settle = () => (sent.length ? new Promise<void>(() => undefined) : undefined);
  const { events, append } = subscription({ add: () => undefined, settle, end: () => undefined });
  void events.sendTo(event => void sent.push(event) as undefined);
  append();
  append();
  await setImmediate();
  expect([sent.length, events.takenUpTo()]).toEqual([1, cursorOf(1)]);
  events.end();
});

test('a subscription that ends while it waits for points, or for a result, sends no more and leaves its group', async () => {
  let hasPoints = () => {};
  const charges = {
    add: () => undefined,
    settle: () =>
      new Promise<void>(resolve => {
        hasPoints = resolve;
      }),
    end: () => hasPoints(),
  };
  for (const { events, append, results } of [subscription(charges), subscription()]) {
    const sent: EventResult[] = [];
    const ended = events.sendTo(event => void sent.push(event) as undefined);
    append();
    events.end();
    await ended;
    await setImmediate();
    expect([sent, results.isUsed]).toEqual([[], false]);
  }
});

test('a result that fails ends the subscription with its error', async () => {
  const { events, append, results } = subscription();
  const ended = events.sendTo(() => {
    throw new Error('The socket is gone.');
  });
  append();
  await expect(ended).rejects.toThrow('The socket is gone.');
  expect(results.isUsed).toBe(false);
});
