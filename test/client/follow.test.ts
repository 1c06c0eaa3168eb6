import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { EntityManager } from '@mikro-orm/sql';
import { handleProtocols } from 'graphql-ws';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { type Change, connect, memoryStore, RegisterError, type Status } from '../../src/client/index.js';
import { serve } from '../../src/server/serve.js';
import { appendChanges } from '../support/append-change.js';
import type { Json } from '../support/calls.js';
import { closed } from '../support/closed.js';
import { copyOnPostgreSql, openTestDatabase } from '../support/database.js';
import { cuttable, idOf, KEY, latest, pagesAfter, random, sleep, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { writeInterrupted } from '../support/feed-writers.js';
import { UNBOUNDED } from '../support/protection.js';
import { openProxy } from '../support/proxy.js';
import { openTestServer } from '../support/server.js';
import { times } from '../support/soak.js';

vi.setConfig({ testTimeout: times(120_000, 600_000) });

const KILLS = times(3, 10);
const MUTATIONS = times(300, 2_000);

const openServer = async (finished = onTestFinished) => {
  const server = await openTestServer({ access: { adminKey: KEY } });
  finished(server.close);
  return server;
};

/** Follows a register until the test ends, which is not the present one if others run beside it. */
function startFollowing(
  options: Parameters<ReturnType<typeof connect>['follow']>[0],
  url: string,
  finished = onTestFinished,
) {
  const control = new AbortController();
  const done = connect({ url: `${url}/graphql` }).follow({ ...options, signal: control.signal });
  const stop = async () => {
    control.abort();
    await done;
  };
  finished(() => control.abort());
  return { done, stop };
}

test('a register that does not answer the first request is asked again', async () => {
  const { url } = await openServer();
  const proxy = await openProxy(Number(new URL(url).port));
  onTestFinished(proxy.close);
  proxy.blackHole();
  const timeouts: number[] = [];
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(milliseconds => {
    timeouts.push(milliseconds);
    const control = new AbortController();
    setTimeout(() => control.abort(new Error('No answer.')), 100);
    return control.signal;
  });
  const statuses: Status[] = [];
  const options = { onChange: () => undefined, onStatus: (status: Status) => statuses.push(status) };
  startFollowing(options, `http://127.0.0.1:${proxy.port}`);
  await until('it waits', () => statuses.length > 0);
  expect(statuses[0]).toMatchObject({ state: 'waiting', reason: { code: 'UNREACHABLE' } });
  expect(timeouts[0]).toBe(15_000);
  vi.restoreAllMocks();
  proxy.forwardNew();
  await until('it follows', () => statuses.at(-1)?.state === 'open');
});

const NOTES = `mutation($input: ReviseOrganisationInput!) {
  reviseOrganisation(input: $input) { change { cursor } userErrors { message } } }`;
/** Changes one organisation so many times. Returns the cursors. */
async function revise(url: string, count: number): Promise<string[]> {
  const register = connect({ url: `${url}/graphql`, key: KEY });
  const { organisations } = (await register.ask('{ organisations(first: 1) { nodes { id version } } }')) as Json;
  const [{ id, version }] = organisations.nodes;
  const cursors: string[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const input = { id, expectedVersion: version + turn, notes: `Turn ${version + turn}` };
    const result = (await register.ask(NOTES, { input } as never)) as Json;
    cursors.push(result.reviseOrganisation.change.cursor);
  }
  return cursors;
}

test.concurrent(`a follower gets every change once and in order, over ${KILLS} kills of the server and cut connections`, async ({
  onTestFinished,
}) => {
  let server: Built = await startBuilt(await copyOnPostgreSql());
  const { url } = server;
  const way = await cuttable(url);
  const start = await latest(url);
  const changes: Change[] = [];
  let running = 0;
  const statuses: Status[] = [];
  const following = startFollowing(
    {
      after: start,
      onChange: async change => {
        running += 1;
        expect(running).toBe(1);
        await sleep(random(3));
        changes.push(change);
        running -= 1;
      },
      onStatus: status => statuses.push(status),
    },
    way.url,
    onTestFinished,
  );
  way.cutWithin(800);
  try {
    const restart = async () => {
      server = await server.restart();
    };
    await writeInterrupted(url, { writers: 8, mutations: MUTATIONS }, [KILLS, restart]);
    way.cutWithin(0);
    await until('all arrived', () => changes.length >= MUTATIONS);
    await following.stop();
    const expected = await pagesAfter(url, start);
    expect(changes.map(({ cursor }) => idOf(cursor))).toEqual(expected.map(({ cursor }) => idOf(cursor)));
    expect(changes).toMatchObject(expected);
    expect(statuses.filter(({ state }) => state === 'waiting').length).toBeGreaterThanOrEqual(KILLS);
  } finally {
    way.cutWithin(0);
    await way.close();
    server.child.kill('SIGKILL');
  }
});

test.concurrent('a connection that died without a word is replaced within 30 s', async ({ onTestFinished }) => {
  const { url } = await openServer(onTestFinished);
  const proxy = await openProxy(Number(new URL(url).port));
  onTestFinished(proxy.close);
  const seen: string[] = [];
  const after = await latest(url);
  startFollowing(
    { after, onChange: ({ cursor }) => seen.push(cursor) },
    `http://127.0.0.1:${proxy.port}`,
    onTestFinished,
  );
  const [first] = await revise(url, 1);
  await until('it follows', () => seen.length);
  proxy.blackHole();
  const [second] = await revise(url, 1);
  // New connections work; the one that is silent stays so.
  proxy.forwardNew();
  await until('it has resumed', () => seen.length === 2, 30_000);
  expect(seen).toEqual([first, second]);
});

test.concurrent('a connection over which changes arrive is alive, although the reply to a ping waits behind them', async ({
  onTestFinished,
}) => {
  const register = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols });
  let connections = 0;
  let pinged = 0;
  register.on('connection', socket => {
    connections += 1;
    const send = (message: Json) => socket.send(JSON.stringify(message));
    socket.on('message', data => {
      const { type, id } = JSON.parse(String(data));
      if (type === 'connection_init') send({ type: 'connection_ack' });
      if (type === 'ping') pinged += 1;
      if (type !== 'subscribe') return;
      const payload = { data: { changes: { cursor: 'c' } } };
      const sending = setInterval(() => send({ type: 'next', id, payload }), 500);
      socket.on('close', () => clearInterval(sending));
    });
  });
  onTestFinished(() => void register.close());
  await once(register, 'listening');
  const { port } = register.address() as AddressInfo;
  const { stop } = startFollowing(
    { after: 'c', onChange: () => undefined },
    `http://127.0.0.1:${port}`,
    onTestFinished,
  );
  await until('it pings', () => pinged === 1);
  await sleep(6_000);
  expect(connections).toBe(1);
  await stop();
});

