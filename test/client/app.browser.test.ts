import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { CopyRecord } from '../../src/client/index.js';
import { openBrowser } from '../support/browser.js';
import { expectSameAsExport } from '../support/copy.js';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, latest, until } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { write, writeInterrupted } from '../support/feed-writers.js';
import { times } from '../support/soak.js';

vi.setConfig({ testTimeout: times(180_000, 600_000) });

const KILLS = times(3, 10);
const MUTATIONS = times(200, 2_000);

let browser: Browser;
let app: PreviewServer;
let folder: string;
let server: Built;
let countOfTies: number;

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
  server = await startBuilt(await copyOnPostgreSql(), '0', [], { ALLOWED_ORIGINS: 'localhost' });
  const ties = await fetch(`${server.url}/export/partnerships.ndjson`);
  expect(ties.status).toBe(200);
  countOfTies = (await ties.text()).split('\n').length - 1;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  server?.child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const addressOfApp = () =>
  `${app.resolvedUrls?.local[0] ?? app.resolvedUrls?.network[0]}?register=${encodeURIComponent(`${server.url}/graphql`)}`;

/**
 * Reads what the page has stored, as it is in IndexedDB.
 *
 * @param asked Requests to its `records`, as an expression.
 * @param answer Made of those requests, and of that for the `state`.
 */
const read = <T>(page: Page, asked: string, answer: string): Promise<T> =>
  page.evaluate<T>(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('client-app');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(['records', 'state']);
      const [records, state] = [transaction.objectStore('records'), transaction.objectStore('state').get('state')];
      const [keys, values] = ${asked};
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(${answer});
      };
    };
  })`);

/** Returns the records of the copy. */
const recordsOf = (page: Page): Promise<[type: string, id: string, value: CopyRecord][]> =>
  read(
    page,
    '[records.getAllKeys(), records.getAll()]',
    `keys.result
      .map(([load, type, id], index) => [type, id, values.result[index], load])
      .filter(([, , , load]) => load === state.result?.load)`,
  );

/** Returns the cursor of the copy; a wait asks for it many times. */
const cursorOf = (page: Page): Promise<string | undefined> => read(page, '[]', 'state.result?.cursor');

async function expectStoredAsExported(page: Page): Promise<void> {
  const records = await recordsOf(page);
  const byKey = new Map(records.map(([type, id, value]) => [`${type} ${id}`, value]));
  await expectSameAsExport(server.url, {
    get: async (type, id) => byKey.get(`${type} ${id}`),
    list: async type => records.filter(([name]) => name === type).map(([, , value]) => value),
  });
}

test(`the sample app lists, follows and survives ${KILLS} kills; its copy equals the exports byte for byte`, async () => {
  const { url } = server;
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const failures: string[] = [];
  const snapshots: string[] = [];
  const outcomes = outcomesOfSnapshots(page);
  page.on('pageerror', error => failures.push(String(error)));
  page.on('request', request => {
    if (request.url().includes('offset=snapshot')) snapshots.push(request.url());
  });
  await page.goto(addressOfApp());
  await page.getByRole('heading', { name: `${countOfTies} ties` }).waitFor();
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Up to date');

  const restart = async () => {
    server = await server.restart();
  };
  const acknowledged = await writeInterrupted(url, { writers: 8, mutations: MUTATIONS }, [KILLS, restart]);
  const end = await latest(url);
  await until('the copy is complete', async () => (await cursorOf(page)) === end);
  await expectStoredAsExported(page);

  // The page shows the last change, and the tie as it is now.
  const shared = acknowledged.filter(({ id }) => id === 'tie-rotterdam-shanghai');
  const last = shared.toSorted((a, b) => a.version - b.version).at(-1);
  await expect.poll(() => page.locator('#tie-rotterdam-shanghai q').textContent()).toBe(last?.key);
  await page.locator(`#changes [data-cursor="${end}"]`).waitFor();
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Up to date');
  expect(snapshots, outcomes.join()).toHaveLength(1);

  // The app itself starts again: it shows what it has while the server is away, and goes on from there.
  await server.kill('SIGKILL');
  await page.reload();
  await page.getByRole('heading', { name: `${countOfTies} ties` }).waitFor();
  await expect.poll(() => page.getByRole('status').textContent()).toContain('Waiting for the register');
  await restart();
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Up to date');
  await write(() => url, { writers: 1, mutations: 1 });
  const newest = await latest(url);
  await until('the copy has the change', async () => (await cursorOf(page)) === newest);
  expect(snapshots, outcomes.join()).toHaveLength(1);
  expect(failures).toEqual([]);
});

