import { expect, test } from 'vitest';
import { openServedBrowser, visit } from '../support/browser.js';
import { questions } from '../support/questions.js';

const KEY = 'browser-test-admin-key';

const { server, browser } = await openServedBrowser({ access: { adminKey: KEY } });

const operationOf = (query: string) => /^query (\w+)/m.exec(query)?.[1] ?? '';

test('every question of the page has evidence: of the records that it names, or of those that it counts', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'nl-NL', layout: 'answer' });
  await page.goto(`${server.url}/graphql`);
  await page.locator('[data-question]').first().waitFor();
  const without: string[] = [];
  for (const { query, errors } of questions) {
    // The panels show what is wrong with an answer in its place.
    if (errors) continue;
    const name = operationOf(query);
    await page.evaluate(`location.hash = '#view=questions'`);
    await page.locator('[data-question]').first().waitFor();
    await page.evaluate(`location.hash = '#question=${name}&view=evidence'`);
    const facts = page.locator('.desk-evidence .desk-publisher');
    try {
      await facts.first().waitFor({ timeout: 15_000 });
    } catch {
      without.push(name);
    }
  }
  expect(without).toEqual([]);
  expect(wrongs).toEqual([]);
}, 300_000);

test('by whom a tie ended, why and on what evidence: in the table with links, and in the evidence of one tie', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'nl-NL', layout: 'answer' });
  await page.goto(`${server.url}/graphql#question=EndedOrDormantByWhom`);
  const row = page.locator('.desk tbody tr', { hasText: 'Arnhem' }).last();
  await expect.poll(() => row.textContent()).toContain('Gemeenteraad');
  expect(await row.textContent()).toContain('2021-07-21');
  expect(await row.textContent()).toContain('Because of the treatment of the Uyghurs');
  expect(await row.locator('a[href^="https://www.nrc.nl/"]').count()).toBeGreaterThan(0);
  const heads = await page.locator('.desk thead th').allTextContents();
  expect(heads).toEqual(expect.arrayContaining(['Bewijs', 'Besluit door', 'Reden', 'Bron', 'Webadres']));

  await row.getByRole('button', { name: /^Bewijs: / }).click();
  const period = page.locator('.desk-evidence dl > div', { hasText: 'Beëindigd 21 juli 2021' });
  await period.waitFor();
  expect(await period.textContent()).toContain('Besluit door: Gemeenteraad');
  expect(await period.textContent()).toContain('Reden: Because of the treatment of the Uyghurs');
  await page.getByLabel('Taal').selectOption('中文');
  await page.locator('.desk-evidence', { hasText: '决定者' }).waitFor();
  expect(wrongs).toEqual([]);
}, 120_000);

test('a fact that is true or false is said in the language of the reader', async () => {
  const id = 'exch-rotterdam-shanghai-rcro';
  const source = '{ title: "List", publisher: "VNG" }';
  const post = async (query: string) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ query }),
    });
    return ((await response.json()) as { data: Record<string, Record<string, unknown>> }).data;
  };
  const { exchange } = await post(`{ exchange(id: "${id}") { version recurring } }`);
  const input = `{ id: "${id}", expectedVersion: ${exchange?.version}, recurring: ${!exchange?.recurring}, source: ${source} }`;
  const { reviseExchange } = await post(`mutation { reviseExchange(input: ${input}) { userErrors { message } } }`);
  expect(reviseExchange).toEqual({ userErrors: [] });
  const { page } = await visit(browser, server.url, { locale: 'nl-NL', layout: 'answer' });
  const query = encodeURIComponent(`{ exchange(id: "${id}") { id title } }`);
  await page.goto(`${server.url}/graphql#query=${query}&view=evidence`);
  const fact = page.locator('.desk-evidence dt strong', { hasText: /^(?:ja|nee|true|false)$/ });
  await fact.waitFor();
  expect(await fact.textContent()).toBe(exchange?.recurring ? 'nee' : 'ja');
}, 60_000);