test('without a cursor it sends what is changed from now on, and a filter restricts it', async () => {
  const { url } = await openServer();
  await revise(url, 1);
  const all: string[] = [];
  const none: string[] = [];
  startFollowing({ onChange: ({ cursor }) => all.push(cursor) }, url);
  startFollowing({ onChange: ({ cursor }) => none.push(cursor), filter: { kinds: ['WITHDRAWN'] } }, url);
  const isOpen = new Promise<void>(resolve => {
    startFollowing({ onChange: () => {}, onStatus: ({ state }) => state === 'open' && resolve() }, url);
  });
  await isOpen;
  await until('a subscription sends changes', async () => {
    await revise(url, 1);
    return all.length;
  });
  const expected = await pagesAfter(url, all[0] as string);
  await until('all arrived', () => all.length === expected.length + 1);
  expect(all.slice(1)).toEqual(expected.map(({ cursor }) => cursor));
  expect(none).toEqual([]);
});

test('a handler that throws ends it with that error, and its change was not processed', async () => {
  const { url } = await openServer();
  const after = await latest(url);
  const cursors = await revise(url, 3);
  const seen: string[] = [];
  const failure = new Error('The disk is full.');
  const { done } = startFollowing(
    {
      after,
      onChange: async ({ cursor }) => {
        seen.push(cursor);
        if (seen.length === 2) throw failure;
      },
    },
    url,
  );
  await expect(done).rejects.toBe(failure);
  expect(seen).toEqual(cursors.slice(0, 2));
});

test('a slow handler delays no other client, and loses nothing of what it could not keep up with', async () => {
  const database = await openTestDatabase();
  const server = await serve(database, '127.0.0.1', 0, console.error, {
    access: { adminKey: KEY },
    protection: UNBOUNDED,
  });
  onTestFinished(async () => {
    await server.close();
    await database.close();
  });
  const { url } = server;
  const after = await latest(url);
  // More than the client lets wait.
  await database.em.fork().transactional(em => appendChanges(em as EntityManager, 2_500));
  const cursors = (await pagesAfter(url, after)).map(({ cursor }) => cursor);
  const seen: string[] = [];
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  const { stop } = startFollowing(
    {
      after,
      onChange: async ({ cursor }) => {
        if (!seen.length) await opened;
        seen.push(cursor);
      },
    },
    url,
  );
  await sleep(500);
  open();
  await until('all arrived', () => seen.length >= cursors.length);
  await stop();
  expect(seen).toEqual(cursors);
});

