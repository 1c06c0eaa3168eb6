import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import {
  type Connect,
  cuttable,
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

const MUTATIONS = 500;
const CUTS = 50;

let address: string;
let feed: Feed;
beforeAll(async () => {
  address = await copyOnPostgreSql();
  feed = await openFeed(address);
});
afterAll(() => feed.close());

/** Samples the number of visible changes and the newest of them. */
async function watchCommits(): Promise<{ stop(): Promise<{ count: number; newest: number }[]> }> {
  const client = new Client({ connectionString: address });
  await client.connect();
  const moments: { count: number; newest: number }[] = [];
  let stopped = false;
  const watch = async () => {
    while (!stopped) {
      const { rows } = await client.query('select count(*)::int as count, max(id) as newest from change');
      moments.push(rows[0]);
    }
    await client.end();
  };
  const watching = watch();
  return {
    stop: async () => {
      stopped = true;
      await watching;
      return moments;
    },
  };
}

describe('8 writers make 500 mutations', () => {
  test('and subscribers whose connections are cut 50 times see each once, in the order of the commits', async () => {
    const start = await latest(feed.url);
    const subscribers = await Promise.all(
      [overWebSocket, overEvents].map(async (over: Connect) => {
        const way = await cuttable(feed.url);
        const following = followAlways(over, way.url, start);
        let cuts = 0;
        const cutting = async () => {
          while (cuts < CUTS) {
            // Spread over the whole run, at any moment: before the first change, between two, in the middle of one.
            const due = (cuts * MUTATIONS * 0.9) / CUTS;
            await until('changes arrive', () => following.changes.length >= due);
            await sleep(random(25));
            const before = following.resumed;
            await way.cut();
            cuts += 1;
            await until('it came back', () => following.resumed > before);
          }
        };
        return { following, way, cutting: cutting(), cuts: () => cuts };
      }),
    );
    const commits = await watchCommits();
    const acknowledged = await write(() => feed.url, { writers: 8, mutations: MUTATIONS, pause: 10 });
    const moments = await commits.stop();
    const pages = await pagesAfter(feed.url, start);

    expect(acknowledged).toHaveLength(MUTATIONS);
    const cursors = pages.map(({ cursor }: Json) => cursor);
    expect(cursors.toSorted()).toEqual(acknowledged.map(({ cursor }) => cursor).toSorted());
    for (const { following, way, cutting, cuts } of subscribers) {
      await cutting;
      await until('all arrived', () => following.changes.length >= MUTATIONS);
      await sleep(100);
      await following.stop();
      await way.close();
      expect(cuts()).toBe(CUTS);
      expect(following.resumed).toBeGreaterThanOrEqual(CUTS);
      expect(following.changes).toEqual(pages);
    }

    // A reader that sees a change sees all with a lower id: ids are in the order of the commits.
    const ids = cursors.map(idOf);
    expect(ids).toEqual(ids.toSorted((a: number, other: number) => a - other));
    const first = idOf(start);
    const seen = moments.filter(({ newest }) => newest > first);
    expect(new Set(seen.map(({ newest }) => newest)).size).toBeGreaterThan(50);
    const before = seen.map(({ count, newest }) => count - ids.filter((id: number) => id <= newest).length);
    expect(new Set(before).size).toBe(1);
  });
});
