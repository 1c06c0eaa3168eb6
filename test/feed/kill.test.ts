import { DurableStream, type StreamResponse } from '@durable-streams/client';
import { type ChangeEvent, MaterializedState } from '@durable-streams/state';
import { expect, test, vi } from 'vitest';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { cuttable, latest, pagesAfter, random, sleep, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { writeInterrupted } from '../support/feed-writers.js';
import { times } from '../support/soak.js';
import { expectExports, loadSnapshot } from '../support/stream-state.js';

// A server takes seconds to start on a busy machine.
vi.setConfig({ testTimeout: times(120_000, 900_000) });

const KILLS = times(2, 10);
const CUTS = times(10, 100);
const MUTATIONS = times(300, 2_000);
const WRITERS = 8;

test(`the official client follows through ${CUTS} cuts and ${KILLS} kills: nothing is lost or comes twice`, async () => {
  let server: Built = await startBuilt(await copyOnPostgreSql());
  const { url } = server;
  const way = await cuttable(url);
  try {
    const state = new MaterializedState();
    let offset = await loadSnapshot(url, state);
    const start = await latest(url);
    expect(offset).toBe(start);
    const txids: string[] = [];
    const stopping = new AbortController();
    /** Follows until it is stopped; a batch counts with its offset, and a connection that breaks begins after it. */
    const follow = async (live: 'long-poll' | 'sse') => {
      while (!stopping.signal.aborted) {
        const connection = new AbortController();
        stopping.signal.addEventListener('abort', () => connection.abort(), { once: true });
        try {
          const handle = new DurableStream({
            url: `${way.url}/feed`,
            contentType: 'application/json',
            backoffOptions: { initialDelay: 20, maxDelay: 200, multiplier: 1.3 },
          });
          const response: StreamResponse<Json> = await handle.stream<Json>({
            offset,
            live,
            json: true,
            signal: connection.signal,
          });
          response.subscribeJson(async batch => {
            if (connection.signal.aborted) return;
            state.applyBatch(batch.items as ChangeEvent[]);
            for (const { headers } of batch.items) if (txids.at(-1) !== headers.txid) txids.push(headers.txid);
            offset = batch.offset;
          });
          await response.closed;
        } catch {
          // The connection was cut, or the server killed: again, from the last offset.
        }
        connection.abort();
        await sleep(20);
      }
    };
    const following = follow(random(2) ? 'long-poll' : 'sse');
    const restart = async () => {
      server = await server.restart();
    };
    const calls = { writers: WRITERS, mutations: MUTATIONS };
    const acknowledged = await writeInterrupted(url, calls, [KILLS, restart], [CUTS, way.cut]);
    const cursors = (await pagesAfter(url, start)).map(({ cursor }) => cursor);
    expect(cursors).toHaveLength(acknowledged.length);
    await until('all came', () => txids.at(-1) === cursors.at(-1), times(60_000, 120_000));
    stopping.abort();
    await following;
    // Each mutation is a change of its own, so each has one run of messages.
    expect(txids).toEqual(cursors);
    await expectExports(url, state);
  } finally {
    await way.close();
    await server.kill('SIGKILL');
  }
});
