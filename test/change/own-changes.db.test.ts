import 'reflect-metadata';
import { expect, onTestFinished, test } from 'vitest';
import { changeCursor } from '../../src/change/cursor.js';
import { ChangeStream } from '../../src/change/stream.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { testApi } from '../support/api.js';
import { appendChange } from '../support/append-change.js';

const { database } = testApi();
const append = () => database().em.fork().transactional(appendChange);

/** Starts a stream that is notified, and counts its reads, all of which are of the log. */
async function startStream() {
  // The service of the test reads the log, too.
  const forks = new WeakSet<object>();
  const stream = new ChangeStream(() => {
    const fork = database().em.fork();
    forks.add(fork);
    return fork;
  });
  await stream.start();
  onTestFinished(() => stream.stop());
  await stream.onNotification();
  let reads = 0;
  const listen = (event: unknown) => {
    if (forks.has((event as StatementEvent).em)) reads += 1;
  };
  statementChannel.subscribe(listen);
  onTestFinished(() => void statementChannel.unsubscribe(listen));
  return { stream, reads: () => reads };
}

test('a change of this process is told without a read of the log, and its notification causes none', async () => {
  const { stream, reads } = await startStream();
  const subscriber = stream.subscribe(undefined);
  const cursors: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const change = await append();
    stream.onCommitted(change);
    expect(stream.newestCursor).toBe(changeCursor(change));
    await stream.onNotification(change);
    cursors.push(changeCursor((await subscriber.next()).value));
    expect(cursors.at(-1)).toBe(changeCursor(change));
  }
  expect([new Set(cursors).size, reads()]).toEqual([3, 0]);
  await subscriber.return();
});

test('a change that follows one of another process is read with it, in order and once', async () => {
  const { stream, reads } = await startStream();
  const subscriber = stream.subscribe(undefined);
  const [theirs, own] = [await append(), await append()];
  stream.onCommitted(own);
  await stream.onNotification(own);
  const received = [(await subscriber.next()).value, (await subscriber.next()).value];
  expect(received.map(changeCursor)).toEqual([theirs, own].map(changeCursor));
  expect([stream.newestCursor, reads()]).toEqual([changeCursor(own), 1]);
  await subscriber.return();
});

test('a notification with a mark of another history is read', async () => {
  const { stream, reads } = await startStream();
  const own = await append();
  stream.onCommitted(own);
  await stream.onNotification({ id: own.id, mark: '0'.repeat(16) });
  expect(reads()).toBe(1);
});

test('a change whose texts a later redaction may have removed is read', async () => {
  const { stream, reads } = await startStream();
  const [own, redaction] = [await append(), await append()];
  stream.onCommitted({ id: redaction.id, mark: redaction.mark });
  stream.onRedacted();
  const before = stream.newestCursor;
  stream.onCommitted(own);
  expect(stream.newestCursor).toBe(before);
  await stream.refresh();
  expect(stream.newestCursor).toBe(changeCursor(redaction));
  expect(reads()).toBeGreaterThan(0);
});
