import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { migrate } from '../../src/database/migrate.js';
import { openDatabase } from '../../src/database/open.js';
import { snapshot } from '../../src/database/snapshot.js';
import { databaseUrl } from '../support/global.js';
import { inodesIn } from '../support/inodes.js';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const START = join(DIST, 'start.js');
const UNFINISHED = 'stedenband-unfinished';

let folder: string;
beforeAll(async () => {
  if (!existsSync(START) || !existsSync(snapshot)) throw new Error('dist is not built: run npm run build first.');
  folder = await mkdtemp(join(tmpdir(), 'stedenband-start-'));
});
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(settings: Record<string, string>, program = [START]): ChildProcess {
  const child = spawn(process.execPath, program, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...settings },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

const QUERY = `{
  partnerships { totalCount }
  exchanges { totalCount }
  changes(first: 1) { nodes { subjectId recordedAt } }
  partnership(id: "tie-rotterdam-shanghai") { notes }
}`;

interface Found {
  partnerships: { totalCount: number };
  exchanges: { totalCount: number };
  changes: { nodes: { subjectId: string; recordedAt: string }[] };
  partnership: { notes: string | null };
}

/** Starts a server with these settings and stops it again; returns its stderr and its response. */
async function answerOf(settings: Record<string, string>, program?: string[]): Promise<{ data: Found; err: string }> {
  const child = start(settings, program);
  let [out, err] = ['', ''];
  child.stdout?.on('data', text => {
    out += text;
  });
  child.stderr?.on('data', text => {
    err += text;
  });
  const ended = once(child, 'close');
  while (!out.includes('\n')) {
    if (child.exitCode !== null) throw new Error(`The server ended before it served: ${err}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  const response = await fetch(/http:\S+\/graphql/.exec(out)?.[0] ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data } = (await response.json()) as { data: Found };
  child.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
  return { data, err };
}

const counts = ({ partnerships, exchanges }: Found) => [partnerships.totalCount, exchanges.totalCount];

describe('what npm start starts', () => {
  test('serves a database of PostgreSQL', async () => {
    const { data } = await answerOf({ DATABASE_URL: databaseUrl(inject('server'), inject('template')) });
    expect(counts(data)).toEqual([53, 169]);
  });

  test('is compiled already: its chunks are few, and none is compiled again', async () => {
    const settings = { DATABASE_URL: databaseUrl(inject('server'), inject('template')) };
    const built = await inodesIn(join(DIST, 'compiled'));
    await answerOf(settings);
    // Servers of other tests may store further chunks.
    expect(await inodesIn(join(DIST, 'compiled'))).toMatchObject(built);
    // With a folder of its own, a start stores exactly what it loads.
    const own = join(folder, 'compiled');
    const program = `import { loadBundle } from '${pathToFileURL(join(DIST, 'load-bundle.js'))}'; loadBundle(${JSON.stringify(join(DIST, 'bundle/main.cjs'))}, ${JSON.stringify(own)});`;
    await answerOf(settings, ['--input-type=module', '-e', program]);
    const loaded = Object.keys(await inodesIn(own));
    expect(Object.keys(built)).toEqual(expect.arrayContaining(loaded));
    const names = loaded.map(name => name.replace(/-[\w-]{8}(?=\.cjs$)/, ''));
    expect(names).toEqual(expect.arrayContaining(['main.cjs', 'entry.cjs', 'server.cjs']));
    expect(names.length).toBeLessThan(8);
  });
});

test('the snapshot of the build can be read by any user, and a copy of it by its owner alone', async () => {
  for (const entry of await readdir(snapshot, { recursive: true, withFileTypes: true })) {
    const { mode } = await stat(join(entry.parentPath, entry.name));
    expect([entry.name, (mode & 0o777).toString(8)]).toEqual([entry.name, entry.isDirectory() ? '755' : '644']);
  }
  const directory = join(folder, 'private');
  await answerOf({ DATA_DIR: directory });
  // As that of a volume: the files in it are those of the snapshot, with its modes.
  const existing = join(folder, 'existing');
  await mkdir(existing, { mode: 0o755 });
  await answerOf({ DATA_DIR: existing });
  for (const made of [directory, existing]) expect(((await stat(made)).mode & 0o777).toString(8)).toBe('700');
});

describe('an embedded database that is new begins from the snapshot of the build', () => {
  test.each([['in a folder'], ['in memory']])('%s', async where => {
    const directory = where === 'in memory' ? 'memory' : join(folder, 'new');
    const { data, err } = await answerOf({ DATA_DIR: directory });
    expect(counts(data)).toEqual([53, 169]);
    // The records came into the register when the snapshot was made, not now.
    const made = (await stat(snapshot)).mtimeMs;
    expect(Math.abs(Date.parse(data.changes.nodes[0]?.recordedAt ?? '') - made)).toBeLessThan(120_000);
    expect(err).not.toContain('Seeding');
    if (directory !== 'memory') expect(await readdir(directory)).not.toContain(UNFINISHED);
  });

  test('also in a file system that has nothing but its own folder', async () => {
    const directory = join(folder, 'mounted');
    await mkdir(join(directory, 'lost+found'), { recursive: true });
    expect(counts((await answerOf({ DATA_DIR: directory })).data)).toEqual([53, 169]);
    expect(await readdir(directory)).toEqual(expect.arrayContaining(['lost+found', 'PG_VERSION']));
  });

  test('also when the process before was killed in the middle of the copy', async () => {
    const directory = join(folder, 'killed');
    const child = start({ DATA_DIR: directory });
    const ended = once(child, 'exit');
    while (!existsSync(join(directory, 'base'))) {
      if (child.exitCode !== null) throw new Error('The server ended by itself.');
      await new Promise(resolve => setTimeout(resolve, 1));
    }
    child.kill('SIGKILL');
    await ended;
    expect(await readdir(directory)).toContain(UNFINISHED);
    expect(counts((await answerOf({ DATA_DIR: directory })).data)).toEqual([53, 169]);
    expect(await readdir(directory)).not.toContain(UNFINISHED);
  });

  test('also when what a killed process left looks complete but for some files', async () => {
    const directory = join(folder, 'half');
    cpSync(snapshot, directory, { recursive: true });
    await rm(join(directory, 'base'), { recursive: true });
    await mkdir(join(directory, 'base'));
    await writeFile(join(directory, 'base', 'left-over'), 'of another try');
    await writeFile(join(directory, UNFINISHED), '');
    expect(counts((await answerOf({ DATA_DIR: directory })).data)).toEqual([53, 169]);
    expect(await readdir(join(directory, 'base'))).not.toContain('left-over');
  });
});

describe('a data directory that is there', () => {
  test('keeps what it holds', async () => {
    const directory = join(folder, 'kept');
    const database = await openDatabase({ kind: 'embedded', directory }, { snapshot });
    await database.em
      .getConnection()
      .execute("update partnership set notes = 'ours' where id = 'tie-rotterdam-shanghai'");
    await database.close();
    const { data } = await answerOf({ DATA_DIR: directory });
    expect([data.partnership.notes, ...counts(data)]).toEqual(['ours', 53, 169]);
  });

  test('is brought to the newest migration, and seeded when it is empty', async () => {
    const directory = join(folder, 'older');
    const older = await openDatabase({ kind: 'embedded', directory });
    const [first] = await older.orm.migrator.getPending();
    await older.orm.migrator.up({ to: first?.name as string });
    await older.close();
    expect(counts((await answerOf({ DATA_DIR: directory })).data)).toEqual([53, 169]);
    const now = await openDatabase({ kind: 'embedded', directory });
    expect(await migrate(now)).toEqual([]);
    expect(await now.orm.migrator.getPending()).toEqual([]);
    await now.close();
  });
});

test('npm run seed loads a folder that is named: thousands of records, with what it does', async () => {
  const seeds = fileURLToPath(new URL('../../seeds', import.meta.url));
  const large = join(folder, 'large');
  cpSync(seeds, large, { recursive: true });
  const exchanges = JSON.parse(await readFile(join(seeds, 'exchanges.json'), 'utf8')) as { id: string }[];
  for (let i = 0; i < 3_000; i += 1) exchanges.push({ ...(exchanges[i % 169] as object), id: `exch-made-${i}` });
  await writeFile(join(large, 'exchanges.json'), JSON.stringify(exchanges));
  const url = await newDatabase();
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../../dist/commands/seed.js', import.meta.url)), large],
    {
      env: { PATH: process.env.PATH, DATABASE_URL: url },
    },
  );
  let [out, err] = ['', ''];
  child.stdout.on('data', text => {
    out += text;
  });
  child.stderr.on('data', text => {
    err += text;
  });
  expect((await once(child, 'close'))[0]).toBe(0);
  expect(out).toBe('Seeded 3393 records.\n');
  // Progress is printed each second; a fast machine prints none.
  expect(err).toMatch(/^(?:Seeding: \d+ of \d+ rows \(\d+ %\)\.\n)*$/);
  expect(counts((await answerOf({ DATABASE_URL: url })).data)).toEqual([53, 3_169]);
});

/** A database of PostgreSQL that has all migrations and no records. */
async function newDatabase(): Promise<string> {
  const name = `${inject('template')}_large`;
  const maintenance = await openDatabase({ kind: 'postgresql', url: inject('server') });
  await maintenance.em.getConnection().execute(`create database ${name}`);
  await maintenance.close();
  const url = databaseUrl(inject('server'), name);
  const database = await openDatabase({ kind: 'postgresql', url });
  await migrate(database);
  await database.close();
  return url;
}
