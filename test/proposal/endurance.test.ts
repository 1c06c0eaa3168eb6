import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Json } from '../support/calls.js';
import { copyOnEmbedded } from '../support/database.js';
import { ask, KEY, sleep } from '../support/feed.js';
import { type Built, copyOfRegister, startBuilt } from '../support/feed-server.js';
import { questions } from '../support/questions.js';
import { inQuiet, isSoak, times } from '../support/soak.js';

vi.setConfig({ testTimeout: times(240_000, 1_800_000) });

const ROWS = Number(process.env.ROWS ?? times(500, 10_000));
const MAX_GROWTH_BYTES = 150_000_000;
const READERS = 4;
/** Each reader asks 25 questions in a second at most: the figures are those of a server at work, not of one that is flooded. */
const PAUSE_MS = 40;
const QUIET_MS = times(1_000, 20_000);
const probe = fileURLToPath(new URL('../support/memory-probe.mjs', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-endurance-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The settings of a server on a copy of the register. */
async function settingsOf(database: string): Promise<[url: string, settings: Record<string, string>]> {
  if (database === 'PostgreSQL') return [await copyOfRegister(), {}];
  const directory = join(folder, 'register');
  copyOnEmbedded(directory);
  return ['', { DATA_DIR: directory }];
}

/** New exchanges, whose sides are given by id and by name. */
function list(): string {
  const rows = Array.from({ length: ROWS }, (_, n) => {
    const [dutch, chinese] = [n % 2 ? 'nl-rotterdam' : 'Delft', n % 3 ? 'cn-shanghai' : 'Wuxi'];
    return `Visit ${n} of the delegation;CULTURAL;HELD;2019-05-12;${dutch};${chinese};Notes of visit ${n}, as long as notes are`;
  });
  return ['title.en;kind;status;startedOn;dutch;chinese;notes', ...rows].join('\r\n');
}

const asked = questions.filter(({ errors }) => errors === undefined);

/** Asks the questions over and over until the end; each is computed, not served from the cache. */
async function read(url: string, durations: number[], isOver: () => boolean, first: number): Promise<void> {
  for (let n = first; !isOver(); n += 1) {
    const { query, variables } = asked[n % asked.length] as (typeof asked)[number];
    const start = performance.now();
    await ask(url, query, variables, { 'cache-control': 'no-cache' });
    durations.push(performance.now() - start);
    await sleep(PAUSE_MS);
  }
}

const p99 = (durations: readonly number[]): number =>
  durations.toSorted((a, b) => a - b)[Math.floor(durations.length * 0.99)] as number;

/** Does some work, and measures its time, the memory that the server needs for it, and the reads meanwhile. */
async function measured<Result>({ url, child }: Built, hasReaders: boolean, work: () => Promise<Result>) {
  const memory = async (what: string): Promise<Json> => {
    child.send(what);
    return (await once(child, 'message'))[0];
  };
  const before = await memory('start');
  const durations: number[] = [];
  let isOver = false;
  const readers = Array.from({ length: hasReaders ? READERS : 0 }, (_, n) =>
    read(url, durations, () => isOver, n * 11),
  );
  const start = performance.now();
  const result = await work().finally(() => {
    isOver = true;
  });
  const duration = performance.now() - start;
  await Promise.all(readers);
  const { peakRss, peakHeap } = await memory('end');
  const figures = { duration, growth: peakRss - before.rss, heap: peakHeap - before.heap, p99: p99(durations) };
  return { result, ...figures };
}

const APPLY = `mutation($input: ApplyProposalInput!) { applyProposal(input: $input) {
  proposal { items(filter: { isApplied: { eq: true } }) { totalCount } } userErrors { rule } } }`;
const REVERT = `mutation($input: RevertProposalInput!) { revertProposal(input: $input) {
  proposal { state } userErrors { rule } } }`;

async function submit(url: string): Promise<Json> {
  const parameters = 'format=csv&concept=exchange&title=List&publisher=Test';
  const init = { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: list() };
  return (await fetch(`${url}/proposals?${parameters}`, init)).json();
}

// The embedded database has one connection: reads wait for the end of a transaction.
test.each([
  ['PostgreSQL', true],
  ['PGlite', false],
])('a list is compared, applied and undone on %s in bounded time and memory', async (database, hasReaders) => {
  const [url, settings] = await settingsOf(database);
  const server = await startBuilt(url, '0', ['--expose-gc', '--import', probe], settings);
  try {
    // The first request compiles code, and opens connections.
    for (const { query, variables } of asked) await ask(server.url, query, variables);
    const quiet = await measured(server, hasReaders, () => sleep(QUIET_MS));
    const compared = await measured(server, hasReaders, () => submit(server.url));
    const { id, basis, counts } = compared.result;
    expect(counts).toMatchObject({ total: ROWS, create: ROWS });
    const applied = await measured(server, hasReaders, () =>
      ask(server.url, APPLY, { input: { id, expectedBasis: basis } }),
    );
    expect(applied.result.applyProposal).toEqual({ proposal: { items: { totalCount: ROWS } }, userErrors: [] });
    const reverted = await measured(server, hasReaders, () => ask(server.url, REVERT, { input: { id } }));
    expect(reverted.result.revertProposal).toEqual({ proposal: { state: 'REVERTED' }, userErrors: [] });
    const steps = { quiet, compared, applied, reverted };
    if (isSoak || process.env.SHOW_FIGURES) {
      console.log(`${database}, ${ROWS} rows; load of the machine ${loadavg().map(load => load.toFixed(1))}`);
      const table = Object.entries(steps).map(([step, { result: _, duration, growth, heap, p99: reads }]) => ({
        step,
        seconds: (duration / 1_000).toFixed(1),
        'MB more': Math.round(growth / 1_000_000),
        'of it heap': Math.round(heap / 1_000_000),
        'p99 of reads in ms': Math.round(reads),
      }));
      console.table(table);
    }
    for (const { growth } of [compared, applied, reverted]) expect(growth).toBeLessThan(MAX_GROWTH_BYTES);
    if (!isSoak) return;
    expect(compared.duration).toBeLessThan(inQuiet(20_000));
    expect(applied.duration).toBeLessThan(inQuiet(30_000));
    expect(reverted.duration).toBeLessThan(inQuiet(30_000));
    if (!hasReaders) return;
    const quietAfter = await measured(server, true, () => sleep(QUIET_MS));
    const bound = 2 * Math.max(quiet.p99, quietAfter.p99);
    for (const { p99: reads } of [compared, applied, reverted]) expect(reads).toBeLessThan(bound);
  } finally {
    await server.kill('SIGKILL');
  }
});
