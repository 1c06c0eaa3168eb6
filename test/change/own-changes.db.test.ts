import 'reflect-metadata';
import { expect, onTestFinished, test } from 'vitest';
import { changeCursor } from '../../src/change/cursor.js';
import { ChangeStream } from '../../src/change/stream.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';
import { appendChange } from '../support/append-change.js';

const { ask, database } = testApi();
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

test('a commit that is announced before its result arrives is not read', async () => {
  const { stream, reads } = await startStream();
  const [own, theirs] = [1, 2];
  stream.onCommitSent(own);
  const change = await append();
  await stream.onNotification(change, own);
  expect([stream.newestCursor === changeCursor(change), reads()]).toEqual([false, 0]);
  stream.onCommitted(change);
  stream.onCommitEnded(own);
  expect([stream.newestCursor, reads()]).toEqual([changeCursor(change), 0]);
  stream.onCommitSent(own);
  const later = await append();
  await stream.onNotification(later, theirs);
  expect([stream.newestCursor, reads()]).toEqual([changeCursor(later), 1]);
});

test('a commit whose result is lost is read, because it was announced', async () => {
  const { stream, reads } = await startStream();
  const subscriber = stream.subscribe(undefined);
  stream.onCommitSent(1);
  const change = await append();
  await stream.onNotification(change, 1);
  stream.onCommitEnded(1);
  expect(changeCursor((await subscriber.next()).value)).toBe(changeCursor(change));
  expect(reads()).toBe(1);
  await stream.onNotification(await append(), 1);
  expect(reads()).toBe(2);
  await subscriber.return();
});

test('mutations cause no read of the log', async () => {
  const query = `mutation ($names: NamesInput!) { recordOrganisation(input: {
    kind: MINISTRY, names: $names, source: { title: "Test", publisher: "Test" } }) { userErrors { message } } }`;
  let reads = 0;
  const listen = (event: unknown) => {
    if (/from change c where c\.id = .*union all/s.test((event as StatementEvent).text)) reads += 1;
  };
  statementChannel.subscribe(listen);
  onTestFinished(() => void statementChannel.unsubscribe(listen));
  const began = performance.now();
  for (let count = 0; count < 20; count += 1) {
    const { data } = await ask(query, { names: { en: `Ministry ${count}` } }, ADMIN);
    expect(data.recordOrganisation.userErrors).toEqual([]);
  }
  // The log is read every 2 s besides.
  expect(reads).toBeLessThanOrEqual(1 + (performance.now() - began) / 2_000);
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
