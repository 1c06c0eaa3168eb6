import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import {
  ask,
  type Following,
  followAlways,
  idOf,
  latest,
  overEvents,
  overWebSocket,
  pagesAfter,
  random,
  sleep,
  until,
} from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';
import { write } from '../support/feed-writers.js';

const SUBSCRIBERS = 50;
const MUTATIONS = 400;

let feed: Feed;
beforeAll(async () => {
  feed = await openFeed(await copyOnPostgreSql());
});
afterAll(() => feed.close());

const cursorsOf = ({ changes }: Following) => changes.map(({ cursor }) => cursor);

test('between the log and what is live there is no gap and nothing twice, whenever a subscriber comes', async () => {
  const start = await latest(feed.url);
  const cursors = [start];
  let writing = true;
  const writers = write(
    () => feed.url,
    { writers: 8, mutations: MUTATIONS },
    ({ cursor }) => cursors.push(cursor),
  ).finally(() => {
    writing = false;
  });
  const subscribers: { following: Following; after?: string; newest: string }[] = [];
  for (let n = 0; n < SUBSCRIBERS; n += 1) {
    // After the very newest change, an earlier one, or from now on: at a random moment while others write.
    const due = (n * MUTATIONS * 0.8) / SUBSCRIBERS;
    await until('writers write', () => cursors.length > due);
    await sleep(random(5));
    const newest = cursors.at(-1) as string;
    const after = [newest, cursors[random(cursors.length)], undefined][n % 3];
    const following = followAlways(n % 2 ? overEvents : overWebSocket, feed.url, after);
    subscribers.push({ following, newest, ...(after !== undefined && { after }) });
  }
  expect(writing).toBe(true);
  await writers;
  const all = (await pagesAfter(feed.url, start)).map(({ cursor }) => cursor);
  expect(all).toHaveLength(MUTATIONS);

  for (const { following, after, newest } of subscribers) {
    await until('all arrived', () => following.changes.at(-1)?.cursor === all.at(-1));
    await following.stop();
    expect(following.resumed).toBe(0);
    if (after !== undefined) {
      expect(cursorsOf(following)).toEqual(all.slice(all.indexOf(after) + 1));
    } else {
      // From the first on nothing is left out; and the first is no older than what was known when it came.
      const first = following.changes[0].cursor;
      expect(idOf(first)).toBeGreaterThanOrEqual(idOf(newest));
      expect(cursorsOf(following)).toEqual(all.slice(all.indexOf(first)));
    }
  }
  expect(subscribers.filter(({ after }) => after === undefined).length).toBeGreaterThan(10);
});

test('a subscriber without after is told what is written from the moment that it follows', async () => {
  const subscribers = [overWebSocket, overEvents].map(over => followAlways(over, feed.url, undefined));
  await sleep(300);
  const acknowledged = await write(() => feed.url, { writers: 1, mutations: 5 });
  for (const following of subscribers) {
    await until('all arrived', () => following.changes.length >= 5);
    await following.stop();
    expect(cursorsOf(following)).toEqual(acknowledged.map(({ cursor }) => cursor));
  }
});

/** The organisations as a partner app keeps them: only what stands in the log as it is. */
const COPY = 'id notes city names { en } version';
const copyOf = async (): Promise<Json[]> => {
  const all: Json[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo }: Json = (
      await ask(
        feed.url,
        `query($after: String) { organisations(first: 100, after: $after) { nodes { ${COPY} } pageInfo { hasNextPage endCursor } } }`,
        { after },
      )
    ).organisations;
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
    after = pageInfo.endCursor;
  }
};

test('a copy that was loaded while others wrote, and then followed, is the register', async () => {
  let done = false;
  const writers = write(() => feed.url, { writers: 4, mutations: 200 }).finally(() => {
    done = true;
  });
  await sleep(100);
  // In this order: changes made while the copy loads are sent again.
  const cursor = await latest(feed.url);
  const copy = new Map((await copyOf()).map(({ id, notes, city, names: { en } }) => [id, { notes, city, en }]));
  expect(done).toBe(false);
  const following = followAlways(overWebSocket, feed.url, cursor);
  await writers;
  const end = await latest(feed.url);
  await until('all arrived', () => following.changes.at(-1)?.cursor === end);
  await following.stop();
  for (const { subjectType, subjectId, fields } of following.changes) {
    if (subjectType !== 'ORGANISATION') continue;
    const record: Json = copy.get(subjectId) ?? { notes: null, city: null, en: null };
    for (const { field, after } of fields) {
      if (field === 'notes' || field === 'city') record[field] = after;
      if (field === 'names') record.en = after.en;
    }
    copy.set(subjectId, record);
  }
  const register = (await copyOf()).map(({ id, notes, city, names: { en } }): [string, Json] => [
    id,
    { notes, city, en },
  ]);
  expect(Object.fromEntries(copy)).toEqual(Object.fromEntries(register));
  expect(register.length).toBeGreaterThan(60);
});
