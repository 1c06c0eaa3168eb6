import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetMoments, resolveMoment } from '../../src/change/moment.js';
import { type Database, openDatabase } from '../../src/database/open.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { appendChange } from '../support/append-change.js';
import { type Cluster, startCluster } from '../support/cluster.js';
import { type SettableClock, settableClock } from '../support/faketime.js';
import { random } from '../support/feed.js';

let folder: string;
let clock: SettableClock | undefined;
let cluster: Cluster;
/** Two instances, each with moments of its own. */
let [first, second]: Database[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-clock-'));
  await chmod(folder, 0o755);
  clock = settableClock(join(folder, 'clock'));
  if (!clock) return;
  cluster = await startCluster(undefined, clock.environment);
  [first, second] = await Promise.all([1, 2].map(() => openDatabase({ kind: 'postgresql', url: cluster.url })));
}, 120_000);

afterAll(async () => {
  await Promise.all([first?.close(), second?.close()]);
  await cluster?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Appends a change, as a mutation does. */
async function append(database: Database): Promise<{ id: number; time: number }> {
  const em = database.em.fork();
  return em.transactional(async transaction => {
    const { id, recordedAt } = await appendChange(transaction);
    return { id, time: new Date(recordedAt).getTime() };
  });
}

/** Returns the time of the database's clock. */
async function databaseTime(database: Database): Promise<number> {
  const [row] = await queryRows<{ time: string }>(database.em.fork(), sql`select clock_timestamp() as time`);
  return new Date(row?.time as string).getTime();
}

const resolve = async ({ em }: Database, instant: number) =>
  (await resolveMoment(em.fork(), new Date(instant).toISOString())).changeId;

test.skipIf(!settableClock(join(tmpdir(), `stedenband-clock-${process.pid}`)))(
  'times go on and instants keep their prefix when the clock of the database is set back (needs faketime)',
  async () => {
    const oldest = await append(first as Database);
    clock?.set('+2h');
    const asked = await databaseTime(first as Database);
    expect(asked - Date.now()).toBeGreaterThan(7_000_000);
    expect(await resolve(first as Database, asked)).toBe(oldest.id);

    clock?.set('-2h');
    expect((await databaseTime(second as Database)) - Date.now()).toBeLessThan(-7_000_000);
    const later = [await append(first as Database), await append(second as Database), await append(first as Database)];
    expect(later.map(({ time }) => time - asked).every(ahead => ahead > 0 && ahead < 1_000)).toBe(true);
    expect(later.map(({ time }) => time - (later[0]?.time as number))).toEqual([0, 1, 2]);
    // The same prefix as before, also from an instance that was not asked yet; and from the first one, asked anew.
    expect(await resolve(second as Database, asked)).toBe(oldest.id);
    forgetMoments((first as Database).em);
    expect(await resolve(first as Database, asked)).toBe(oldest.id);
    // The times of the log can be asked for, although the clock is behind them.
    expect(await resolve(first as Database, later[2]?.time as number)).toBe(later[2]?.id);
  },
);

test.skipIf(!settableClock(join(tmpdir(), `stedenband-clock-${process.pid}`)))(
  'every answer of writers and readers at once stays, while the clock jumps (needs faketime)',
  async () => {
    const databases = [first, second] as Database[];
    // Before the first change nothing can be asked for.
    clock?.set('+0');
    const answers: { instant: number; changeId: number }[] = [];
    let writing = 4;
    const writer = async (database: Database) => {
      for (let turn = 0; turn < 40; turn += 1) await append(database);
      writing -= 1;
    };
    const reader = async (database: Database) => {
      while (writing) {
        const instant = (await databaseTime(database)) - random(20);
        const resolved = await resolve(database, instant).then(
          changeId => changeId,
          // The clock was set back between the two statements.
          (error: { extensions?: { code?: string } }) => {
            if (error.extensions?.code !== 'MOMENT_IN_FUTURE') throw error;
            return undefined;
          },
        );
        if (resolved !== undefined) answers.push({ instant, changeId: resolved });
      }
    };
    const jumping = setInterval(() => clock?.set(`+${random(60)}m`), 15);
    try {
      await Promise.all([...databases, ...databases].map(writer).concat([...databases, ...databases].map(reader)));
    } finally {
      clearInterval(jumping);
      clock?.set('+0');
    }
    const log = await queryRows<{ id: number; time: string }>(
      (first as Database).em.fork(),
      sql`select id, recorded_at as time from change where actor = 'test' order by id`,
    );
    const times = log.map(({ time }) => new Date(time).getTime());
    expect(times.length).toBeGreaterThanOrEqual(160);
    for (const [index, time] of times.slice(1).entries()) expect(time).toBeGreaterThan(times[index] as number);
    expect(answers.length).toBeGreaterThan(50);
    for (const database of databases) forgetMoments(database.em);
    for (const { instant, changeId } of answers) {
      const [again, elsewhere] = await Promise.all(databases.map(database => resolve(database, instant)));
      expect([instant, again, elsewhere]).toEqual([instant, changeId, changeId]);
    }
  },
);
