import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { copyOnEmbedded } from '../support/database.js';
import { idOf, latest, pagesAfter, random, sleep } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { writeInterrupted } from '../support/feed-writers.js';
import { times } from '../support/soak.js';
import { expectVerified } from '../support/verified.js';

vi.setConfig({ testTimeout: times(120_000, 1_200_000) });

const KILLS = times(3, 20);
const MUTATIONS = KILLS * 25;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-embedded-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test(`a server on the embedded database is killed ${KILLS} times: nothing acknowledged is lost or doubled, tables, versions and log agree, and no second process can open it`, async () => {
  const directory = join(folder, 'register');
  // Starts from a snapshot, since creating a register takes seconds.
  copyOnEmbedded(directory);
  const start = () => startBuilt('', '0', [], { DATA_DIR: directory });
  let server: Built = await start();
  const { url } = server;
  try {
    const startCursor = await latest(url);
    const kill = async () => {
      await expect(start()).rejects.toThrow(
        `The data directory ${directory} is in use by process ${server.child.pid} since`,
      );
      await sleep(random(30));
      expect(await server.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
      await expectVerified({ kind: 'embedded', directory });
      server = await server.restart();
    };
    const acknowledged = await writeInterrupted(url, { writers: 4, mutations: MUTATIONS }, [KILLS, kill]);
    const pages = await pagesAfter(url, startCursor);
    expect(acknowledged).toHaveLength(MUTATIONS);
    expect(pages.map(({ cursor }) => idOf(cursor)).toSorted()).toEqual(
      acknowledged.map(({ cursor }) => idOf(cursor)).toSorted(),
    );
    const byCursor = new Map(pages.map(change => [change.cursor, change]));
    for (const { cursor, id, key } of acknowledged) {
      expect(byCursor.get(cursor)).toMatchObject({ subjectId: id });
      expect(byCursor.get(cursor).fields).toContainEqual({
        field: 'notes',
        before: expect.toSatisfy(() => true),
        after: key,
      });
    }
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  } finally {
    server.child.kill('SIGKILL');
  }
});
