import { setImmediate } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { changeCursor } from '../../src/change/cursor.js';
import { forgetMoments, resolveMoment } from '../../src/change/moment.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { appendChange } from '../support/append-change.js';
import { copyOnPostgreSql } from '../support/database.js';
import { random } from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';
import { write } from '../support/feed-writers.js';

let feed: Feed;
beforeAll(async () => {
  feed = await openFeed(await copyOnPostgreSql());
});
afterAll(() => feed.close());

const fork = () => feed.database.em.fork();

test('an instant waits for a writer that has its time and has not committed yet', async () => {
  const writer = fork();
  await writer.begin();
  const { recordedAt, ...position } = await appendChange(writer);
  const instant = new Date(recordedAt).toISOString();
  await vi.waitUntil(() => Date.now() > Date.parse(instant));
  let isResolved = false;
  const resolving = resolveMoment(fork(), instant).finally(() => {
    isResolved = true;
  });
  // Statements of one tick share a connection.
  await setImmediate();
  const isWaiting = sql`select 1 from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;
  try {
    await vi.waitUntil(async () => (await queryRows(fork(), isWaiting)).length > 0);
    expect(isResolved).toBe(false);
  } finally {
    await writer.commit();
  }
  expect(await resolving).toEqual({ changeId: position.id, cursor: changeCursor(position), recordedAt: instant });
});

test('an instant of the past waits for nobody', async () => {
  const [newest] = await queryRows<{ id: number; time: string }>(
    fork(),
    sql`select id, recorded_at as time from change order by id desc limit 1`,
  );
  const writer = fork();
  await writer.begin();
  try {
    await appendChange(writer);
    const instant = new Date(newest?.time as string).toISOString();
    forgetMoments(feed.database.em);
    expect((await resolveMoment(fork(), instant)).changeId).toBe(newest?.id);
  } finally {
    await writer.rollback();
  }
});

test('instants that are asked for during 300 mutations by eight writers keep their prefix', async () => {
  const answers: { instant: string; changeId: number }[] = [];
  let isWriting = true;
  const reader = async () => {
    while (isWriting) {
      const instant = new Date(Date.now() - random(10)).toISOString();
      answers.push({ instant, changeId: (await resolveMoment(fork(), instant)).changeId });
    }
  };
  const readers = [reader(), reader()];
  await write(() => feed.url, { writers: 8, mutations: 300 });
  isWriting = false;
  await Promise.all(readers);
  expect(answers.length).toBeGreaterThan(100);
  const log = await queryRows<{ id: number; time: string }>(
    fork(),
    sql`select id, recorded_at as time from change order by id`,
  );
  const times = log.map(({ id, time }) => ({ id, time: new Date(time).getTime() }));
  forgetMoments(feed.database.em);
  for (const { instant, changeId } of answers) {
    expect((await resolveMoment(fork(), instant)).changeId).toBe(changeId);
    expect(times.findLast(({ time }) => time <= Date.parse(instant))?.id).toBe(changeId);
  }
});
