import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, sleep, unmarkedCursorOf, until } from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';

/** As the transports have it. */
const HEARTBEAT = 12_000;
const FOLLOW = 'subscription($after: ChangeCursor) { changes(after: $after) { cursor fields { field before after } } }';

const RECORD =
  'mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) { change { cursor } userErrors { message } } }';

let feed: Feed;
beforeEach(async () => {
  // Only what beats is in the hand of the test; a timeout is one.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  feed = await openFeed(await copyOnPostgreSql());
});
afterEach(async () => {
  vi.useRealTimers();
  await feed.close();
});

async function follow(autoPong: boolean, query = FOLLOW, parameters?: Json): Promise<WebSocket> {
  const socket = new WebSocket(`${feed.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { autoPong });
  onTestFinished(() => socket.terminate());
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: parameters })));
  socket.on('message', data => {
    if (JSON.parse(String(data)).type === 'connection_ack')
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  });
  await once(socket, 'open');
  return socket;
}

/** Lets the next beat come, and what it sets off. */
async function beat(): Promise<void> {
  vi.advanceTimersByTime(HEARTBEAT);
  await sleep(50);
}

describe('over WebSocket', () => {
  test('a client that answers no ping is cut off at the second, and follows no more; another stays', async () => {
    const [dead, alive] = [await follow(false), await follow(true)];
    const pings = vi.fn();
    for (const socket of [dead, alive]) socket.on('ping', pings);
    const closed = once(dead, 'close');
    await until('both follow', () => feed.stream.size === 2);
    await beat();
    expect(pings).toHaveBeenCalledTimes(2);
    expect([dead.readyState, alive.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN]);
    await beat();
    expect((await closed)[0]).toBe(1006);
    for (let n = 0; n < 3; n += 1) await beat();
    expect(pings).toHaveBeenCalledTimes(1 + 5);
    expect([alive.readyState, feed.stream.size]).toEqual([WebSocket.OPEN, 1]);
  });
});

test('a client that asks for heartbeats gets in the reply to each ping the cursor up to which each subscription has all that match', async () => {
  const socket = await follow(
    true,
    'subscription($after: ChangeCursor) { changes(after: $after, filter: { authority: "nl-delft" }) { subjectId } }',
    { heartbeat: true },
  );
  const pongs: Json[] = [];
  socket.on('message', data => {
    const message = JSON.parse(String(data));
    if (message.type === 'pong') pongs.push(message.payload);
  });
  await until('it follows', () => feed.stream.size === 1);
  const names = { en: 'Not of Delft either' };
  const { recordOrganisation } = await ask(feed.url, RECORD, {
    input: { kind: 'MINISTRY', names, source: { title: 'T', publisher: 'P' } },
  });
  const { cursor } = recordOrganisation.change;
  await until('this instance has read it', () => feed.stream.newestCursor === cursor);
  const ping = () => socket.send(JSON.stringify({ type: 'ping', payload: { sentAt: 1 } }));
  ping();
  await until('it is answered', () => pongs.length === 1);
  expect(pongs[0]).toEqual({ sentAt: 1, cursors: { 1: cursor } });
  socket.send(JSON.stringify({ id: '1', type: 'complete' }));
  await until('it has ended', () => feed.stream.size === 0);
  ping();
  await until('it is answered', () => pongs.length === 2);
  expect(pongs[1]).toEqual({ sentAt: 1, cursors: {} });
});

describe('over server-sent events', () => {
  async function open(
    after?: string,
    { query = FOLLOW, ...more }: Record<string, string> = {},
  ): Promise<{ response: IncomingMessage; text: () => string }> {
    const url = new URL(`${feed.url}/graphql/stream`);
    url.search = String(new URLSearchParams({ query, variables: JSON.stringify({ after }), ...more }));
    const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
    onTestFinished(() => void response.destroy());
    let text = '';
    response.setEncoding('utf8').on('data', data => {
      text += data;
    });
    response.on('error', () => undefined);
    return { response, text: () => text };
  }

  test('an idle stream gets a comment now and then', async () => {
    const { text } = await open();
    await until('it began', () => text() === ':\n\n');
    await beat();
    expect(text()).toBe(':\n\n:\n\n');
    await beat();
    expect(text()).toBe(':\n\n:\n\n:\n\n');
  });

  test('a client that asks for heartbeats learns the cursor up to which it has all that match', async () => {
    const query =
      'subscription($after: ChangeCursor) { changes(after: $after, filter: { authority: "nl-delft" }) { subjectId } }';
    const { text } = await open(undefined, { query, heartbeat: 'true' });
    await until('it follows', () => feed.stream.size === 1);
    const record = (names: Json) =>
      ask(feed.url, RECORD, { input: { kind: 'MINISTRY', names, source: { title: 'T', publisher: 'P' } } });
    const { recordOrganisation } = await record({ en: 'Not of Delft' });
    const { cursor } = recordOrganisation.change;
    await until('this instance has read it', () => feed.stream.newestCursor === cursor);
    await beat();
    const beatOf = `id: ${cursor}\nevent: heartbeat\ndata: {"cursor":"${cursor}"}\n\n`;
    expect(text()).toBe(`:\n\n${beatOf}`);
    await beat();
    expect(text()).toBe(`:\n\n${beatOf}${beatOf}`);
  });

  test('a stream that has ended and was not read to the end is not written to again', async () => {
    const { response } = await open(unmarkedCursorOf(0));
    response.pause();
    await until('it follows', () => feed.stream.size === 1);
    // The whole log is more than its client takes; the server ends it, and beats once more.
    await sleep(300);
    const closing = feed.close();
    await beat();
    await beat();
    response.resume();
    await closing;
    await once(response, 'close');
    expect(response.complete).toBe(true);
  });
});
