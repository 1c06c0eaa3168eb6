import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Cluster, type Replica, startCluster } from '../support/cluster.js';
import { ask, idOf, latest, overWebSocket, pagesAfter, random, sleep, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { type Acknowledged, write } from '../support/feed-writers.js';
import { type Load, startLoad } from '../support/kept-alive.js';
import { childrenOf } from '../support/processes.js';
import { isSoak, times } from '../support/soak.js';
import { expectVerified } from '../support/verified.js';

vi.setConfig({ testTimeout: times(240_000, 1_800_000), hookTimeout: 120_000 });

const WORKERS = 3;
const WRITERS = 8;
const SUBSCRIBERS = times(20, 200);
/** The rounds of faults that `npm test` makes; the soak makes as many as ten minutes allow. */
const ROUNDS = 1;
const SOAK_MS = 600_000;
/** Writers pause, so that the subscribers, which share the machine, can follow. */
const PAUSE_MS = times(20, 250);
/** Tells a hang from three processes that start one after the other beside all the others of this test. */
const MAX_WAIT_MS = 150_000;
const CURSORS = 'subscription($after: ChangeCursor) { changes(after: $after) { cursor } }';
const VERSION = `query($id: ID!) { node(id: $id) { ... on Organisation { version } ... on Partnership { version } } }`;

let cluster: Cluster;
let replicas: Replica[];
let server: Built;

beforeAll(async () => {
  cluster = await startCluster();
  replicas = [await cluster.startReplica(true), await cluster.startReplica(true)];
  server = await startBuilt(cluster.url, '0', [], {
    WORKERS: String(WORKERS),
    DATABASE_REPLICA_URLS: replicas.map(({ url }) => url).join(),
    LOG_LEVEL: 'error',
  });
});
afterAll(async () => {
  await server?.kill('SIGKILL');
  await cluster?.remove();
});

const workers = (): number[] => childrenOf(server.child.pid);

async function metric(name: string): Promise<number[]> {
  const text = await fetch(`${server.url}/metrics`).then(
    response => response.text(),
    () => '',
  );
  return text.split('\n').flatMap(line => (line.startsWith(name) ? [Number(line.split(' ').at(-1))] : []));
}

/** Resolves when all workers accept connections, the database answers, and both replicas are read from. */
const isWhole = () =>
  until(
    'all parts work',
    async () => {
      const [[running], inUse] = [await metric('stedenband_workers'), await metric('stedenband_replica_in_use{')];
      const isReady = await fetch(`${server.url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      return running === WORKERS && isReady && inUse.length === replicas.length && inUse.every(value => value === 1);
    },
    MAX_WAIT_MS,
  );

/** A subscriber that resumes with its last cursor whenever its connection breaks, and stores the ids of its changes. */
function follow(after: string) {
  const control = new AbortController();
  const ids: number[] = [];
  let cursor = after;
  const run = async () => {
    while (!control.signal.aborted) {
      const onChange = (change: { cursor: string }) => {
        cursor = change.cursor;
        ids.push(idOf(cursor));
      };
      await overWebSocket(server.url, cursor, onChange, control.signal, CURSORS).catch(() => undefined);
      await sleep(20);
    }
  };
  const running = run();
  const stop = () => {
    control.abort();
    return running;
  };
  return { ids, stop };
}

const faults: Record<string, () => Promise<void>> = {
  'a worker is killed': async () => {
    const pids = workers();
    process.kill(pids[random(pids.length)] as number, 'SIGKILL');
  },
  'a replica is killed': async () => {
    const replica = replicas[random(replicas.length)] as Replica;
    await replica.kill();
    await sleep(random(500));
    await replica.start();
  },
  'the primary is killed': async () => {
    await cluster.kill();
    await sleep(random(500));
    await cluster.start();
  },
  'the workers are reloaded': async () => {
    const old = workers();
    const loads = Array.from({ length: 4 }, (_, n): Load => startLoad(server.url, `Reload${n}`, n * 5));
    server.child.kill('SIGHUP');
    await until(
      'all are new',
      () => {
        const running = workers();
        return running.length === WORKERS && !running.some(pid => old.includes(pid));
      },
      MAX_WAIT_MS,
    );
    await Promise.all(loads.map(({ stop }) => stop()));
    for (const { answered, failures } of loads) {
      expect(failures).toEqual([]);
      expect(answered).toBeGreaterThan(0);
    }
  },
};

test(`${WORKERS} workers, a primary and two replicas, each killed and reloaded under ${WRITERS} writers and ${SUBSCRIBERS} subscribers: nothing acknowledged is lost, doubled or read stale`, async () => {
  await isWhole();
  const start = await latest(server.url);
  const followers = Array.from({ length: SUBSCRIBERS }, () => follow(start));
  let isOver = false;
  let checked = 0;
  const stale: unknown[] = [];
  const reads: Promise<void>[] = [];
  /** Reads what was acknowledged, until an answer comes: one is older than the write, or there is none. */
  const readAfter = async ({ cursor, id, version }: Acknowledged) => {
    for (;;) {
      const read = await ask(server.url, VERSION, { id }, { 'register-read-after': cursor }).catch(() => undefined);
      if (read) {
        checked += 1;
        if (!(read.node?.version >= version)) stale.push({ cursor, id, version, read });
        return;
      }
      await sleep(50);
    }
  };
  const acknowledged: Acknowledged[] = [];
  const writing = (async () => {
    while (!isOver)
      acknowledged.push(
        ...(await write(
          () => server.url,
          { writers: WRITERS, mutations: 100, pause: PAUSE_MS },
          written => void reads.push(readAfter(written)),
        )),
      );
  })();
  const faulting = (async () => {
    const end = performance.now() + SOAK_MS;
    for (let round = 0; isSoak ? performance.now() < end : round < ROUNDS; round += 1)
      for (const [name, cause] of Object.entries(faults).sort(() => random(3) - 1)) {
        await cause().catch(error => {
          throw new Error(`${name}: ${error}`, { cause: error });
        });
        await isWhole();
      }
  })().finally(() => {
    isOver = true;
  });
  await Promise.all([faulting, writing]);
  await Promise.all(reads);

  const ids = (await pagesAfter(server.url, start)).map(({ cursor }) => idOf(cursor));
  expect(ids).toEqual(acknowledged.map(({ cursor }) => idOf(cursor)).toSorted((a, b) => a - b));
  expect(stale).toEqual([]);
  expect(checked).toBe(acknowledged.length);
  for (const { ids: followed, stop } of followers) {
    await until('all changes have arrived', () => followed.length >= ids.length);
    await stop();
    expect(followed).toEqual(ids);
  }
  if (isSoak) console.log(`${ids.length} changes, ${checked} reads after a write, ${SUBSCRIBERS} subscribers`);
  expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  await expectVerified({ kind: 'postgresql', url: cluster.url });
});
