import sql from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ChangeStream } from '../../src/change/stream.js';
import { type Database, openDatabase } from '../../src/database/open.js';
import type { FollowedReplicas } from '../../src/database/replicas/read-replicas.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { replicaRunnerOf } from '../../src/graph/sql/replicas.js';
import type { Logger } from '../../src/server/observability/logger.js';
import { replicaLog } from '../../src/server/observability/replica-log.js';
import { copyOnPostgreSql } from '../support/database.js';
import { until } from '../support/feed.js';
import { openPooler, type Pooler } from '../support/pooler.js';

let url: string;
let pooler: Pooler;
beforeAll(async () => {
  url = await copyOnPostgreSql();
  pooler = await openPooler(Number(new URL(url).port), 'refused');
});
afterAll(() => pooler?.close());

/** The changes of a process that has read the log up to a change which the replica does not have yet, or has. */
let looks = 0;
let hasRead = false;
const changes = {
  newest: { id: 1_000_000, mark: '' },
  reachedId: 0,
  isCutOff: false,
  isInSync: true,
  redactedId: 0,
  onRead: () => () => {},
  remembers: () => {
    looks += 1;
    return hasRead;
  },
} as unknown as { -readonly [Key in keyof ChangeStream]: ChangeStream[Key] };

const lines: unknown[] = [];
const logger: Logger = Object.assign(
  (message: string, error?: unknown) => void lines.push(['error', message, (error as Error | undefined)?.message]),
  { info: (message: string) => void lines.push(['info', message]) },
);
beforeEach(() => {
  lines.length = 0;
  looks = 0;
  hasRead = false;
});

/** Follows a replica while a test runs. It is a PostgreSQL that accepts writes, which makes no difference here. */
async function follow(
  replica: string,
  maxLagMs: number,
  run: (replicas: FollowedReplicas, database: Database) => Promise<void>,
) {
  const database: Database = await openDatabase({ kind: 'postgresql', url, replicas: { urls: [replica], maxLagMs } });
  const replicas = database.followReplicas?.(
    changes as unknown as ChangeStream,
    replicaLog(logger),
  ) as FollowedReplicas;
  try {
    replicas.start();
    await run(replicas, database);
  } finally {
    await replicas.stop();
    await database.close();
  }
}

test('a replica that is behind at the start has no line in the log', () =>
  follow(url, 60_000, async replicas => {
    await until('it was looked at', () => looks > 2);
    hasRead = true;
    await until('it is read from', () => replicas.states[0]?.isUsed);
    expect(lines).toEqual([]);
  }));

test('a replica that stays behind for longer than REPLICA_MAX_LAG_MS has an error, and its return is none', () =>
  follow(url, 0, async () => {
    const name = `replica ${new URL(url).host}`;
    await until('the log says so', () => lines.length);
    hasRead = true;
    await until('the log says so', () => lines.length > 1);
    expect(lines).toEqual([
      ['error', `${name} is not read from`, expect.stringMatching(/^it lacks changes/)],
      ['info', `${name} is read from again`],
    ]);
  }));

test('a statement during which the replica is lost is answered by the primary: a killed replica can be older when it is back', async () => {
  hasRead = true;
  await follow(url, 60_000, async (replicas, { em }) => {
    await until('it is read from', () => replicas.states[0]?.isUsed);
    const fork = em.fork();
    replicas.assign(fork, undefined);
    const read = queryRows(fork, sql`select current_setting('application_name') as name, pg_sleep(0.5)`);
    await until('the watch is gone', async () => {
      const [ended] = await queryRows<{ count: number }>(
        em.fork(),
        sql`select count(pg_terminate_backend(pid))::int as count from pg_stat_activity
          where datname = current_database() and application_name = 'stedenband-watch'`,
      );
      return ended?.count;
    });
    await read;
    expect(replicas.states[0]?.failures).toBe(1);
  });
});

test('an operation whose replica is older when it is back goes on at the primary', async () => {
  hasRead = true;
  await follow(url, 60_000, async (replicas, { em }) => {
    const position = () => replicas.states[0]?.position ?? 0;
    await until('it is read from', () => replicas.states[0]?.isUsed);
    changes.reachedId = position();
    const fork = em.fork();
    replicas.assign(fork, undefined);
    const run = replicaRunnerOf(fork);
    const read = () => run?.(async () => ['by the primary'], sql`select 1 as by`, undefined, undefined);
    expect(await read()).toEqual([{ by: 1 }]);
    await queryRows(em.fork(), sql`delete from change where id = ${changes.reachedId}`);
    await until('it was looked at', () => position() < changes.reachedId);
    expect(replicas.states[0]?.isUsed).toBe(true);
    expect(await read()).toEqual(['by the primary']);
  });
});

test('a replica behind a pooler that refuses the time-outs is not in use', async () => {
  const replica = Object.assign(new URL(url), { port: String(pooler.port) });
  hasRead = true;
  await follow(replica.href, 60_000, async replicas => {
    await until('the log says so', () => lines.length);
    expect(replicas.states[0]?.isUsed).toBe(false);
    expect(lines).toEqual([
      ['error', `replica 127.0.0.1:${pooler.port} is not read from`, 'unsupported startup parameter: lock_timeout'],
    ]);
  });
});
