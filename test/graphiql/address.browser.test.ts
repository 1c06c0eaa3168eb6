import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openServedBrowser, run, visit } from '../support/browser.js';

const KEY = 'browser-test-admin-key';

const { server, browser } = await openServedBrowser({ access: { adminKey: KEY } });

/** Opens an address of the page in a new browser context. */
async function open(address = `${server.url}/graphql`) {
  const visited = await visit(browser, server.url, { locale: 'nl-NL', layout: 'answer' });
  await visited.page.goto(address);
  return visited;
}

const parametersOf = (page: Page) => Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1)));
const panel = (page: Page, title: string) => page.locator(`[data-panel="${title}"]`);
const askQuestion = async (page: Page, name: string) => {
  await panel(page, 'Questions').click();
  // The address follows a tenth of a second later; a reader needs longer to find a question.
  if (new URL(page.url()).hash !== '') await expect.poll(() => parametersOf(page).view).toBe('questions');
  await page.locator(`[data-question="${name}"]`).click();
};
/** Returns the answer as a reader sees it, once it no longer changes: the text of the panel, and the marks of its picture. */
async function pictureOf(page: Page): Promise<string> {
  let [before, now] = ['', await drawnOn(page)];
  // Words of code lists come after the rows.
  for (let reads = 0; before !== now && reads < 50; reads += 1) {
    await page.waitForTimeout(150);
    [before, now] = [now, await drawnOn(page)];
  }
  return now;
}

async function drawnOn(page: Page): Promise<string> {
  await page.locator('.desk :is([data-mark], tbody tr)').first().waitFor();
  return page
    .locator('.desk')
    .evaluate(
      desk =>
        `${desk.textContent}\n${[...desk.querySelectorAll('[data-mark]')]
          .map(mark => `${mark.getAttribute('aria-label')} ${mark.querySelector('path')?.getAttribute('d') ?? ''}`)
          .join('\n')}`,
    );
}

test('after a question, the address gives the same picture to another reader; Back and Forward work', async () => {
  const { page, wrongs } = await open();
  await page.locator('[data-question]').first().waitFor();
  expect(new URL(page.url()).hash).toBe('');
  await askQuestion(page, '38-all-ties-on-the-map');
  await expect.poll(() => parametersOf(page)).toEqual({ question: 'AllTiesOnTheMap', view: 'map', language: 'nl' });
  const map = await pictureOf(page);
  const mapAddress = page.url();
  await panel(page, 'Table').click();
  await expect.poll(() => parametersOf(page).view).toBe('table');
  await askQuestion(page, '41-ties-by-province');
  await expect.poll(() => parametersOf(page)).toMatchObject({ question: 'TiesByProvince', view: 'chart' });
  const chart = await pictureOf(page);

  for (const view of ['questions', 'table', 'map']) {
    await page.goBack();
    await expect.poll(() => parametersOf(page).view).toBe(view);
    await page.locator(`[data-panel="${view[0]?.toUpperCase()}${view.slice(1)}"][aria-current]`).waitFor();
  }
  expect(await pictureOf(page)).toBe(map);
  for (let step = 0; step < 3; step += 1) await page.goForward();
  await expect.poll(() => parametersOf(page).view).toBe('chart');
  await expect.poll(() => pictureOf(page)).toBe(chart);

  const reader = await open(mapAddress);
  expect(await pictureOf(reader.page)).toBe(map);
  await expect.poll(() => reader.page.url()).toBe(mapAddress);
  expect([...wrongs, ...reader.wrongs]).toEqual([]);
}, 120_000);

test('on a return visit, whose address is bare, a link and the HTML for another site have the question', async () => {
  const first = await open();
  await first.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  await first.page.locator('[data-question]').first().waitFor();
  await askQuestion(first.page, '41-ties-by-province');
  await expect.poll(() => parametersOf(first.page)).toMatchObject({ question: 'TiesByProvince', view: 'chart' });
  await first.page.locator('[data-mark]').first().waitFor();

  const page = await first.page.context().newPage();
  await page.goto(`${server.url}/graphql`);
  await page.locator('.desk-share').getByRole('button', { name: 'Insluiten' }).waitFor();
  const copied = async (name: string) => {
    await page.locator('.desk-share').getByRole('button', { name }).click();
    return page.evaluate<string>('navigator.clipboard.readText()');
  };
  const link = `${server.url}/graphql#question=TiesByProvince&view=chart&language=nl`;
  await expect.poll(() => copied('Kopieer de link')).toBe(link);
  await expect.poll(() => copied('Insluiten')).toContain('/embed/chart#question=TiesByProvince&amp;language=nl');
  expect(page.url()).toBe(`${server.url}/graphql`);
  expect(first.wrongs).toEqual([]);
}, 120_000);

