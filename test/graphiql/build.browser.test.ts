import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsInDarkAndLight } from '../support/axe.js';
import { DESKTOP, openDesk, openServedBrowser, PHONE } from '../support/browser.js';
import { downloadOf, writeVariables } from '../support/figures.js';

const LARGE = { width: 1920, height: 1080 };

const { server, browser } = await openServedBrowser();

const open = (options: Parameters<typeof openDesk>[2] = {}) => openDesk(browser, server.url, options);
const parametersOf = (page: Page) => Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1)));
const variablesOf = (page: Page): Record<string, unknown> => JSON.parse(parametersOf(page).variables ?? '{}');
/** Query of the tab as its address has it, on one line. */
const queryOf = (page: Page) => (parametersOf(page).query ?? '').replaceAll(/\s+/g, ' ');
const rows = (page: Page) => page.locator('.desk-scroll').first().locator('tbody tr');
const panel = (page: Page) => page.locator('.desk');
/** Moves the open page to another address, as a link does. */
const go = (page: Page, parameters: Record<string, string>) =>
  page.evaluate(`location.hash = ${JSON.stringify(`#${new URLSearchParams(parameters)}`)}`);

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: T }).data;
}

/** Checks the panel at three sizes, in light and dark: no violation of any level, and nothing wider than the screen. */
async function checkPanel(page: Page): Promise<void> {
  const problems: string[] = [];
  for (const viewport of [PHONE, LARGE, DESKTOP]) {
    await page.setViewportSize(viewport);
    problems.push(...(await faultsInDarkAndLight(page, String(viewport.width), { include: ['.desk'] })));
  }
  expect(problems).toEqual([]);
}

test('the lists to begin with are in the language of the page, also where no other panel was open', async () => {
  const { page, wrongs } = await open();
  await page.goto('about:blank');
  await page.goto(`${server.url}/graphql#view=builder`);
  await expect
    .poll(() => page.locator('[data-list]').allTextContents())
    .toEqual(['Banden', 'Uitwisselingen', 'Overheden', 'Organisaties', 'Programma’s']);
  expect(wrongs).toEqual([]);
});

