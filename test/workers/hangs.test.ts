import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { childrenOf, isGone, preloaded } from '../support/processes.js';

vi.setConfig({ testTimeout: 120_000 });

const PRELOADED = preloaded(...['fast-pings.mjs', 'stuck-at-start.mjs'].map(file => new URL(file, import.meta.url)));
const COUNT = '{ partnerships { totalCount } }';

let database: string;
let folder: string;
beforeAll(async () => {
  database = await copyOnPostgreSql();
  folder = await mkdtemp(join(tmpdir(), 'stedenband-hangs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts two workers, which are pinged fast once they serve. */
async function start(name: string): Promise<Built & { stuckFile: string }> {
  const [fastPingsFile, stuckFile] = [join(folder, `${name}-fast`), join(folder, `${name}-stuck`)];
  const env = { WORKERS: '2', ...PRELOADED, FAST_PINGS_FILE: fastPingsFile, STUCK_FILE: stuckFile };
  const server = await startBuilt(database, '0', [], env);
  onTestFinished(() => void server.child.kill('SIGKILL'));
  await writeFile(fastPingsFile, '');
  return { ...server, stuckFile };
}

/** Starts workers, of which one hangs, until that one has ended. */
async function withHungWorker(name: string, onHung: (server: Built) => void): Promise<Built> {
  const server = await start(name);
  const [hung] = childrenOf(server.child.pid) as [number];
  process.kill(hung, 'SIGSTOP');
  onHung(server);
  await until('it has ended', () => isGone(hung));
  return server;
}

/**
 * Starts workers, and replaces one by a worker that hangs before it is ready, until that one has ended. It is no stopped process:
 * one that is stopped before it runs Node stops the primary, too.
 */
async function withHungSuccessor(): Promise<Built> {
  const server = await start('successor');
  await writeFile(server.stuckFile, '');
  process.kill(childrenOf(server.child.pid)[0] as number, 'SIGKILL');
  await until('it has ended', () =>
    server.errors().includes('worker 3 ended by SIGKILL before it was ready; it is replaced'),
  );
  return server;
}

test('a worker that hangs is killed and replaced, also one that a reload replaces, or that is not ready', async () => {
  const servers = await Promise.all([
    withHungWorker('ready', () => undefined),
    withHungWorker('reload', ({ child }) => child.kill('SIGHUP')),
    withHungSuccessor(),
  ]);
  const [{ errors }] = servers;
  // A line may arrive after the processes that it is about.
  await until('its end is logged', () => /worker [12] ended by SIGKILL; it is replaced/.test(errors()));
  expect(errors()).toMatch(/worker [12] has not answered the primary for half a minute; it is killed/);
  for (const { url, child } of servers) {
    await until('its successor starts', () => childrenOf(child.pid).length === 2);
    expect(await ask(url, COUNT)).toEqual({ partnerships: { totalCount: 53 } });
  }
});
