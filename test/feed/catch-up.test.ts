import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { expect, test, vi } from 'vitest';
import { cursorSql } from '../../src/change/cursor.js';
import { copyOnPostgreSql } from '../support/database.js';
import { latest, overWebSocket, until } from '../support/feed.js';
import { startBuilt } from '../support/feed-server.js';
import { inQuiet, isSoak, times } from '../support/soak.js';
import { exported, readFeed } from '../support/stream-state.js';

vi.setConfig({ testTimeout: times(120_000, 900_000) });

const EXCHANGES = times(4_000, 100_000);
const BATCH = 2_000;
/** The bound for 100,000 changes, on two cores that do nothing else. */
const MAX_MS = 10_000;
/** The bound for the memory of the process, most of which is in use before. */
const MAX_RSS_KB = 400_000;
/** Limits the heap: without a limit V8 keeps 200 MB of garbage, and the peak would not show the memory in use. */
const HEAP = '--max-old-space-size=256';

/** Records exchanges of random cities, each by a change of its own, as a mutation would log them. */
async function record(client: Client, first: number): Promise<void> {
  await client.query('begin');
  await client.query(
    `insert into exchange (id, kind, subkind, title, sort_name, status, recurring, started_on, dutch_id, chinese_id, participants, description, confidence)
     select 'exch-many-' || n, 'CULTURAL', 'MUSEUM', jsonb_build_object('en', 'Exhibition ' || n, 'zh', '展览 ' || n), 'exhibition ' || n,
       'HELD', false, (1980 + n % 45)::text, nl.ids[1 + n * 7 % cardinality(nl.ids)], cn.ids[1 + n * 11 % cardinality(cn.ids)],
       array['Museum ' || n], repeat(md5(n::text) || ' ', 8), 'SOURCED'
     from generate_series($1::int, $2::int) n, (select array_agg(id) as ids from authority where country = 'NL') nl,
       (select array_agg(id) as ids from authority where country = 'CN') cn`,
    [first, first + BATCH - 1],
  );
  await client.query(
    `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
     select 'RECORDED', 'test', 'EXCHANGE', e.id, 1, array[e.dutch_id, e.chinese_id], jsonb_build_array(
       jsonb_build_object('field', 'title', 'before', null, 'after', e.title),
       jsonb_build_object('field', 'dutch', 'before', null, 'after', e.dutch_id),
       jsonb_build_object('field', 'chinese', 'before', null, 'after', e.chinese_id),
       jsonb_build_object('field', 'description', 'before', null, 'after', e.description))
     from exchange e where e.id like 'exch-many-%' and substring(e.id from 11)::int between $1 and $2 order by e.id`,
    [first, first + BATCH - 1],
  );
  await client.query('commit');
}

/** The most memory that a process had so far, in kB. */
const peakOf = (pid: number): number => Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

test(`a client that is ${EXCHANGES} changes behind catches up, in memory that does not grow`, async () => {
  const database = await copyOnPostgreSql();
  const server = await startBuilt(database, '0', [HEAP]);
  const client = new Client({ connectionString: database });
  await client.connect();
  try {
    const start = await latest(server.url);
    for (let first = 1; first <= EXCHANGES; first += BATCH) await record(client, first);
    // As autovacuum has done to a log that grew over days.
    await client.query('vacuum analyze');
    // From the database: the server may not have heard of the last change yet.
    const { rows } = await client.query<{ cursor: string }>(
      `select ${cursorSql('c')} as cursor from change c order by id desc limit 1`,
    );
    const end = rows[0]?.cursor;
    await until('the server has heard of it', async () => (await latest(server.url)) === end);

    const byFeed = performance.now();
    const counts = new Map<string, number>();
    let messages = 0;
    for (let offset = start; ; ) {
      const page = await readFeed(server.url, { offset });
      messages += page.messages.length;
      for (const { type, key, value } of page.messages)
        if (type === 'authorities') counts.set(key, value.exchangeCount);
      offset = page.next;
      if (page.isUpToDate) break;
    }
    const feedMs = performance.now() - byFeed;
    const peak = peakOf(server.child.pid as number);

    const bySocket = performance.now();
    const control = new AbortController();
    let events = 0;
    const query = 'subscription($after: ChangeCursor) { changes(after: $after) { cursor kind subjectId } }';
    await overWebSocket(
      server.url,
      start,
      ({ cursor }) => {
        events += 1;
        if (cursor === end) control.abort();
      },
      control.signal,
      query,
    );
    const socketMs = performance.now() - bySocket;
    console.log(
      `${EXCHANGES} changes: /feed ${(feedMs / 1_000).toFixed(1)} s (${messages} messages, peak ${Math.round(peak / 1_000)} MB), subscription ${(socketMs / 1_000).toFixed(1)} s`,
    );

    expect(events).toBe(EXCHANGES);
    expect(messages).toBeGreaterThan(EXCHANGES);
    const authorities = await exported(server.url, 'authorities');
    for (const [id, count] of counts) expect([id, count]).toEqual([id, authorities.get(id).exchangeCount]);
    expect(counts.size).toBeGreaterThan(50);
    expect(peak).toBeLessThan(MAX_RSS_KB);
    if (isSoak) {
      expect(feedMs).toBeLessThan(inQuiet(MAX_MS));
      expect(socketMs).toBeLessThan(inQuiet(MAX_MS));
    }
  } finally {
    await client.end();
    await server.kill('SIGKILL');
  }
});