test('a question is built by choosing, and the builder follows what is written in the editor', async () => {
  const { page, wrongs } = await open();
  const { ended } = await ask<{ ended: { totalCount: number } }>(
    '{ ended: partnerships(filter: { status: { eq: ENDED } }) { totalCount } }',
  );
  await page.getByRole('button', { name: 'Stel zelf een vraag samen' }).click();
  await page.locator('[data-list="partnerships"]').click();
  await page.locator('.desk-builder').waitFor();
  await rows(page).first().waitFor();

  await page.getByLabel('Voeg een voorwaarde toe …').selectOption('status');
  await page.locator('[data-condition="status"]').getByLabel('Beëindigd').check();
  await expect.poll(() => queryOf(page)).toContain('filter: {status: {in: [ENDED]}}');
  await expect.poll(() => rows(page).count()).toBe(ended.totalCount);

  await page.locator('.desk-tree > summary').click();
  await page.locator('.desk-tree').getByLabel('Einddatum', { exact: true }).check();
  await expect.poll(() => queryOf(page)).toContain('startedOn status endedOn }');
  // A field of a list of another type.
  await page.locator('.desk-tree summary', { hasText: 'Uitwisselingen' }).click();
  await page.locator('.desk-tree [title="exchanges.nodes.title"] input').check();
  await expect.poll(() => queryOf(page)).toContain('exchanges { nodes { title } }');
  await page.locator('.desk-tree > summary').click();
  await page.getByLabel('Sorteer op').selectOption('ENDED_ON');
  await expect.poll(() => queryOf(page)).toContain('orderBy: [{field: ENDED_ON}]');
  await page.locator('.desk-builder').getByRole('textbox', { name: 'Titel' }).fill('Beëindigde banden');
  await page.keyboard.press('Enter');
  await expect.poll(() => queryOf(page)).toMatch(/^# Beëindigde banden query Partnerships/);
  await checkPanel(page);

  await page.getByLabel('Tel per', { exact: true }).selectOption('DUTCH_PROVINCE');
  await expect
    .poll(() => queryOf(page))
    .toContain('partnershipGroups( by: [DUTCH_PROVINCE] filter: {status: {in: [ENDED]}}');
  await expect.poll(() => rows(page).first().textContent()).toMatch(/^Noord-Brabant\d/);

  // Another person writes on in the editor.
  await page.getByRole('button', { name: 'Toon vraag (GraphQL)' }).click();
  await page.locator('.graphiql-query-editor .view-line').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(
    'query Mine { exchanges(first: 5, filter: { kind: { eq: CULTURE } }) { nodes { title } } }',
  );
  await page.keyboard.press('Control+Shift+End');
  await page.keyboard.press('Delete');
  await expect.poll(() => page.getByLabel('Over', { exact: true }).inputValue()).toBe('exchanges');
  await page.locator('[data-condition="kind"]').waitFor();

  await page.locator('.graphiql-tab-add').click();
  await expect.poll(() => queryOf(page)).toContain('query Partnerships');
  await expect.poll(() => page.getByLabel('Over', { exact: true }).inputValue()).toBe('partnerships');
  expect(wrongs).toEqual([]);
}, 180_000);

test('another operator keeps the value of a condition that suits it, and asks for one if none does', async () => {
  const { page, wrongs } = await open();
  const start = async (filter: string) => {
    await go(page, {
      query: `query Q { partnerships(first: 5, filter: ${filter}) { nodes { id } } }`,
      view: 'builder',
    });
    await expect.poll(() => queryOf(page)).toContain(filter);
  };
  const operator = (name: string) => page.locator(`[data-condition="${name}"] select`).first();
  await start('{ id: { eq: "tie-oss-taizhou" } }');
  await operator('id').selectOption('in');
  await expect.poll(() => queryOf(page)).toContain('id: {in: ["tie-oss-taizhou"]}');
  await expect.poll(() => rows(page).count()).toBe(1);

  await start('{ startedOn: { isNull: true } }');
  await operator('startedOn').selectOption('from');
  const date = page.locator('[data-condition="startedOn"] input[type="text"]');
  await expect.poll(() => queryOf(page)).not.toContain('filter');
  await date.fill('2010');
  await date.press('Enter');
  await expect.poll(() => queryOf(page)).toContain('startedOn: {from: "2010"}');

  await start('{ status: { isNull: false } }');
  await operator('status').selectOption('eq');
  await page.locator('[data-condition="status"] select').nth(1).selectOption('ENDED');
  await expect.poll(() => queryOf(page)).toContain('status: {eq: ENDED}');
  expect(wrongs).toEqual([]);
}, 120_000);

test('variables are a form: a box that finds records, dates, lists of labels; a change asks again', async () => {
  const { page, wrongs } = await open();
  await page.locator('[data-question="09-ties-of-one-province"]').click();
  const form = page.locator('.desk-variables');
  const box = form.getByRole('combobox', { name: 'Overheid' });
  await expect.poll(() => box.inputValue()).toBe('Gelderland');
  await box.fill('Zeeland');
  const option = form.getByRole('option').first();
  await option.waitFor();
  const id = await option.getAttribute('data-record');
  await option.click();
  await expect.poll(() => variablesOf(page)).toEqual({ province: id });
  await expect.poll(() => rows(page).first().textContent()).toContain('Zeeland');

  await page.locator('[data-panel="Questions"]').click();
  await page.locator('[data-question="02-ended-between-two-days"]').click();
  const from = form.getByRole('textbox', { name: /^Einddatum van/ }).first();
  await from.fill('2021');
  await page.keyboard.press('Enter');
  await form.locator('input[type="date"]').nth(1).fill('2023-12-31');
  await expect.poll(() => variablesOf(page)).toEqual({ from: '2021', until: '2023-12-31' });
  const { ended } = await ask<{ ended: { totalCount: number } }>(
    '{ ended: partnerships(filter: { endedOn: { from: "2021", until: "2023-12-31" }, dutch: { dutchLevel: { eq: MUNICIPALITY } } }) { totalCount } }',
  );
  await expect.poll(() => rows(page).count()).toBe(ended.totalCount);
  await checkPanel(page);

  await go(page, {
    query:
      'query Own($status: [PartnershipStatus!], $hasNoStart: Boolean = false, $first: Int = 3) { partnerships(first: $first, filter: { status: { in: $status }, startedOn: { isNull: $hasNoStart } }) { totalCount nodes { status } } }',
    view: 'table',
  });
  await form.getByLabel('Beëindigd').check();
  await expect.poll(() => variablesOf(page)).toEqual({ status: ['ENDED'] });
  await expect.poll(() => rows(page).first().textContent()).toContain('Beëindigd');
  await form.getByRole('textbox').fill('2');
  await page.keyboard.press('Enter');
  await expect.poll(() => rows(page).count()).toBe(2);
  await form.locator('select').selectOption({ label: 'ja' });
  await expect.poll(() => variablesOf(page)).toEqual({ status: ['ENDED'], first: 2, hasNoStart: true });
  await form.locator('select').selectOption({ label: '(alle)' });
  await expect.poll(() => variablesOf(page)).toEqual({ status: ['ENDED'], first: 2, hasNoStart: null });
  expect(await form.locator('select').inputValue()).toBe('');
  expect(wrongs).toEqual([]);
}, 180_000);

test('a mutation waits for the reader: neither its form, nor another language, nor a slider runs it', async () => {
  const { page, wrongs } = await open({ layout: 'editor' });
  const sent: unknown[] = [];
  page.on('request', request => {
    const body = request.method() === 'POST' ? request.postDataJSON() : {};
    if (/ Own\(/.test(body.query)) sent.push(body.variables);
  });
  const day = '($on: PartialDate!, $id: ID!) {';
  const tie = 'id status(on: $on) startedOn dutch { name location { latitude longitude } }';
  const read = `query Own${day} partnerships(filter: { not: { id: { eq: $id } } }) { nodes { ${tie} } } }`;
  const write = `mutation Own${day} endPartnership(input: { id: $id, endedOn: $on }) { partnership { ${tie} } } }`;
  await go(page, { query: read, variables: '{"on":"1990-01-01","id":"x"}', view: 'map' });
  await page.getByLabel('Precieze dag').waitFor();
  expect(sent).toEqual([{ on: '1990-01-01', id: 'x' }]);

  // Text that was written since the answer stays.
  await writeVariables(page, '{"on":"1990-01-01","id":"tie-oss-taizhou"}');
  await page.getByText('De vraag is veranderd').waitFor();
  await page.getByLabel('Precieze dag').fill('2000-01-01');
  await expect.poll(() => sent.at(-1)).toEqual({ on: '2000-01-01', id: 'tie-oss-taizhou' });
  await page.locator('.desk-answer[data-outdated="false"]').waitFor();

  await page.locator('.graphiql-query-editor .view-line').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(write);
  await page.getByText('De vraag is veranderd').waitFor();
  await page.getByLabel('Precieze dag').fill('2001-01-01');
  await expect.poll(() => variablesOf(page)).toMatchObject({ on: '2001-01-01' });
  await page.locator('[data-panel="Table"]').click();
  const date = page.locator('.desk-variables input[type="date"]');
  await date.fill('2002-01-01');
  await expect.poll(() => variablesOf(page)).toMatchObject({ on: '2002-01-01' });
  await page.getByLabel('Taal').selectOption('English');
  await page.getByText('The question has changed').waitFor();
  expect(sent).toHaveLength(2);
  await page.getByRole('button', { name: 'Ask it' }).click();
  await expect.poll(() => sent.length).toBe(3);
  expect(wrongs.filter(wrong => !/\b40[01]\b/.test(wrong))).toEqual([]);
}, 120_000);

test('a refusal is a sentence in Dutch with a button that puts it right', async () => {
  const { page } = await open();
  const button = (name: string | RegExp) => page.locator('.desk-notice').getByRole('button', { name });
  for (const [query, sentence, remedy] of [
    ['{ authorities { nodes { naam } } }', 'Authority heeft geen veld naam.', 'Bedoelde u name?'],
    [
      '{ partnerships(filter: { status: { eq: BEEINDIGD } }) { nodes { startedOn } } }',
      'ENDED (Beëindigd)',
      'Bedoelde u ENDED?',
    ],
    [
      '{ partnerships(filter: { status: ENDED }) { nodes { startedOn } } }',
      'hoe u vergelijkt',
      'Schrijf { eq: ENDED }',
    ],
    ['{ partnerships(first: 200) { nodes { startedOn } } }', 'van 1 tot en met 100', 'Vraag 100 per keer'],
  ] as const) {
    await go(page, { query, view: 'table' });
    await page.locator('.desk-notice').getByText(sentence).waitFor();
    await button(remedy).click();
    await rows(page).first().waitFor();
    await expect.poll(() => page.locator('.desk-notice').textContent()).toBe('');
  }

  // The largest page that fits is asked for, and the page collects the others.
  const { partnerships } = await ask<{ partnerships: { totalCount: number } }>('{ partnerships { totalCount } }');
  const costly =
    'exchanges(first: 50) { nodes { title citations { source { title } } } } citations { source { title publisher } }';
  await go(page, { query: `{ partnerships(first: 100) { totalCount nodes { id ${costly} } } }`, view: 'table' });
  await page.locator('.desk-notice').getByText('het maximum is 5000').waitFor();
  const fewer = button(/^Vraag \d+ per keer$/);
  const count = Number(/\d+/.exec((await fewer.textContent()) ?? '')?.[0]);
  const sized = (first: number) =>
    ask<unknown>(`{ partnerships(first: ${first}) { totalCount nodes { id ${costly} } } }`);
  expect([await sized(count), await sized(count + 1)]).toEqual([expect.anything(), undefined]);
  await fewer.click();
  await rows(page).first().waitFor();
  expect(count).toBeLessThan(20);
  await expect.poll(() => queryOf(page)).toContain(`first: ${count}`);

  await go(page, { query: '{ partnerships { totalCount nodes { startedOn } } }', view: 'table' });
  await page.getByText(`Dit zijn er 20 van ${partnerships.totalCount}.`).waitFor();
  await page.getByRole('button', { name: 'Haal alles op' }).click();
  await expect.poll(() => rows(page).count()).toBe(partnerships.totalCount);

  await go(page, { query: '{ authority(id: "nl-nergens") { name } }', view: 'table' });
  await button('Zoek op naam').click();
  expect(await page.evaluate("document.activeElement === document.querySelector('.desk-look-up input')")).toBe(true);

  await go(page, { question: 'OneBadArgument', view: 'table' });
  await page.getByText('Een deel van het antwoord ontbreekt.').waitFor();
  await checkPanel(page);

  await go(page, { query: 'Welke banden zijn beëindigd?', view: 'table' });
  await page.getByText('Regel 1 is geen GraphQL').waitFor();
  await button('Stel een vraag samen').click();
  await page.locator('[data-list="exchanges"]').waitFor();
}, 180_000);

test('the network of Nanjing: pointer, arrows and Enter, the same ties as a table, and a picture to save', async () => {
  const { page, wrongs } = await open();
  await go(page, { question: 'NetworkOfAnAuthority', variables: '{"id":"cn-nanjing"}', view: 'network' });
  const marks = page.locator('.desk-figure [data-mark]');
  await marks.first().waitFor();
  await page.getByText('Netwerk van Nanjing').first().waitFor();
  const card = page.locator('.desk-card [role="status"]');
  for (let mark = 0; mark < (await marks.count()); mark += 1) {
    await marks.nth(mark).hover();
    const [name = ''] = ((await marks.nth(mark).getAttribute('aria-label')) ?? '').split(': ');
    await expect.poll(() => card.textContent()).toContain(name);
  }
  // Eindhoven, the partner of Nanjing, and what Eindhoven is tied to besides.
  const nodes = await marks.evaluateAll(all => all.map(node => node.getAttribute('data-node')));
  expect(nodes.slice(0, 2)).toEqual(['cn-nanjing', 'nl-eindhoven']);
  const table = page.getByRole('region', { name: 'Dezelfde banden als tabel' });
  expect(await table.locator('tbody tr').count()).toBe(await page.locator('[data-tie]').count());
  expect(await table.locator('tbody tr', { hasText: 'Eindhoven' }).filter({ hasText: 'Nanjing' }).count()).toBe(1);

  const { name } = await downloadOf(page, () => page.getByRole('button', { name: 'Bewaar als PNG' }).click());
  expect(name).toMatch(/^stedenband-netwerk-\d{4}-\d\d-\d\d\.png$/);
  const ties = () => page.locator('[data-tie]').evaluateAll(all => all.map(tie => tie.getAttribute('d')));
  const drawn = await ties();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await ties()).toEqual(drawn);
  await checkPanel(page);

  await marks.first().focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.evaluate('document.activeElement.dataset.node')).toBe('nl-eindhoven');
  await page.keyboard.press('Enter');
  await page.getByText('Netwerk van Eindhoven').first().waitFor();
  await expect.poll(() => variablesOf(page)).toEqual({ id: 'nl-eindhoven' });

  await go(page, { question: 'AllTiesOnTheMap', view: 'network' });
  const { partnerships } = await ask<{ partnerships: { totalCount: number } }>('{ partnerships { totalCount } }');
  await expect.poll(() => page.locator('[data-tie]').count()).toBe(partnerships.totalCount);
  await checkPanel(page);
  expect(wrongs).toEqual([]);
}, 180_000);

