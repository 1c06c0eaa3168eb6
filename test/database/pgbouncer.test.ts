import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { latestPosition } from '../../src/change/log-reader.js';
import { openDatabase } from '../../src/database/open.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { startCluster } from '../support/cluster.js';
import { ask, until } from '../support/feed.js';
import { startBuilt } from '../support/feed-server.js';
import { freePort } from '../support/global.js';
import { inQuiet } from '../support/soak.js';

const isInstalled = spawnSync('pgbouncer', ['--version']).status === 0;

/** PgBouncer does not run as root. */
const asUser = (path: string) =>
  process.getuid?.() === 0 ? ['-u', statSync(path).uid === 0 ? 'nobody' : 'postgres'] : [];

test.skipIf(!isInstalled)(
  'through PgBouncer in transaction mode, two instances read their writes, past moments are apart, and time-outs are in force',
  { timeout: 120_000 },
  async () => {
    const cluster = await startCluster();
    const port = await freePort();
    const file = join(cluster.folder, 'pgbouncer.ini');
    writeFileSync(
      file,
      `[databases]
register = host=127.0.0.1 port=${cluster.port} user=postgres
statements = host=127.0.0.1 port=${cluster.port} user=postgres dbname=register pool_mode=statement
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
logfile = ${join(cluster.folder, 'pgbouncer.log')}
`,
    );
    const { uid, gid } = statSync(cluster.folder);
    chownSync(file, uid, gid);
    const pgbouncer = spawn('pgbouncer', [...asUser(cluster.folder), file], { stdio: 'ignore' });
    const url = `postgresql://postgres@127.0.0.1:${port}/register`;
    const servers: Awaited<ReturnType<typeof startBuilt>>[] = [];
    try {
      const connects = () => {
        const client = new Client({ connectionString: url });
        client.on('error', () => undefined);
        return client.connect().then(
          () => client.end().then(() => true),
          () => false,
        );
      };
      await until('PgBouncer accepts connections', connects);
      const pooled = { DATABASE_POOLER: 'transaction', DATABASE_DIRECT_URL: cluster.url };
      await expect(startBuilt(url, '0', [], pooled)).rejects.toThrow(
        /alter role postgres set statement_timeout = 3000;/,
      );
      for (const [name, value] of Object.entries({
        statement_timeout: 3_000,
        lock_timeout: 2_000,
        idle_in_transaction_session_timeout: 5_000,
      })) {
        await cluster.run(`alter role postgres in database register set ${name} = ${value}`);
      }
      // As the message says: connections that the pooler already has keep the old time-outs.
      await cluster.run(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'register' and pid <> pg_backend_pid()`,
      );
      const statements = { kind: 'postgresql', url: `${url.slice(0, -8)}statements`, directUrl: cluster.url } as const;
      await expect(openDatabase({ ...statements, pooler: 'transaction' })).rejects.toThrow(
        /^The database of DATABASE_URL cannot be reached: transaction blocks not allowed in statement pooling mode/,
      );
      for (let count = 0; count < 2; count += 1) servers.push(await startBuilt(url, '0', [], pooled));
      const [first, second] = servers.map(server => server.url) as [string, string];
      for (const server of [first, second]) {
        const heard = async () => /^stedenband_listen_heard 1$/m.test(await (await fetch(`${server}/metrics`)).text());
        await until('it listens', heard);
      }
      const read = async () =>
        JSON.stringify(await ask(second, '{ organisations(first: 100) { nodes { names { en } } } }'));
      const delays: number[] = [];
      for (let turn = 0; turn < 10; turn += 1) {
        await read();
        const names = `{ en: "Pooled ${turn}." }`;
        await ask(
          first,
          `mutation { recordOrganisation(input: { kind: MINISTRY, names: ${names}, reason: "test" }) { change { cursor } } }`,
        );
        const writtenAt = performance.now();
        await until('the other instance has it', async () => (await read()).includes(`Pooled ${turn}.`));
        delays.push(performance.now() - writtenAt);
      }
      expect(Math.max(...delays)).toBeLessThan(inQuiet(500));
      const file = await (await fetch(`${first}/export/organisations.csv`)).text();
      expect(file).toContain('Pooled 9.');
      expect(servers.map(server => server.errors())).toEqual(['', '']);

      const database = await openDatabase({ kind: 'postgresql', url, pooler: 'transaction', directUrl: cluster.url });
      const newest = async (moment?: number) => {
        const fork = moment === undefined ? database.em.fork() : readAt(database.em.fork(), moment);
        return (await latestPosition(fork)).id;
      };
      const now = await newest();
      for (let turn = 0; turn < 5; turn += 1) {
        const moments = Array.from({ length: 40 }, (_, i) => (i % 2 ? i : undefined));
        expect(await Promise.all(moments.map(newest))).toEqual(moments.map(moment => moment ?? now));
      }
      await database.close();

      const session = new Client({ connectionString: url });
      await session.connect();
      await expect(session.query('select pg_sleep(5)')).rejects.toThrow('canceling statement due to statement timeout');
      await session.end();
    } finally {
      for (const server of servers) await server.kill('SIGTERM');
      pgbouncer.kill('SIGKILL');
      await once(pgbouncer, 'exit');
      await cluster.remove();
    }
  },
);
