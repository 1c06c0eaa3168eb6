import { Client } from 'pg';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { COMMAND_LIMITS } from '../../src/database/pool.js';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, sleep, until } from '../support/feed.js';
import { startBuilt } from '../support/feed-server.js';
import { openProxy } from '../support/proxy.js';

test('a process opens DATABASE_POOL_SIZE connections, one to listen, and one for each of at most four exports', async () => {
  const url = await copyOnPostgreSql();
  const watcher = new Client({ connectionString: url });
  await watcher.connect();
  const server = await startBuilt(url, '0', [], {
    DATABASE_POOL_SIZE: '3',
    RESPONSE_CACHE: 'off',
    // One client has a third of the connections, and one export at a time.
    TRUSTED_PROXIES: '127.0.0.1',
  });
  try {
    const seen: Record<string, number> = {};
    let most = 0;
    const count = async () => {
      const { rows } = await watcher.query<{ name: string; count: number }>(
        `select application_name as name, count(*)::int from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' group by 1`,
      );
      for (const { name, count } of rows) seen[name] = Math.max(seen[name] ?? 0, count);
      most = Math.max(
        most,
        rows.reduce((sum, { count }) => sum + count, 0),
      );
    };
    const load = async () => {
      const client = (number: number) => ({ 'x-forwarded-for': `192.0.2.${number}` });
      const query = '{ exchanges(first: 50) { nodes { id } } }';
      const reads = Array.from({ length: 40 }, (_, number) => ask(server.url, query, {}, client(number)));
      const files = Array.from({ length: 6 }, (_, number) =>
        fetch(`${server.url}/export/exchanges.csv`, { headers: client(number) }).then(response => response.text()),
      );
      await Promise.all([...reads, ...files]);
    };
    await until('four exports ran at once', async () => {
      let isLoading = true;
      const loading = load().finally(() => {
        isLoading = false;
      });
      while (isLoading) await count();
      await loading;
      return seen['stedenband-export'] === 4;
    });
    expect(seen).toEqual({ stedenband: 3, 'stedenband-listen': 1, 'stedenband-export': 4 });
    expect(most).toBeLessThanOrEqual(3 + 1 + 4);
  } finally {
    await server.kill('SIGTERM');
    await watcher.end();
  }
});

test('a connection whose server is silent ends with its statement, and one that nothing is asked of stays', async () => {
  const url = new URL(await copyOnPostgreSql());
  const proxy = await openProxy(Number(url.port));
  url.port = String(proxy.port);
  const limits = { ...COMMAND_LIMITS, poolSize: 1, queryTimeout: 500 };
  const database = await openDatabase({ kind: 'postgresql', url: url.href }, { limits });
  const backend = async () => (await database.em.getConnection().execute('select pg_backend_pid() as pid'))[0]?.pid;
  try {
    const first = await backend();
    await sleep(2 * limits.queryTimeout);
    expect(await backend()).toBe(first);
    proxy.forwardNew();
    await expect(backend()).rejects.toThrow('Query read timeout');
    expect(await backend()).not.toBe(first);
  } finally {
    await database.close();
    await proxy.close();
  }
});
