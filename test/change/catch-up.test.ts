import { expect, test } from 'vitest';
import type { Change } from '../../src/change/change.js';
import { LOG_START } from '../../src/change/cursor.js';
import type { ResolvedFilter } from '../../src/change/filter.js';
import type { Subscriber } from '../../src/change/subscriber.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { ask, sleep, until } from '../support/feed.js';
import { openGatedFeed } from '../support/feed-server.js';

/** More than the buffer: a subscriber that resumes at the start reads the log. */
const CHANGES = 20_000;
const MATCHES = 20;
/** As the stream has it. */
const MAX_READS = 4;

const { feed, gate } = await openGatedFeed(async session => {
  await session.query(
    `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
       select 'REVISED', 'test', 'EXCHANGE', 'exch-' || n, 1,
         case when n % $2::int = 0 then array['nl-delft', 'cn-test'] else array['nl-gouda'] end,
         jsonb_build_array(jsonb_build_object('field', 'notes', 'before', null, 'after', repeat(md5(n::text), 30)))
       from generate_series(1, $1::int) n`,
    [CHANGES, CHANGES / MATCHES],
  );
  await session.query('analyze change');
});

/** Returns the statements by which the log is read for those who are behind, while a function runs. */
async function reads(during: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const listen = (message: unknown) => {
    if (/^\(select c\..*union all/s.test((message as StatementEvent).text)) count += 1;
  };
  statementChannel.subscribe(listen);
  await during().finally(() => statementChannel.unsubscribe(listen));
  return count;
}

const resume = (filter: ResolvedFilter, withFields = false) => feed.stream.subscribe(LOG_START, { filter, withFields });

async function take(subscriber: Subscriber, count: number) {
  const changes = [];
  while (changes.length < count) changes.push((await subscriber.next()).value);
  return changes;
}

test('a filter is applied by the database: pages have only what matches', async () => {
  const matching = resume({ authority: 'cn-test' });
  const nothing = resume({ subjectIds: ['exch-none'] });
  const pending = nothing.next();
  const count = await reads(async () => {
    const changes = await take(matching, MATCHES);
    expect(changes.every(({ authorities }) => authorities.includes('cn-test'))).toBe(true);
    await until('the other has passed all', () => nothing.position.id === feed.stream.newest.id);
  });
  // One page each; the stream polls meanwhile.
  expect(count).toBeLessThanOrEqual(3);
  await Promise.all([matching.return(), nothing.return(), pending]);
});

test('fields are read only if they are selected', async () => {
  const [without, whole] = [resume({ authority: 'cn-test' }), resume({ authority: 'cn-test' }, true)];
  for (const { fields } of await take(without, MATCHES)) expect(fields).toEqual([]);
  for (const { fields } of await take(whole, MATCHES)) expect(fields).toHaveLength(1);
  await Promise.all([without.return(), whole.return()]);
});

test('subscribers that resume at one position share pages', async () => {
  const subscribers = Array.from({ length: 50 }, () => resume({}));
  const count = await reads(() => Promise.all(subscribers.map(subscriber => take(subscriber, 2_000))));
  expect(count).toBeLessThan(50);
  await Promise.all(subscribers.map(subscriber => subscriber.return()));
});

test('a few pages are read at a time, so that others are answered meanwhile', async () => {
  await gate.query('begin');
  await gate.query('lock table change in access exclusive mode');
  // Each with a filter of its own: they share nothing.
  const subscribers = Array.from({ length: 200 }, (_, n) => resume({ subjectIds: [`exch-${n + 1}`] }));
  let firsts: Promise<IteratorResult<Change>>[] = [];
  const sent = await reads(async () => {
    firsts = subscribers.map(subscriber => subscriber.next());
    await sleep(200);
  });
  // The stream may poll meanwhile.
  expect([MAX_READS, MAX_READS + 1]).toContain(sent);
  const { organisation } = await ask(feed.url, '{ organisation(id: "org-vng") { id } }');
  expect(organisation).toEqual({ id: 'org-vng' });
  await gate.query('commit');
  const changes = await Promise.all(firsts);
  expect(changes.map(({ value }) => value.subjectId)).toEqual(subscribers.map((_, n) => `exch-${n + 1}`));
  await Promise.all(subscribers.map(subscriber => subscriber.return()));
  expect(feed.stream.size).toBe(0);
});
