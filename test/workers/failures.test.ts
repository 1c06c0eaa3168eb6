import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { childrenOf, isGone, preloaded } from '../support/processes.js';
import { openProxy } from '../support/proxy.js';

vi.setConfig({ testTimeout: 120_000 });

const CRASH = preloaded(new URL('crash-at-start.mjs', import.meta.url));
const NO_PROCESS = preloaded(new URL('no-process.mjs', import.meta.url));
const HANGUP = fileURLToPath(new URL('hangup-at-start.mjs', import.meta.url));
const WORKERS = { WORKERS: '2' };

let database: string;
let folder: string;
let server: Built | undefined;
beforeAll(async () => {
  database = await copyOnPostgreSql();
  folder = await mkdtemp(join(tmpdir(), 'stedenband-workers-'));
});
afterEach(() => server?.child.kill('SIGKILL'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('workers that cannot start end a reload, and the instance once no other one is left to start', async () => {
  const crashFile = join(folder, 'crash');
  server = await startBuilt(database, '0', [], { ...WORKERS, ...CRASH, CRASH_FILE: crashFile });
  const { url, child, errors, ended } = server;
  await writeFile(crashFile, '');

  child.kill('SIGHUP');
  await until('the reload ends', () => errors().includes('the reload ended: worker 3 ended with code 7'));
  expect(childrenOf(child.pid)).toHaveLength(2);
  expect(await ask(url, '{ partnerships { totalCount } }')).toEqual({ partnerships: { totalCount: 53 } });

  const [victim, other] = childrenOf(child.pid);
  process.kill(victim as number, 'SIGKILL');
  expect(await ended).toEqual({ code: 1, signal: null });
  expect(isGone(other as number)).toBe(true);
  const said = errors()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line).msg);
  expect(said).toEqual([
    'the reload ended: worker 3 ended with code 7 before it was ready; the others go on',
    expect.stringMatching(/^worker [12] ended by SIGKILL; it is replaced$/),
    ...[4, 5, 6, 7].map(id => `worker ${id} ended with code 7 before it was ready; it is replaced`),
    'worker 8 ended with code 7 before it was ready, as the 4 before it; the server stops',
  ]);
});

test('a process that the system cannot create ends a reload, and the others go on', async () => {
  const faultFile = join(folder, 'fault');
  server = await startBuilt(database, '0', [], { ...WORKERS, ...NO_PROCESS, FAULT_FILE: faultFile });
  const { url, child, errors, kill } = server;
  await writeFile(faultFile, '');
  child.kill('SIGHUP');
  await until('the reload ends', () => errors().includes('the reload ended: worker 3 ended with ENOENT'));
  expect(await ask(url, '{ partnerships { totalCount } }')).toEqual({ partnerships: { totalCount: 53 } });
  expect(await kill('SIGTERM')).toEqual({ code: 0, signal: null });
});

test('a reload while the primary loads does not end it', async () => {
  server = await startBuilt(database, '0', ['--import', HANGUP], WORKERS);
  expect(await ask(server.url, '{ partnerships { totalCount } }')).toEqual({ partnerships: { totalCount: 53 } });
  expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
});

test('a stop while a worker starts ends with code 0', async () => {
  server = await startBuilt(database, '0', [], WORKERS);
  const { child, kill } = server;
  child.kill('SIGHUP');
  await until('a worker starts', () => childrenOf(child.pid).length === 3);
  expect(await kill('SIGTERM')).toEqual({ code: 0, signal: null });
});

test('a reload replaces a worker that was starting, too: it may have read the build before', async () => {
  server = await startBuilt(database, '0', [], { ...WORKERS, LOG_LEVEL: 'info' });
  const { child, errors } = server;
  const [victim] = childrenOf(child.pid);
  process.kill(victim as number, 'SIGKILL');
  const hasNew = () => childrenOf(child.pid).filter(pid => pid !== victim).length === 2;
  await until('its successor starts', () => errors().includes('ended by SIGKILL; it is replaced') && hasNew());
  const old = childrenOf(child.pid);
  child.kill('SIGHUP');
  await until('the reload is done', () => errors().includes('the workers were replaced'));
  await until('the old ones have ended', () => old.every(isGone));
  expect(childrenOf(child.pid)).toHaveLength(2);
});

test('metrics say that a database does not answer, as those of one process do', async () => {
  const address = new URL(database);
  const proxy = await openProxy(Number(address.port));
  address.port = String(proxy.port);
  onTestFinished(() => proxy.close());
  server = await startBuilt(address.href, '0', [], WORKERS);
  const { url } = server;
  const scrape = async () =>
    (await (await fetch(`${url}/metrics`)).text()).match(/^stedenband_(?:database_up|read_only) \d$/gm)?.sort();
  expect(await scrape()).toEqual(['stedenband_database_up 1', 'stedenband_read_only 0']);
  proxy.blackHole();
  // Scrapes share a look at the database for a moment. Its connections are given up after more than ten seconds.
  await until('they say so', async () => (await scrape())?.join() === 'stedenband_database_up 0', 10_000);
});

test('an address in use ends the start with one sentence', async () => {
  const occupied = createServer().listen(0, '127.0.0.1');
  await once(occupied, 'listening');
  const { port } = occupied.address() as { port: number };
  await expect(startBuilt(database, String(port), [], WORKERS)).rejects.toThrow(
    `The server ended before it served: The server cannot listen on 127.0.0.1:${port}: that port is in use; set PORT to another.\n`,
  );
  occupied.close();
});

test('workers end with a primary that is killed', async () => {
  server = await startBuilt(database, '0', [], WORKERS);
  const workers = childrenOf(server.child.pid);
  expect(workers).toHaveLength(2);
  await server.kill('SIGKILL');
  for (const pid of workers) await until('the worker has ended', () => isGone(pid));
});
