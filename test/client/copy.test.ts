import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openFileStore } from '../../src/client/file-store.js';
import { type Applied, type CopyStore, connect, memoryStore, RegisterError } from '../../src/client/index.js';
import { closed } from '../support/closed.js';
import { expectSameAsExport } from '../support/copy.js';
import { copyOnPostgreSql } from '../support/database.js';
import { cuttable, KEY, latest, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { write, writeInterrupted } from '../support/feed-writers.js';
import { openProxy } from '../support/proxy.js';
import { openTestServer } from '../support/server.js';
import { times } from '../support/soak.js';

vi.setConfig({ testTimeout: times(120_000, 600_000) });

const KILLS = times(3, 10);
const MUTATIONS = times(300, 2_000);

async function fileStore(finished = onTestFinished) {
  const folder = await mkdtemp(join(tmpdir(), 'stedenband-copy-'));
  const path = join(folder, 'copy.sqlite');
  const store = openFileStore(path);
  finished(async () => {
    store.close();
    await rm(folder, { recursive: true });
  });
  return { store, path };
}

/** Copies a register until the test ends, which is not the present one if others run beside it. */
function startCopying(
  url: string,
  store: CopyStore,
  onApplied: (applied: Applied) => unknown = () => {},
  finished = onTestFinished,
) {
  const control = new AbortController();
  const done = connect({ url: `${url}/graphql` }).copy({ store, onApplied, signal: control.signal });
  finished(() => control.abort());
  const stop = async () => {
    control.abort();
    await done;
  };
  return { done, stop };
}

const openServer = async (finished = onTestFinished) => {
  const server = await openTestServer({ access: { adminKey: KEY } });
  finished(server.close);
  return server;
};

test.each([
  ['a line that is cut off', '{"headers":{"control":"snapshot-start","offset":"1-a"}}\n{"type":"authority","ke\n'],
  ['no beginning', '{"type":"authority","key":"nl-x","value":{},"headers":{}}\n'],
])('a snapshot with %s is asked for again, over a new connection', async (_, text) => {
  const closures: Promise<void>[] = [];
  const register = createServer((request, response) => {
    closures.push(closed(request.socket));
    // It does not end by itself.
    response.writeHead(200, { 'register-cursor': '1-a', 'content-type': 'application/x-ndjson' }).write(text);
  });
  await once(register.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void register.close());
  const url = `http://127.0.0.1:${(register.address() as AddressInfo).port}`;
  const { done, stop } = startCopying(url, memoryStore());
  await until('it has asked twice', () => closures.length >= 2);
  await closures[0];
  await stop();
  await expect(done).resolves.toBeUndefined();
});

test.concurrent(`copies in memory and in a file equal the exports byte for byte, after ${KILLS} kills and cut connections`, async ({
  onTestFinished,
}) => {
  let server: Built = await startBuilt(await copyOnPostgreSql());
  const { url } = server;
  const way = await cuttable(url);
  way.cutWithin(800);
  const { store: inFile } = await fileStore(onTestFinished);
  const stores = [memoryStore(), inFile];
  const applied: Applied[][] = stores.map(() => []);
  const copies = stores.map((store, index) =>
    startCopying(way.url, store, step => applied[index]?.push(step), onTestFinished),
  );
  try {
    const restart = async () => {
      server = await server.restart();
    };
    await writeInterrupted(url, { writers: 8, mutations: MUTATIONS }, [KILLS, restart]);
    way.cutWithin(0);
    const end = await latest(url);
    for (const [index, store] of stores.entries()) {
      await until('the copy is complete', async () => (await store.cursor()) === end);
      await copies[index]?.stop();
      await expectSameAsExport(url, store);
      // It followed: it did not load all records again.
      expect(applied[index]?.filter(({ changes }) => changes === undefined)).toHaveLength(1);
    }
  } finally {
    way.cutWithin(0);
    await way.close();
    server.child.kill('SIGKILL');
  }
});

test.concurrent('a copy whose connection died without a word goes on', async ({ onTestFinished }) => {
  const { url } = await openServer(onTestFinished);
  const proxy = await openProxy(Number(new URL(url).port));
  onTestFinished(proxy.close);
  const store = memoryStore();
  const steps: Applied[] = [];
  startCopying(`http://127.0.0.1:${proxy.port}`, store, step => steps.push(step), onTestFinished);
  await until('the copy is complete', () => steps.some(({ isUpToDate }) => isUpToDate));
  proxy.blackHole();
  await write(() => url, { writers: 1, mutations: 1 });
  const end = await latest(url);
  proxy.forwardNew();
  await until('the copy has the change', async () => (await store.cursor()) === end, 40_000);
});

test('a file is opened again where it was, and a withdrawn record leaves it', async () => {
  const { url } = await openServer();
  const register = connect({ url: `${url}/graphql`, key: KEY });
  const { store, path } = await fileStore();
  const first = startCopying(url, store);
  const end = await latest(url);
  await until('the copy is complete', async () => (await store.cursor()) === end);
  await first.stop();
  store.close();

  const [exchange] = await connect({ url: `${url}/graphql` })
    .ask<{ exchanges: { nodes: { id: string; version: number }[] } }, Record<string, never>>(
      '{ exchanges(first: 1) { nodes { id version } } }',
    )
    .then(({ exchanges }) => exchanges.nodes);
  const withdrawal = `mutation($input: WithdrawExchangeInput!) { withdrawExchange(input: $input) { userErrors { message } } }`;
  const input = { id: exchange?.id, expectedVersion: exchange?.version, reason: 'Recorded by mistake' };
  expect(await register.ask(withdrawal, { input } as never)).toEqual({ withdrawExchange: { userErrors: [] } });

  const again = openFileStore(path);
  onTestFinished(() => again.close());
  expect(await again.cursor()).toBe(end);
  expect(await again.get('exchanges', exchange?.id as string)).toBeDefined();
  const steps: Applied[] = [];
  const second = startCopying(url, again, step => steps.push(step));
  await until('the copy is complete', () => steps.some(({ isUpToDate }) => isUpToDate));
  await second.stop();
  // Lines of others change with it, such as the number of exchanges of a tie.
  const changes = steps.flatMap(step => step.changes);
  expect(changes).toContainEqual({ type: 'exchanges', key: exchange?.id, value: undefined });
  expect(await again.get('exchanges', exchange?.id as string)).toBeUndefined();
  await expectSameAsExport(url, again);
});

test('a cursor that the register does not know makes it load all records again, and readers have the old ones meanwhile', async () => {
  const { url } = await openServer();
  const { store } = await fileStore();
  const entry = { type: 'partnerships', key: 'tie-lost', value: { id: 'tie-lost' } };
  const batches = (async function* () {
    yield [entry];
  })();
  await store.replace(Buffer.from('change-3-0123456789abcdef').toString('base64url'), batches);
  const steps: Applied[] = [];
  const seen: unknown[] = [];
  const watched: CopyStore = {
    ...store,
    replace: (cursor, all) =>
      store.replace(
        cursor,
        (async function* () {
          for await (const batch of all) {
            yield batch;
            seen.push(await store.get('partnerships', 'tie-lost'));
          }
        })(),
      ),
  };
  startCopying(url, watched, step => steps.push(step));
  await until('the copy is complete', () => steps.some(({ isUpToDate }) => isUpToDate));
  expect(steps[0]?.changes).toBeUndefined();
  expect(seen.length).toBeGreaterThan(0);
  expect(new Set(seen)).toEqual(new Set([entry.value]));
  expect(await store.get('partnerships', 'tie-lost')).toBeUndefined();
  await expectSameAsExport(url, store);
});

test('an error of the store ends copying with it, and leaves the store as it was', async () => {
  const { url } = await openServer();
  const { store } = await fileStore();
  const failure = new Error('The disk is full.');
  const full: CopyStore = {
    ...store,
    replace: (cursor, batches) =>
      store.replace(
        cursor,
        (async function* () {
          for await (const batch of batches) {
            yield batch;
            throw failure;
          }
        })(),
      ),
  };
  await expect(startCopying(url, full).done).rejects.toBe(failure);
  expect(await store.cursor()).toBeUndefined();
  expect(await store.list('partnerships')).toEqual([]);
});

test('an error of the handler ends copying with it, also one of the register, of which a request could be sent again', async () => {
  const { url } = await openServer();
  const failure = new RegisterError('UNREACHABLE', 'The register cannot be reached.');
  const { done } = startCopying(url, memoryStore(), () => {
    throw failure;
  });
  await expect(done).rejects.toBe(failure);
});

test('two loads into one file at a time mix nothing: the first one that ends is stored', async () => {
  const { store, path } = await fileStore();
  const other = openFileStore(path);
  onTestFinished(() => other.close());
  const entry = (key: string, value: object) => [{ type: 'authorities', key, value: { ...value } }];
  const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
  let second: Promise<boolean> | undefined;
  const batchesOfOther = (async function* () {
    yield entry('b', { of: 'second' });
    await isOver;
  })();
  const batches = (async function* () {
    yield entry('a', { of: 'first' });
    second = other.replace('2', batchesOfOther);
    yield entry('c', { of: 'first' });
  })();
  expect(await store.replace('1', batches)).toBe(true);
  end();
  expect(await second).toBe(false);
  expect(await store.list('authorities')).toEqual([{ of: 'first' }, { of: 'first' }]);
  expect(await store.cursor()).toBe('1');
});

test.each([
  ['an absurd number', '99999999999', [3_600_000, 3_600_000]],
  ['a date', new Date(Date.now() + 1_200_000).toUTCString(), [600_000, 1_201_000]],
])('Retry-After with %s is a wait of an hour at most', async (_, retryAfter, [least, most]) => {
  let requests = 0;
  const register = createServer((_request, response) => {
    requests += 1;
    response.writeHead(503, { 'retry-after': retryAfter }).end();
  });
  await once(register.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void register.close());
  const control = new AbortController();
  const waits: number[] = [];
  await connect({ url: `http://127.0.0.1:${(register.address() as AddressInfo).port}/graphql` }).copy({
    store: memoryStore(),
    signal: control.signal,
    onStatus: status => {
      if (status.state === 'waiting') waits.push(status.waitMs);
      // After a timer that would end at once.
      setTimeout(() => control.abort(), 50);
    },
  });
  expect(requests).toBe(1);
  expect(waits).toEqual([expect.any(Number)]);
  expect(waits[0]).toBeGreaterThanOrEqual(least as number);
  expect(waits[0]).toBeLessThanOrEqual(most as number);
});

test('changes are stored only after the cursor that they follow', async () => {
  for (const store of [memoryStore(), (await fileStore()).store]) {
    const value = { id: 'a' };
    const batches = (async function* () {
      yield [{ type: 'authorities', key: 'a', value }];
    })();
    expect(await store.replace('1', batches)).toBe(true);
    expect(await store.apply([{ type: 'authorities', key: 'b', value: { id: 'b' } }], '0', '2')).toBe(false);
    expect(await store.list('authorities')).toEqual([value]);
    expect(await store.apply([{ type: 'authorities', key: 'b', value: { id: 'b' } }], '1', '2')).toBe(true);
    expect(await store.cursor()).toBe('2');
    expect(await store.list('authorities')).toEqual([value, { id: 'b' }]);
  }
});

test('a page that goes on where another one ended is told of the steps that this one stored and did not announce', async () => {
  const { url } = await openServer();
  const store = memoryStore();
  const first = startCopying(url, store);
  const end = await latest(url);
  await until('the copy is complete', async () => (await store.cursor()) === end);
  await first.stop();

  const steps: Applied[] = [];
  const announced: string[] = [];
  const turns: CopyStore['turns'] = async (run, { onAnnounced }) => {
    await onAnnounced({ cursor: 'a step before', changes: undefined, isUpToDate: true });
    await run(({ cursor }) => announced.push(cursor));
  };
  const second = startCopying(url, { ...store, turns }, step => steps.push(step));
  await until('it is up to date', () => steps.at(-1)?.cursor === end && steps.at(-1)?.isUpToDate === true);
  await second.stop();
  expect(steps).toEqual([
    { cursor: 'a step before', changes: undefined, isUpToDate: true },
    { cursor: end, changes: undefined, isUpToDate: false },
    { cursor: end, changes: [], isUpToDate: true },
  ]);
  // Those that wait may have missed them, too.
  expect(announced).toEqual([end, end]);
});

test('of two that copy to one store without turns, each is told when the other one has stored steps', async () => {
  const { url } = await openServer();
  const store = memoryStore();
  const told: (string | undefined)[] = [];
  let isOvertaken = false;
  const overtaken: CopyStore = {
    ...store,
    // The other one stores the same step a moment before.
    apply: async (changes, from, to) => {
      if (!isOvertaken) await store.apply(changes, from, to);
      isOvertaken = true;
      return store.apply(changes, from, to);
    },
  };
  startCopying(url, overtaken, ({ cursor, changes }) => {
    if (changes === undefined) told.push(cursor);
  });
  const loaded = await latest(url);
  await until('the copy is complete', () => told.includes(loaded));
  await write(() => url, { writers: 1, mutations: 1 });
  const end = await latest(url);
  await until('it is told', () => told.includes(end));
  expect(told).toEqual([loaded, end]);
});
