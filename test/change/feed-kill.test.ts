import { expect, test, vi } from 'vitest';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import {
  ask,
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
import { type Built, startBuilt } from '../support/feed-server.js';
import { writeInterrupted } from '../support/feed-writers.js';
import { times } from '../support/soak.js';

// A server takes seconds to start on a busy machine.
vi.setConfig({ testTimeout: times(120_000, 600_000) });

const KILLS = times(3, 10);
const MUTATIONS = times(500, 2_000);

/** Returns the written records as they are in the register. */
async function records(url: string, ids: string[]): Promise<Map<string, Json>> {
  const query = `query($id: ID!) { node(id: $id) {
    ... on Organisation { version notes history(first: 100) { totalCount } }
    ... on Partnership { version notes history(first: 100) { totalCount } } } }`;
  return new Map(
    await Promise.all(ids.map(async (id): Promise<[string, Json]> => [id, (await ask(url, query, { id })).node])),
  );
}

test(`a server that is killed ${KILLS} times loses no mutation that it acknowledged, and leaves none half`, async () => {
  let server: Built = await startBuilt(await copyOnPostgreSql());
  const { url } = server;
  try {
    const start = await latest(url);
    const subscribers = [overWebSocket, overEvents].map(over => followAlways(over, url, start));
    const kill = async () => {
      await sleep(random(30));
      expect(await server.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
      server = await server.restart();
    };
    // Writers lose answers too: of calls that were made, and are made again.
    const way = await cuttable(url);
    way.cutWithin(300);
    const acknowledged = await writeInterrupted(way.url, { writers: 8, mutations: MUTATIONS }, [KILLS, kill]);
    way.cutWithin(0);
    await way.close();
    const pages = await pagesAfter(url, start);

    // Every mutation that was acknowledged is in the log, exactly once, and nothing else is.
    expect(acknowledged).toHaveLength(MUTATIONS);
    expect(pages.map(({ cursor }) => idOf(cursor)).toSorted()).toEqual(
      acknowledged.map(({ cursor }) => idOf(cursor)).toSorted(),
    );
    const byCursor = new Map(pages.map(change => [change.cursor, change]));
    for (const { cursor, id, key } of acknowledged) {
      const change = byCursor.get(cursor);
      expect(change.subjectId).toBe(id);
      expect(change.fields).toContainEqual({ field: 'notes', before: expect.toSatisfy(() => true), after: key });
    }

    // None is half: a record is at the version, and holds the value, that its last change says.
    const last = new Map(
      acknowledged.toSorted((a, b) => idOf(a.cursor) - idOf(b.cursor)).map(write => [write.id, write]),
    );
    const stored = await records(url, [...last.keys()]);
    for (const [id, { version, key }] of last) {
      expect(stored.get(id)).toEqual({ version, notes: key, history: { totalCount: version } });
    }
    const { organisations } = await ask(url, '{ organisations { totalCount } }');
    const recorded = pages.filter(({ kind }) => kind === 'RECORDED').length;
    expect(organisations.totalCount).toBe(40 + recorded);

    for (const following of subscribers) {
      await until('all arrived', () => following.changes.length >= MUTATIONS);
      await following.stop();
      expect(following.resumed).toBeGreaterThanOrEqual(KILLS);
      expect(following.changes).toEqual(pages);
    }
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(server.errors()).toBe('');
  } finally {
    server.child.kill('SIGKILL');
  }
});
