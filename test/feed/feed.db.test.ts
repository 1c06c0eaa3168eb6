import { MaterializedState } from '@durable-streams/state';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Database } from '../../src/database/open.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import { createService, type Service } from '../../src/server/service.js';
import { openTestDatabase } from '../support/database.js';
import { UNBOUNDED } from '../support/protection.js';
import { RandomEditor } from '../support/random-edits.js';
import { catchUp, expectExports, expectSnapshot, loadSnapshot } from '../support/stream-state.js';

let database: Database;
let serving: RunningServer;
let service: Service;
beforeAll(async () => {
  database = await openTestDatabase();
  serving = await serve(database, '127.0.0.1', 0, console.error, { protection: UNBOUNDED });
  service = await createService(database, console.error);
});
afterAll(async () => {
  await service.close();
  await serving.close();
  await database.close();
});

const EDITS = 40;

/** Random numbers that are the same in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe('a copy is what the exports hold', () => {
  test('of the snapshot', async () => {
    const state = new MaterializedState();
    await loadSnapshot(serving.url, state);
    await expectExports(serving.url, state);
  });

  test('of the whole log', async () => {
    const state = new MaterializedState();
    await catchUp(serving.url, state, '-1');
    await expectExports(serving.url, state);
  });

  test('after each of many random edits, also of the records whose lines change with others', async () => {
    const { url } = serving;
    const [followed, replayed] = [new MaterializedState(), new MaterializedState()];
    let offset = await loadSnapshot(url, followed);
    const editor = new RandomEditor(database, service, seeded(7));
    for (let n = 0; n < EDITS; n += 1) {
      await editor.edit();
      offset = await catchUp(url, followed, offset);
      await expectSnapshot(url, followed);
    }
    await catchUp(url, replayed, '-1');
    await expectExports(url, replayed);
  });
});