/** Collects what became of each snapshot that a page asked for: after a refusal, or a break, it asks again. */
function outcomesOfSnapshots(page: Page): string[] {
  const outcomes: string[] = [];
  const note = (url: string, outcome: string) => {
    if (url.includes('offset=snapshot')) outcomes.push(outcome);
  };
  page.on('response', response => note(response.url(), `status ${response.status()}`));
  page.on('requestfinished', request => note(request.url(), 'finished'));
  page.on('requestfailed', request => note(request.url(), `failed: ${request.failure()?.errorText}`));
  return outcomes;
}

/** Changes the notes of the tie that the page shows, and returns them. */
async function reviseTie(): Promise<string> {
  const id = 'tie-rotterdam-shanghai';
  const { partnership } = await ask(server.url, `{ partnership(id: "${id}") { version } }`);
  const notes = `At version ${partnership.version}`;
  const input = { id, expectedVersion: partnership.version, notes };
  const document = `mutation($input: RevisePartnershipInput!) { revisePartnership(input: $input) { userErrors { message } } }`;
  expect((await ask(server.url, document, { input })).revisePartnership.userErrors).toEqual([]);
  return notes;
}

test('of two tabs with one store one copies; the other shows the same, and goes on when the first is closed', async () => {
  const context = await browser.newContext();
  try {
    const requests = new Map<Page, string[]>();
    const outcomes = new Map<Page, string[]>();
    const tabs = [await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      requests.set(tab, []);
      outcomes.set(tab, outcomesOfSnapshots(tab));
      tab.on('request', request => {
        if (request.url().includes('/feed?')) requests.get(tab)?.push(request.url());
      });
    }
    // At once: both find an empty store.
    await Promise.all(tabs.map(tab => tab.goto(addressOfApp())));
    const isUpToDate = async (tab: Page) => {
      await tab.getByRole('heading', { name: `${countOfTies} ties` }).waitFor();
      await expect.poll(() => tab.getByRole('status').textContent()).toBe('Up to date');
    };
    const shows = (tab: Page, notes: string) =>
      expect.poll(() => tab.locator('#tie-rotterdam-shanghai q').textContent(), { timeout: 15_000 }).toBe(notes);
    await Promise.all(tabs.map(isUpToDate));
    const first = await reviseTie();
    for (const tab of tabs) await shows(tab, first);
    const [copying, waiting] = tabs.toSorted(
      (a, b) => (requests.get(b)?.length ?? 0) - (requests.get(a)?.length ?? 0),
    ) as [Page, Page];
    const snapshots = requests.get(copying)?.filter(url => url.includes('offset=snapshot'));
    expect(snapshots, outcomes.get(copying)?.join()).toHaveLength(1);
    expect(requests.get(waiting)).toEqual([]);

    // A tab that is opened later shows what is there.
    const late = await context.newPage();
    await late.goto(addressOfApp());
    await isUpToDate(late);
    await shows(late, first);
    await late.close();

    await copying.close();
    await until('the other one copies', () => (requests.get(waiting)?.length ?? 0) > 0);
    const second = await reviseTie();
    await shows(waiting, second);
    const end = await latest(server.url);
    await until('the copy is complete', async () => (await cursorOf(waiting)) === end);
    await expectStoredAsExported(waiting);
    expect(requests.get(waiting)?.filter(url => url.includes('offset=snapshot'))).toEqual([]);
  } finally {
    await context.close();
  }
});
