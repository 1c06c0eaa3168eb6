import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { ask, until } from '../support/feed.js';
import { type Built, copyOfRegister, startBuilt } from '../support/feed-server.js';
import { childrenOf, isGone } from '../support/processes.js';

vi.setConfig({ testTimeout: 120_000 });

const FAST_PINGS = fileURLToPath(new URL('fast-pings.mjs', import.meta.url));
const COUNT = '{ partnerships { totalCount } }';

let database: string;
let folder: string;
beforeAll(async () => {
  database = await copyOfRegister();
  folder = await mkdtemp(join(tmpdir(), 'stedenband-hangs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/**
 * Starts two workers, of which one hangs, and returns the server when the primary has killed that one.
 *
 * @param stopOne Stops a worker, and returns its process.
 */
async function withHungWorker(stopOne: (server: Built) => number | Promise<number>): Promise<Built> {
  const fastPingsFile = join(folder, stopOne.name);
  const env = { WORKERS: '2', FAST_PINGS_FILE: fastPingsFile };
  const started = await startBuilt(database, '0', ['--import', FAST_PINGS], env);
  onTestFinished(() => void started.child.kill('SIGKILL'));
  await writeFile(fastPingsFile, '');
  const hung = await stopOne(started);
  await until('it has ended', () => isGone(hung));
  return started;
}

function stopFirst({ child }: Built): number {
  const [first] = childrenOf(child.pid) as [number];
  process.kill(first, 'SIGSTOP');
  return first;
}

function stopFirstInReload(server: Built): number {
  const first = stopFirst(server);
  server.child.kill('SIGHUP');
  return first;
}

/** Stops the successor of a worker before it is ready. */
async function stopAtStart({ child }: Built): Promise<number> {
  const before = childrenOf(child.pid);
  process.kill(before[0] as number, 'SIGKILL');
  let successor: number | undefined;
  await until('its successor starts', () => {
    successor = childrenOf(child.pid).find(pid => !before.includes(pid));
    return successor !== undefined;
  });
  process.kill(successor as number, 'SIGSTOP');
  return successor as number;
}

test('a worker that hangs is killed and replaced, also one that a reload replaces, or that is not ready', async () => {
  const servers = await Promise.all([stopFirst, stopFirstInReload, stopAtStart].map(withHungWorker));
  const [{ errors }, , { errors: errorsAtStart }] = servers as [Built, Built, Built];
  // A line may arrive after the processes that it is about.
  await until('its end is logged', () => /worker [12] ended by SIGKILL; it is replaced/.test(errors()));
  expect(errors()).toMatch(/worker [12] has not answered the primary for half a minute; it is killed/);
  await until('its end is logged', () =>
    errorsAtStart().includes('worker 3 ended by SIGKILL before it was ready; it is replaced'),
  );
  for (const { url, child } of servers) {
    await until('its successor starts', () => childrenOf(child.pid).length === 2);
    expect(await ask(url, COUNT)).toEqual({ partnerships: { totalCount: 53 } });
  }
});
