import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CopyRecord } from '../../src/client/index.js';
import { openBrowser } from '../support/browser.js';
import { expectSameAsExport } from '../support/copy.js';
import { latest, until } from '../support/feed.js';
import { type Built, copyOfRegister, startBuilt } from '../support/feed-server.js';
import { write, writeInterrupted } from '../support/feed-writers.js';
import { times } from '../support/soak.js';

vi.setConfig({ testTimeout: times(180_000, 600_000) });

const KILLS = times(3, 10);
const MUTATIONS = times(200, 2_000);

let browser: Browser;
let app: PreviewServer;
let folder: string;
let server: Built;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-app-'));
  const config = {
    configFile: fileURLToPath(new URL('../client-app/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
    preview: { host: '127.0.0.1', port: 0 },
  } as const;
  await build(config);
  app = await preview(config);
  server = await startBuilt(await copyOfRegister(), '0', [], { ALLOWED_ORIGINS: 'localhost' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  server?.child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface Stored {
  cursor: string | undefined;
  records: [type: string, id: string, value: CopyRecord][];
}

/** Reads what the page has stored, as it is in IndexedDB. */
const stored = (page: Page): Promise<Stored> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('client-app');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(['records', 'state']);
      const [records, state] = [transaction.objectStore('records'), transaction.objectStore('state').get('state')];
      const [keys, values] = [records.getAllKeys(), records.getAll()];
      transaction.oncomplete = () => {
        opening.result.close();
        resolve({ cursor: state.result?.cursor, records: keys.result
          .map(([load, type, id], index) => [type, id, values.result[index], load])
          .filter(([, , , load]) => load === state.result?.load) });
      };
    };
  })`);

test(`the sample app lists, follows and survives ${KILLS} kills; its copy equals the exports byte for byte`, async () => {
  const { url } = server;
  const page = await browser.newPage();
  const failures: string[] = [];
  const snapshots: string[] = [];
  page.on('pageerror', error => failures.push(String(error)));
  page.on('request', request => {
    if (request.url().includes('offset=snapshot')) snapshots.push(request.url());
  });
  const address = `${app.resolvedUrls?.local[0] ?? app.resolvedUrls?.network[0]}?register=${encodeURIComponent(`${url}/graphql`)}`;
  await page.goto(address);
  const lines = (await (await fetch(`${url}/export/partnerships.ndjson`)).text()).split('\n').length - 1;
  await page.getByRole('heading', { name: `${lines} ties` }).waitFor();
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Up to date');

  const restart = async () => {
    server = await server.restart();
  };
  const acknowledged = await writeInterrupted(url, { writers: 8, mutations: MUTATIONS }, [KILLS, restart]);
  const end = await latest(url);
  await until('the copy is complete', async () => (await stored(page)).cursor === end);
  const { records } = await stored(page);
  const byKey = new Map(records.map(([type, id, value]) => [`${type} ${id}`, value]));
  await expectSameAsExport(url, {
    get: async (type, id) => byKey.get(`${type} ${id}`),
    list: async type => records.filter(([name]) => name === type).map(([, , value]) => value),
  });

  // The page shows the last change, and the tie as it is now.
  const shared = acknowledged.filter(({ id }) => id === 'tie-rotterdam-shanghai');
  const last = shared.toSorted((a, b) => a.version - b.version).at(-1);
  await expect.poll(() => page.locator('#tie-rotterdam-shanghai q').textContent()).toBe(last?.key);
  await page.locator(`#changes [data-cursor="${end}"]`).waitFor();
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Up to date');
  expect(snapshots).toHaveLength(1);

  // The app itself starts again: it shows what it has while the server is away, and goes on from there.
  await server.kill('SIGKILL');
  await page.reload();
  await page.getByRole('heading', { name: `${lines} ties` }).waitFor();
  await expect.poll(() => page.getByRole('status').textContent()).toContain('Waiting for the register');
  await restart();
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Up to date');
  await write(() => url, { writers: 1, mutations: 1 });
  const newest = await latest(url);
  await until('the copy has the change', async () => (await stored(page)).cursor === newest);
  expect(snapshots).toHaveLength(1);
  expect(failures).toEqual([]);
});
