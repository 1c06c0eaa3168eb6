import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessServer, keyId, openAccessServer, Socket, storeKey, transports } from '../support/access.js';
import type { Json } from '../support/calls.js';
import { until } from '../support/feed.js';
import {
  AUDIENCE,
  type OpenIdProvider,
  openProvider,
  type ProviderKey,
  providerKey,
  tokenOf,
} from '../support/provider.js';

const ADMIN = 'Bearer an-admin-key-of-this-test';
const FEED = 'subscription { changes { subjectId } }';

let server: AccessServer;
let provider: OpenIdProvider;
let signing: ProviderKey;
let isWriting = true;
let writing: Promise<void> | undefined;
beforeAll(async () => {
  signing = await providerKey();
  provider = await openProvider(signing);
  server = await openAccessServer({
    adminKey: 'an-admin-key-of-this-test',
    provider: { issuer: provider.issuer, audience: AUDIENCE },
  });
  // The feed never stands still.
  const query =
    'mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "Tick" } }) { change { cursor } } }';
  writing = (async () => {
    while (isWriting) {
      await transports.HTTP(server.url, ADMIN, query);
      await wait(50);
    }
  })();
});
afterAll(async () => {
  // A request that the closing server cuts off would be an error of the run.
  isWriting = false;
  await writing;
  await server?.close();
  await provider?.close();
});

/** Somebody who follows the feed: how many events came so far, and how and when it was ended. */
interface Follower {
  events: () => number;
  ended: Promise<{ code: number | 'end'; at: number }>;
  leave(): void;
}

async function overWebSocket(authorization: string | undefined): Promise<Follower> {
  const socket = new Socket(server.url, { authorization });
  expect(await socket.ready).toBe(true);
  socket.subscribe(FEED);
  return {
    events: () => socket.waiting,
    ended: socket.closed.then(code => ({ code, at: Date.now() })),
    leave: () => socket.close(),
  };
}

async function overSse(authorization: string | undefined): Promise<Follower> {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify({ query: FEED }),
    signal: abort.signal,
  });
  expect(response.status).toBe(200);
  let events = 0;
  const read = async () => {
    for await (const text of (response.body as ReadableStream<Uint8Array>).pipeThrough(
      new TextDecoderStream() as never,
    ) as unknown as AsyncIterable<string>) {
      events += text.split('event: next').length - 1;
    }
    return { code: 'end' as const, at: Date.now() };
  };
  const ended = read();
  ended.catch(() => undefined);
  return { events: () => events, ended, leave: () => abort.abort() };
}

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const revoke = (key: string) =>
  server.database.em
    .fork()
    .getConnection()
    .execute('update access_key set revoked_at = now() where id = ?', [keyId(key)]);
const moment = (ms: number) => new Date(Math.ceil((Date.now() + ms) / 1_000) * 1_000);

const ways = [
  ['WebSocket', overWebSocket, 4403],
  ['SSE', overSse, 'end'],
] as const;

describe.concurrent.each(ways)('over %s', (_, follow, code) => {
  const expectEnded = async (follower: Follower, since: number) => {
    const ended = await follower.ended;
    expect(ended.code).toBe(code);
    expect(ended.at - since).toBeLessThan(1_000);
    const events = follower.events();
    expect(events).toBeGreaterThan(0);
    await wait(300);
    expect(follower.events()).toBe(events);
  };

  test('events stop within a second after a key is revoked, and go on for others', async () => {
    const key = await storeKey(server.database, ['exchange:write']);
    const [revoked, other, anonymous] = [
      await follow(`Bearer ${key}`),
      await follow(`Bearer ${await storeKey(server.database, [])}`),
      await follow(undefined),
    ];
    // The key has been looked at meanwhile.
    await wait(1_200);
    await until('events came', () => revoked.events() > 5);
    await revoke(key);
    const since = Date.now();
    const before = [other.events(), anonymous.events()] as const;
    await expectEnded(revoked, since);
    await until('events go on', () => other.events() > before[0] && anonymous.events() > before[1]);
    for (const client of [other, anonymous]) client.leave();
  });

  test('events stop within a second after a key expires, and not before', async () => {
    const expiresAt = moment(1_500);
    const key = await storeKey(server.database, ['exchange:write'], { expiresAt });
    const follower = await follow(`Bearer ${key}`);
    await expectEnded(follower, expiresAt.getTime());
    expect((await follower.ended).at).toBeGreaterThanOrEqual(expiresAt.getTime());
  });

  test('events stop within a second after a token expires', async () => {
    const expiresAt = moment(1_500);
    const token = await tokenOf(provider.issuer, signing, { exp: expiresAt.getTime() / 1_000 });
    await expectEnded(await follow(`Bearer ${token}`), expiresAt.getTime());
  });
});

test('a socket that follows nothing is closed as well', async () => {
  const key = await storeKey(server.database, []);
  const socket = new Socket(server.url, { authorization: `Bearer ${key}` });
  expect(await socket.ready).toBe(true);
  await revoke(key);
  const since = Date.now();
  expect(await socket.closed).toBe(4403);
  expect(Date.now() - since).toBeLessThan(1_000);
});

test('a revoked key is refused at once when it comes back', async () => {
  const key = await storeKey(server.database, ['register:admin']);
  const query = '{ viewer { kind } }';
  expect((await transports.HTTP(server.url, `Bearer ${key}`, query)).data.viewer.kind).toBe('KEY');
  await revoke(key);
  const answers = await Promise.all(Object.values(transports).map(ask => ask(server.url, `Bearer ${key}`, query)));
  expect(answers.map(({ refused }: Json) => refused)).toEqual([401, 401, 4403]);
});