test('a cursor of another history ends it with INVALID_CURSOR; a subscription that is refused with its code', async () => {
  const { url } = await openServer();
  const lost = Buffer.from('change-3-0123456789abcdef').toString('base64url');
  const { done } = startFollowing({ after: lost, onChange: () => {} }, url);
  const error = await done.catch((reason: RegisterError) => reason);
  expect(error).toBeInstanceOf(RegisterError);
  expect(error).toMatchObject({ code: 'INVALID_CURSOR' });
  const unknown = startFollowing({ after: await latest(url), onChange: () => {}, filter: { authority: 'nl-x' } }, url);
  await expect(unknown.done).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('a follower that is ended while it connects leaves no connection, which would hold its process', async () => {
  const silent = createServer();
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void silent.close());
  const { stop } = startFollowing(
    { after: '0000000001-0123456789abcdef', onChange: () => undefined },
    `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
  );
  const [socket] = (await once(silent, 'connection')) as [Socket];
  onTestFinished(() => void socket.destroy());
  const end = closed(socket.resume());
  await stop();
  await end;
});

test('a key that the register refuses is asked for again', async () => {
  const { url } = await openServer();
  const after = await latest(url);
  const keys = ['wrong', 'wrong', KEY];
  const reasons: unknown[] = [];
  const seen: string[] = [];
  const control = new AbortController();
  onTestFinished(() => control.abort());
  void connect({ url: `${url}/graphql`, key: async () => keys.shift() ?? KEY }).follow({
    after,
    onChange: ({ cursor }) => seen.push(cursor),
    onStatus: status => status.state === 'waiting' && reasons.push((status.reason as CloseEvent).code),
    signal: control.signal,
  });
  const cursors = await revise(url, 1);
  await until('it follows', () => seen.length);
  expect(seen).toEqual(cursors);
  expect(reasons).toEqual([4403, 4403]);
});

test('a key that cannot be had for a while is asked for again, by the first request, the socket and a copy', async () => {
  const { url } = await openServer();
  // The calls that fail: of the first request, of the first socket, and of the first snapshot.
  const failures = [true, false, true, false, true];
  const key = async () => {
    if (failures.shift()) throw new Error('The issuer of keys restarts.');
    return KEY;
  };
  const control = new AbortController();
  onTestFinished(() => control.abort());
  const register = connect({ url: `${url}/graphql`, key });
  const states: string[] = [];
  const options = { onStatus: ({ state }: Status) => states.push(state), signal: control.signal };
  const follows = register.follow({ ...options, onChange: () => undefined });
  await until('it follows', () => states.includes('open'));
  const copies = register.copy({ ...options, store: memoryStore() });
  await until('it copies', () => states.length === 5);
  expect(states).toEqual(['waiting', 'waiting', 'open', 'waiting', 'open']);
  failures.unshift(true);
  await expect(register.ask('{ latestChangeCursor }')).rejects.toMatchObject({
    code: 'UNREACHABLE',
    cause: { message: 'The issuer of keys restarts.' },
  });
  control.abort();
  await Promise.all([follows, copies]);
});

test('a register that is asked too often is asked again when it says so', async () => {
  const rate = { perAddress: 5, perKey: undefined, store: 'memory' as const };
  const server = await openTestServer({ access: { adminKey: KEY }, protection: { ...UNBOUNDED, rate } });
  onTestFinished(server.close);
  const after = await latest(server.url);
  const control = new AbortController();
  const waits: Status[] = [];
  const onStatus = (status: Status) => {
    if (status.state !== 'waiting') return;
    waits.push(status);
    control.abort();
  };
  // Without a key, whose budget is spent: its subscription costs more.
  await connect({ url: `${server.url}/graphql` }).follow({ after, onChange() {}, onStatus, signal: control.signal });
  expect(waits).toEqual([{ state: 'waiting', reason: [expect.anything()], waitMs: expect.any(Number) }]);
  expect((waits[0] as { waitMs: number }).waitMs).toBeGreaterThanOrEqual(1_000);
});
