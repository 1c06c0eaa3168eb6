import { expect, test } from 'vitest';
import type { Json } from '../support/calls.js';
import { until } from '../support/feed.js';
import { openGatedFeed } from '../support/feed-server.js';
import { INVARIANTS, outcome, pairOfCalls, stateOf, type TestCall, World } from '../support/pairs.js';
import { randomNumbers } from '../support/random-document.js';
import { times } from '../support/soak.js';

const TIME_MS = times(15_000, 600_000);

/** The key of the advisory lock that writers take before they write to the log. */
const LOG_LOCK = 7_370_001;

/** `gate` lets no writer commit; `watcher` only looks. Rules hold whatever isolation the database has by default. */
const { gate, watcher, feed } = await openGatedFeed(session =>
  session.query(`alter database ${session.database} set default_transaction_isolation = 'repeatable read'`),
);

const call = (it: TestCall) => outcome(feed.url, it);

async function inOrder(first: TestCall, second: TestCall): Promise<[string, string]> {
  const code = await call(first);
  return [code, await call(second)];
}

/** Runs both so that each has checked what it checks before either commits, or waits for the other. */
async function atOnce(first: TestCall, second: TestCall): Promise<[string, string]> {
  await gate.query('begin');
  await gate.query('select pg_advisory_xact_lock($1)', [LOG_LOCK]);
  let ended = 0;
  const running = [first, second].map(it =>
    call(it).finally(() => {
      ended += 1;
    }),
  );
  await until('each waits or has ended', async () => {
    const { rows } = await watcher.query(
      "select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return ended + rows[0].waiting >= 2;
  });
  await gate.query('commit');
  return (await Promise.all(running)) as [string, string];
}

test(
  'two calls at once come to the same as the two one after the other, in either order',
  async () => {
    const seed = Date.now() % 2 ** 31;
    const random = randomNumbers(seed);
    const codes: Record<string, number> = {};
    const end = Date.now() + TIME_MS;
    for (let round = 1; Date.now() < end; round += 1) {
      const worlds = ['ab', 'ba', 'both'].map(name => new World(`r${round}${name}`));
      const [ab, ba, both] = worlds as [World, World, World];
      const isParent = [random(), random(), random()].map(number => number < 0.4);
      for (const world of worlds) await world.create(watcher, isParent);
      const pair = pairOfCalls(random);
      const [firstAb, secondAb] = pair(ab);
      const [firstBa, secondBa] = pair(ba);
      const forwards = { codes: await inOrder(firstAb, secondAb), state: await stateOf(watcher, ab) };
      const backwards = {
        codes: (await inOrder(secondBa, firstBa)).toReversed(),
        state: await stateOf(watcher, ba),
      };
      const concurrent = { codes: await atOnce(...pair(both)), state: await stateOf(watcher, both) };
      const where = `seed ${seed}, round ${round}: ${JSON.stringify(pair(both))}`;
      expect([forwards, backwards], where).toContainEqual(concurrent);
      for (const [rule, query] of Object.entries(INVARIANTS)) {
        expect((await watcher.query<Json>(query)).rows, `${rule}, ${where}`).toEqual([]);
      }
      for (const code of concurrent.codes) codes[code] = (codes[code] ?? 0) + 1;
    }
    // The pairs do meet: some calls are refused, and most are written.
    expect(codes.WRITTEN).toBeGreaterThan(20);
    expect(codes.INVALID).toBeGreaterThan(0);
  },
  TIME_MS + 45_000,
);
