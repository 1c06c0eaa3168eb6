import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Json } from '../support/calls.js';
import { copyOnEmbedded, copyOnPostgreSql } from '../support/database.js';
import { ask, KEY, sleep } from '../support/feed.js';
import { startBuilt } from '../support/feed-server.js';
import { asked, measured, probe } from '../support/measured.js';
import { inQuiet, isSoak, times } from '../support/soak.js';

vi.setConfig({ testTimeout: times(240_000, 1_800_000) });

const ROWS = Number(process.env.ROWS ?? times(500, 10_000));
const WARM_UP_ROWS = 200;
const MAX_GROWTH_BYTES = 150_000_000;
const QUIET_MS = times(1_000, 20_000);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-endurance-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The settings of a server on a copy of the register. */
async function settingsOf(database: string): Promise<[url: string, settings: Record<string, string>]> {
  if (database === 'PostgreSQL') return [await copyOnPostgreSql(), {}];
  const directory = join(folder, 'register');
  copyOnEmbedded(directory);
  return ['', { DATA_DIR: directory }];
}

/** New exchanges, whose sides are given by id and by name. */
function list(length = ROWS): string {
  const rows = Array.from({ length }, (_, n) => {
    const [dutch, chinese] = [n % 2 ? 'nl-rotterdam' : 'Delft', n % 3 ? 'cn-shanghai' : 'Wuxi'];
    return `Visit ${n} of the delegation;CULTURAL;HELD;2019-05-12;${dutch};${chinese};Notes of visit ${n}, as long as notes are`;
  });
  return ['title.en;kind;status;startedOn;dutch;chinese;notes', ...rows].join('\r\n');
}

const APPLY = `mutation($input: ApplyProposalInput!) { applyProposal(input: $input) {
  proposal { items(filter: { isApplied: { eq: true } }) { totalCount } } userErrors { rule } } }`;
const REVERT = `mutation($input: RevertProposalInput!) { revertProposal(input: $input) {
  proposal { state } userErrors { rule } } }`;

async function submit(url: string, body = list()): Promise<Json> {
  const parameters = 'format=csv&concept=exchange&title=List&publisher=Test';
  const init = { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body };
  return (await fetch(`${url}/proposals?${parameters}`, init)).json();
}

const apply = (url: string, { id, basis }: Json): Promise<Json> =>
  ask(url, APPLY, { input: { id, expectedBasis: basis } });
const revert = (url: string, { id }: Json): Promise<Json> => ask(url, REVERT, { input: { id } });

/** Does everything once: code is compiled (that of the embedded database in 150 MB), and connections are opened. */
async function warmUp(url: string): Promise<void> {
  for (const { query, variables } of asked) await ask(url, query, variables);
  const submitted = await submit(url, list(WARM_UP_ROWS));
  await apply(url, submitted);
  await revert(url, submitted);
}

// The embedded database has one connection: reads wait for the end of a transaction. Without a limit V8 keeps more garbage in
// the heap than is in use; with a lower one it collects all the time.
test.each([
  { database: 'PostgreSQL', hasReaders: true, maxHeapMb: 256 },
  { database: 'PGlite', hasReaders: false, maxHeapMb: 192 },
])('a list is compared, applied and undone on $database in bounded time and memory', async options => {
  const { database, hasReaders, maxHeapMb } = options;
  const [url, settings] = await settingsOf(database);
  const server = await startBuilt(
    url,
    '0',
    [`--max-old-space-size=${maxHeapMb}`, '--expose-gc', '--import', probe],
    settings,
  );
  try {
    await warmUp(server.url);
    const quiet = await measured(server, hasReaders, () => sleep(QUIET_MS));
    const compared = await measured(server, hasReaders, () => submit(server.url));
    expect(compared.result.counts).toMatchObject({ total: ROWS, create: ROWS });
    const applied = await measured(server, hasReaders, () => apply(server.url, compared.result));
    expect(applied.result.applyProposal).toEqual({ proposal: { items: { totalCount: ROWS } }, userErrors: [] });
    const between = await measured(server, hasReaders, () => sleep(QUIET_MS));
    const reverted = await measured(server, hasReaders, () => revert(server.url, compared.result));
    expect(reverted.result.revertProposal).toEqual({ proposal: { state: 'REVERTED' }, userErrors: [] });
    const after = await measured(server, hasReaders, () => sleep(QUIET_MS));
    const steps = { quiet, compared, applied, between, reverted, after };
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
    // The register that is read while a list is undone has its records; before, it has none of them.
    for (const { p99: reads } of [compared, applied]) expect(reads).toBeLessThan(2 * Math.max(quiet.p99, after.p99));
    expect(reverted.p99).toBeLessThan(2 * Math.max(between.p99, after.p99));
  } finally {
    await server.kill('SIGKILL');
  }
});