test('a column that is hidden in one list stays hidden when another list hides one', async () => {
  const { page } = await open();
  const query = '{ partnerships { nodes { startedOn endedOn } } programmes { nodes { name startedOn } } }';
  await go(page, { query, view: 'table' });
  const list = panel(page).getByLabel('Lijst');
  const hide = async (name: string) => {
    const menu = page.locator('.desk-columns');
    if ((await menu.getAttribute('open')) === null) await menu.locator('summary').click();
    await menu.locator(`label[title="${name}"] input`).uncheck();
  };
  await list.selectOption('partnerships');
  await hide('endedOn');
  await list.selectOption('programmes');
  await hide('name');
  await expect.poll(() => parametersOf(page)['table.hidden']).toBe('endedOn,name');
}, 60_000);

test('the address holds the settings of the chart: another reader sees the same bars', async () => {
  const { page } = await open();
  await go(page, { question: 'TiesByProvinceDecadeAndStatus', view: 'chart' });
  await panel(page).getByLabel('Balken').selectOption('sideBySide');
  await panel(page).getByLabel('Rijen').selectOption('startedDecade');
  await expect.poll(() => parametersOf(page)['chart.layout']).toBe('sideBySide');
  await expect.poll(() => parametersOf(page)['chart.rows']).toBe('startedDecade');
  const labels = (of: Page) =>
    of.locator('.desk-figure [data-mark]').evaluateAll(all => all.map(mark => mark.getAttribute('aria-label')));
  await panel(page).getByText('Actief').first().waitFor();
  const shown = await labels(page);
  const other = await open();
  await other.page.goto(page.url());
  await expect.poll(() => labels(other.page)).toEqual(shown);
  expect(await panel(other.page).getByLabel('Balken').inputValue()).toBe('sideBySide');
}, 120_000);