test('the address has the variables and the text that were edited', async () => {
  const { page } = await open();
  await page.locator('[data-question]').first().waitFor();
  await askQuestion(page, '39-ties-on-a-day');
  await page.locator('[data-mark]').first().waitFor();
  await page.getByLabel('Precieze dag').fill('1990-01-01');
  await expect.poll(() => parametersOf(page).variables).toBe('{"on":"1990-01-01"}');
  await page.locator('[data-day-counts="1990-01-01"]').waitFor();
  const ties = await pictureOf(page);
  const reader = await open(page.url());
  await expect.poll(() => pictureOf(reader.page)).toBe(ties);

  await page.getByRole('button', { name: 'Toon vraag (GraphQL)' }).click();
  await page.locator('.graphiql-query-editor .view-line').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('# Mijn vraag. ');
  await expect.poll(() => parametersOf(page).query).toMatch(/^# Mijn vraag\. # .*query TiesOnADay/s);
  expect(parametersOf(page).question).toBeUndefined();
}, 120_000);

test('a link with variables that are no JSON, or to a question that does not exist, says so and leaves the page alive', async () => {
  const { page, wrongs } = await open(`${server.url}/graphql#question=EndedBetween&view=table&language=en`);
  await page.locator('.desk tbody tr').first().waitFor();
  await page.goto(`${server.url}/graphql#question=EndedBetween&variables={"from":&view=table&language=en`);
  await page.locator('.desk-notice', { hasText: 'its variables are no JSON object' }).waitFor();
  await page.getByRole('button', { name: 'Start with the variables of the question' }).click();
  await page.locator('.desk-answer[data-outdated="false"] tbody tr').first().waitFor();

  await page.goto(`${server.url}/graphql#question=EndedBetwee&language=en`);
  const editor = page.locator('.graphiql-query-editor .view-lines');
  await editor.getByText('# There is no question "EndedBetwee". Choose one').waitFor();
  await page.getByRole('heading', { name: 'Questions' }).waitFor();
  expect(wrongs).toEqual([]);
}, 120_000);

test('old links with ?query= and ?variables= open and run; a mutation in a link does not run', async () => {
  const query = 'query Ties($id: ID!) { partnerships(filter: { id: { eq: $id } }) { nodes { id notes } } }';
  const search = new URLSearchParams({ query, variables: '{"id":"tie-oss-taizhou"}', operationName: 'Ties' });
  const { page, wrongs } = await open(`${server.url}/graphql?${search}`);
  await page.locator('.desk td', { hasText: 'tie-oss-taizhou' }).first().waitFor();
  await expect
    .poll(() => parametersOf(page))
    .toMatchObject({ query, variables: '{"id":"tie-oss-taizhou"}', operationName: 'Ties', view: 'table' });
  expect(new URL(page.url()).search).toBe('');
  expect(wrongs).toEqual([]);

  const mutation =
    'mutation Write { revisePartnership(input: { id: "tie-oss-taizhou", expectedVersion: 1 }) { change { cursor } } }';
  const sent: string[] = [];
  const writer = await visit(browser, server.url, { layout: 'answer' });
  writer.page.on('request', request => sent.push(request.postData() ?? ''));
  await writer.page.goto(`${server.url}/graphql#query=${encodeURIComponent(mutation)}`);
  await writer.page.locator('.graphiql-query-editor .view-line', { hasText: 'mutation Write' }).waitFor();
  // One that had run on its own would come before the one of the button.
  await run(writer.page);
  await writer.page.locator('.result-window .view-lines').getByText('UNAUTHENTICATED').waitFor();
  expect(sent.filter(body => body.includes('revisePartnership'))).toHaveLength(1);
}, 120_000);

test('a frozen page gives the old answer after a change, and says what has changed since', async () => {
  const { page, wrongs } = await open(`${server.url}/graphql#question=NewestFromTheBack&view=table`);
  const before = await pictureOf(page);
  await page.getByRole('button', { name: 'Bevries' }).click();
  await expect.poll(() => parametersOf(page).knownAt).toBeTruthy();
  await page.locator('.clock-banner', { hasText: 'Geen wijzigingen sindsdien.' }).waitFor();
  const frozen = page.url();
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({
      query:
        'mutation { revisePartnership(input: { id: "tie-oss-taizhou", expectedVersion: 1, startedOn: "2022-10", reason: "test" }) { change { cursor } userErrors { message } } }',
    }),
  });
  expect(await response.json()).toMatchObject({ data: { revisePartnership: { userErrors: [] } } });

  const present = await open(`${server.url}/graphql#question=NewestFromTheBack&view=table`);
  expect(await pictureOf(present.page)).not.toBe(before);
  const reader = await open(frozen);
  expect(await pictureOf(reader.page)).toBe(before);
  const since = reader.page.locator('.clock-since');
  await since.locator('summary', { hasText: '1 wijziging sindsdien' }).click();
  await expect.poll(() => since.textContent()).toMatch(/Oss – Taizhou, .*Begindatum: .*2022-10/i);
  expect([...wrongs, ...reader.wrongs]).toEqual([]);
}, 120_000);
