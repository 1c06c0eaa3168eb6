import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AccessServer, bearer, openAccessServer, storeKey } from '../support/access.js';
import { faultsOf } from '../support/axe.js';
import {
  DESKTOP,
  openBrowser,
  openPanel,
  openQuestion,
  PHONE,
  picture,
  press,
  typeKey,
  visit,
} from '../support/browser.js';
import { fingerprint, type Json } from '../support/calls.js';
import { exportsOf } from '../support/proposals.js';

let server: AccessServer;
let browser: Browser;
let reviewer: string;
let proposer: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([openAccessServer(), openBrowser()]);
  reviewer = await storeKey(server.database, ['proposal:review', 'proposal:write', 'partnership:write'], {
    name: 'Reviewer',
  });
  proposer = await storeKey(server.database, ['proposal:write'], { name: 'Proposer' });
}, 60_000);

afterAll(() => Promise.all([browser?.close(), server?.close()]));

const HEAD = 'id;dutch;chinese;kind;startedOn;notes';
/** One row of each verdict, as Dutch Excel saves it; `SAME` is left out: it has nothing to review. */
const FILE = [
  HEAD,
  'tie-den-haag-qingdao;nl-den-haag;cn-qingdao;SISTER_CITY;1999;From a file',
  'tie-rotterdam-shanghai;nl-rotterdam;cn-shanghai;SISTER_CITY;1978;From a file',
  ';Groningen;Shanghai;FRIENDSHIP;2015;By name',
  ';nl-delft;cn-wuxi;FRIENDSHIP;2016;A new one',
  ';nl-delft;Nanking;FRIENDSHIP;2016;By an old name',
  ';Atlantis;cn-wuxi;FRIENDSHIP;2016;Nowhere',
  'tie-oss-taizhou;nl-oss;cn-taizhou;FRIENDSHIP;soon;A bad date',
].join('\r\n');

test('a file is reviewed by keyboard, tried, applied and undone', async () => {
  const { page, wrongs } = await openPage();
  const before = await exportsOf(server.database);
  await submit();
  await openPanel(page, 'Proposals');
  const panel = panelOf(page);
  await panel.getByText('you need a key with the scope proposal:review').waitFor();
  await typeKey(page, proposer);
  await panel.getByText('The key of Proposer lacks it.').waitFor();
  await typeKey(page, reviewer);
  await panel.getByRole('listitem').filter({ hasText: 'Gemeente Test' }).waitFor();
  await expect
    .poll(() => panel.locator('.proposal-counts').first().textContent())
    .toBe('New 1Revision 1Conflict 1Ambiguous 2Unmatched 1Refused 1');
  await press(page, panel.getByRole('button', { name: 'Review: List' }));

  // It opens with the rows for a person, and the keys work at once.
  await expect.poll(() => focused(page)).toContain('row 3');
  await expect
    .poll(() => rowsOf(panel))
    .toEqual([
      'row 3Rotterdam – ShanghaiConflict · not decided',
      'row 4Groningen – ShanghaiAmbiguous · not decided',
      'row 6nl-delft – NankingAmbiguous · not decided',
      'row 7Atlantis – cn-wuxiUnmatched · not decided',
    ]);
  const startedOn = panel.locator('.proposal-table tbody tr').first();
  await expect.poll(() => startedOn.textContent()).toBe('Start date conflict197919791978');
  await panel.locator('.proposal-evidence', { hasText: 'Shanghai Daily' }).waitFor();
  await page.keyboard.press('b');
  await expect.poll(() => focused(page)).toContain('row 4');
  await announced(page, 'row 3: Keep both.');
  await page.keyboard.press('1');
  await announced(page, 'row 4 was compared again: New.');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toContain('row 6');
  await expect
    .poll(() => panel.locator('.proposal-candidates li').allTextContents())
    .toEqual([expect.stringMatching(/^Choose 1Nanjing cn-nanjing \(Chinese side\)matched by “Nanjing”, score 92.5/)]);
  // In a field, keys are text.
  await panel.getByLabel('Id of another record').click();
  await page.keyboard.type('arbj1');
  expect(await panel.getByLabel('Id of another record').inputValue()).toBe('arbj1');
  expect((await rowsOf(panel))[2]).toBe('row 6nl-delft – NankingAmbiguous · not decided');
  await press(page, panel.getByRole('button', { name: 'Choose 1: Nanjing' }));
  await announced(page, 'row 6 was compared again: New.');
  await expect.poll(() => focused(page)).toContain('row 6');
  await page.keyboard.press('j');
  await expect.poll(() => focused(page)).toContain('row 7');
  await page.keyboard.press('b');
  await announced(page, 'This decision does not fit row 7.');
  await page.keyboard.press('r');
  await expect.poll(async () => (await rowsOf(panel))[3]).toBe('row 7Atlantis – cn-wuxiUnmatched · Reject');
  await page.keyboard.press('j');
  await announced(page, 'This is the last row.');

  const tables = await fingerprint(server.database);
  await press(page, panel.getByRole('button', { name: 'Dry run', exact: true }));
  await panel.getByText('Would write 5 rows:').waitFor();
  await expect
    .poll(() => panel.locator('.proposal-outcome').textContent())
    .toMatch(
      /row 3, Conflict \(Keep both\): Rotterdam – Shanghai Start date: 1979 \+ 1978.*For a person, and not written: 1 row/,
    );
  expect(await fingerprint(server.database)).toEqual(tables);
  await press(page, panel.getByRole('button', { name: 'Apply 5 rows' }));
  await panel.getByText('Written: 5 rows.').last().waitFor();
  await expect.poll(() => rowsOf(panel)).toContain('row 5Delft – WuxiNew · written');
  const query = '{ partnership(id: "tie-rotterdam-shanghai") { startedOn confidence } }';
  expect((await ask(query)).data.partnership).toEqual({ startedOn: '1979', confidence: 'CONFLICTING' });

  await press(page, panel.getByRole('button', { name: 'Undo: dry run' }));
  await press(page, panel.getByRole('button', { name: 'Undo the changes' }));
  await panel.getByText('The proposal is undone.').last().waitFor();
  expect(await exportsOf(server.database)).toEqual(before);
  expect(wrongs).toEqual([]);
}, 240_000);

test('of two reviewers the second is told, sees the present state, and rows edited meanwhile are stale', async () => {
  const { id } = await submit('id;notes\ntie-oss-taizhou;By a file\ntie-groningen-tianjin;By a file');
  const { page, wrongs } = await openPage({ headers: true });
  await openPanel(page, 'Proposals');
  const panel = panelOf(page);
  await press(page, panel.getByRole('button', { name: 'Review: List' }).first());
  await expect.poll(() => rowsOf(panel)).toHaveLength(2);

  // Another reviewer decides first.
  const decide = `mutation($input: DecideProposalItemsInput!) { decideProposalItems(input: $input) { userErrors { code } } }`;
  const decisions = [{ itemId: `${id}-1`, decision: 'REJECT' }];
  await ask(decide, { input: { id, expectedVersion: 1, decisions } });
  await page.keyboard.press('a');
  await panel.getByRole('alert').getByText('Not stored: the decision on row 2.').waitFor();
  await expect.poll(async () => (await rowsOf(panel))[0]).toMatch(/Reject$/);
  await panel.locator('.proposal-rows button').first().focus();
  await page.keyboard.press('a');
  await expect.poll(async () => (await rowsOf(panel))[0]).toMatch(/Accept$/);

  // Somebody edits a record between the dry run and the application.
  await press(page, panel.getByRole('button', { name: 'Dry run', exact: true }));
  await panel.getByText('Would write 2 rows:').waitFor();
  const record = (await ask('{ partnership(id: "tie-oss-taizhou") { version } }')).data.partnership;
  const input = { id: 'tie-oss-taizhou', expectedVersion: record.version, themes: ['SPORT'] };
  const revise =
    'mutation($input: RevisePartnershipInput!) { revisePartnership(input: $input) { userErrors { message } } }';
  expect((await ask(revise, { input })).data.revisePartnership.userErrors).toEqual([]);
  await press(page, panel.getByRole('button', { name: 'Apply 2 rows' }));
  await panel.getByText('Stale, and not written: 1 row.').waitFor();
  await expect.poll(() => rowsOf(panel)).toEqual(['row 2Oss – TaizhouStale · Accept']);
  const { nodes } = (
    await ask('{ nodes(ids: ["tie-oss-taizhou", "tie-groningen-tianjin"]) { ... on Partnership { notes } } }')
  ).data;
  expect(nodes.map(({ notes }: Json) => notes === 'By a file')).toEqual([false, true]);
  expect(wrongs).toEqual([]);
}, 240_000);

test('ten thousand rows are pages of 25, and the keys turn them', async () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => `tie-oss-taizhou-${n};x`);
  const { counts } = await submit(['id;notes', ...rows].join('\n'));
  expect(counts.total).toBe(10_000);
  const { page, wrongs } = await openPage({ headers: true });
  await openPanel(page, 'Proposals');
  const panel = panelOf(page);
  await press(page, panel.getByRole('button', { name: 'Review: List' }).first());
  await panel.getByText('1–25 of 10000').waitFor();
  await panel.locator('.proposal-rows button').last().focus();
  await page.keyboard.press('j');
  await panel.getByText('26–50 of 10000').waitFor();
  await expect.poll(() => focused(page)).toContain('row 27');
  await page.keyboard.press('k');
  await panel.getByText('1–25 of 10000').waitFor();
  await expect.poll(() => focused(page)).toContain('row 26');
  expect(await panel.locator('.proposal-rows li').count()).toBe(25);
  await press(page, panel.getByRole('button', { name: 'Reject the proposal' }));
  await press(page, panel.getByRole('button', { name: 'Yes' }));
  await panel.locator('.proposal-head', { hasText: 'Rejected' }).waitFor();
  expect(wrongs).toEqual([]);
}, 240_000);

test('an error is reported from Evidence without a key, triaged in the panel, and the sixth of an hour is refused', async () => {
  const { page, wrongs } = await openPage({ locale: 'nl-NL' });
  await openQuestion(page, '38-all-ties-on-the-map');
  await openPanel(page, 'Evidence');
  await page.locator('.desk-evidence dt').first().waitFor();
  const ask = page.getByRole('button', { name: /^Klopt dit niet\?/ });
  const report = async (value: string) => {
    const form = page.locator('.report-form');
    await press(page, ask.first());
    await form.waitFor();
    const field = form.locator('select').first();
    if (await field.isVisible()) await field.selectOption({ index: 1 });
    await form.getByLabel('Waarom twijfelt u?').fill(value);
    await press(page, form.getByRole('button', { name: 'Meld', exact: true }));
  };
  await report('Volgens het stadsarchief is het anders.');
  const receipt = page.locator('.report-receipt').first();
  await receipt.waitFor();
  const id = (await receipt.locator('code').textContent()) ?? '';
  expect(await page.evaluate('document.activeElement.className')).toBe('report-receipt');
  await typeKey(page, reviewer);
  await openPanel(page, 'Proposals');
  const panel = panelOf(page, 'Voorstellen');
  await panel.getByLabel('Herkomst').selectOption('REPORT');
  await press(page, panel.getByRole('button', { name: 'Beoordeel: Volgens het stadsarchief is het anders.' }));
  await panel.locator('.proposal-head code', { hasText: id }).waitFor();
  await page.keyboard.press('b');
  await announced(page, ': Beide bewaren.');

  await openPanel(page, 'Evidence');
  await page.locator('.desk-evidence dt').first().waitFor();
  for (let n = 2; n <= 5; n += 1) {
    await report(`Nummer ${n}`);
    await receipt.waitFor();
  }
  await report('Nummer 6');
  const refusal = page.locator('.report-form [role="alert"]');
  await refusal.waitFor();
  expect(await refusal.textContent()).toContain('hoogstens 5 fouten');
  expect(await page.locator('.report-form').getByLabel('Waarom twijfelt u?').inputValue()).toBe('Nummer 6');
  // The refusal, and nothing else.
  expect(wrongs.filter(wrong => !wrong.includes('429'))).toEqual([]);
}, 240_000);

test.each([
  ['light', 'en-GB', DESKTOP],
  ['dark', 'nl-NL', { width: 1920, height: 1080 }],
  ['light', 'zh-CN', PHONE],
  ['dark', 'en-GB', PHONE],
] as const)(
  'axe-core has no finding in the panel and the form: %s, %s',
  async (colorScheme, locale, viewport) => {
    await submit();
    const { page, wrongs } = await openPage({ headers: true, colorScheme, locale, viewport });
    const problems: string[] = [];
    const check = async (part: string) => {
      problems.push(...(await faultsOf(page, part, { include: ['.desk'] })));
    };
    await openPanel(page, 'Proposals');
    await page.locator('.proposal-list button').first().waitFor();
    await check('list');
    await press(page, page.locator('.proposal-list button').first());
    await page.locator('.proposal-evidence').waitFor();
    const large = page.locator('.desk-larger');
    if (await large.isVisible()) await large.click();
    await check('conflict');
    if (colorScheme === 'light' && viewport === DESKTOP) await picture(page, 'proposals');
    await page.locator('.proposal-rows button').nth(2).click();
    await page.locator('.proposal-candidates').waitFor();
    await check('candidates');
    await page.locator('.proposal-actions button').first().click();
    await page.locator('.proposal-outcome').waitFor();
    await page.locator('.proposal-outcome').scrollIntoViewIfNeeded();
    await check('dry-run');
    // At full width the editor is hidden.
    await openPanel(page, 'Questions');
    await page.locator('[data-question="38-all-ties-on-the-map"]').click();
    await page.locator('.desk-figure [data-mark]').first().waitFor();
    await openPanel(page, 'Evidence');
    await page.locator('.report-ask').first().click();
    await page.locator('.report-form').waitFor();
    await check('report');
    expect(problems).toEqual([]);
    expect(wrongs).toEqual([]);
  },
  240_000,
);

test('many rows are decided on by keyboard, after their number was confirmed, and on every page', async () => {
  const conflicts = await records();
  expect(conflicts.length).toBeGreaterThan(25);
  const { id } = await submit(
    [
      'id;dutch;chinese;kind;startedOn',
      ...conflicts.map(
        ({ id: tie, dutch, chinese, kind, startedOn }) =>
          `${tie};${dutch.id};${chinese.id};${kind};${Number(startedOn.slice(0, 4)) + 1}`,
      ),
      ';nl-delft;Nanking;FRIENDSHIP;2016',
      ';Atlantis;cn-wuxi;FRIENDSHIP;2016',
    ].join('\r\n'),
  );
  const decisions = async (): Promise<Record<string, number>> => {
    const count = (filter: string) => `items(filter: ${filter}) { totalCount }`;
    const { data } = await ask(`{ proposal(id: "${id}") { counts { conflict revise ambiguous unmatched create }
      accepted: ${count('{ decision: { eq: ACCEPT } }')} chosen: ${count('{ decision: { eq: CHOOSE } }')} } }`);
    const { counts, accepted, chosen } = data.proposal;
    return { ...counts, accepted: accepted.totalCount, chosen: chosen.totalCount };
  };
  const counted = await decisions();
  expect(counted).toMatchObject({ ambiguous: 1, unmatched: 1, create: 0, accepted: 0 });
  const { conflict, revise } = counted as { conflict: number; revise: number };
  expect(Math.min(conflict, revise)).toBeGreaterThan(1);
  expect(conflict + revise).toBeGreaterThan(25);

  const { page, wrongs } = await openPage({ headers: true });
  await openPanel(page, 'Proposals');
  const panel = panelOf(page);
  await press(page, panel.getByRole('button', { name: 'Review: List' }).first());
  await panel.locator('.proposal-head code', { hasText: id }).waitFor();
  await expect.poll(() => focused(page)).toContain('row 2');

  const stored = () => expect.poll(() => panel.locator('.proposal-bulk').textContent()).not.toContain('Storing');
  // Nothing is decided before the question is answered, and Escape answers no.
  await page.keyboard.press('Shift+A');
  await panel.getByRole('alert').getByText(`Accept ${conflict} rows of this page?`).waitFor();
  await page.keyboard.press('a');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toContain('row 2');
  expect(await decisions()).toEqual(counted);

  await page.keyboard.press('Shift+A');
  await panel.getByRole('alert').getByText(`Accept ${conflict} rows of this page?`).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(decisions).toEqual({ ...counted, accepted: conflict });
  await expect.poll(() => panel.locator('.proposal-rows li', { hasText: 'Accept' }).count()).toBe(conflict);
  await stored();

  // The rest of all pages; the rows that a person must look at stay as they are.
  await panel.getByLabel('Show').selectOption('ALL');
  await expect.poll(() => rowsOf(panel)).toHaveLength(25);
  await panel.locator('.proposal-rows button').first().focus();
  await page.keyboard.press('Shift+V');
  await panel.getByRole('alert').getByText(`Accept ${revise} rows, on every page?`).waitFor();
  await page.keyboard.press('Enter');
  const accepted = conflict + revise;
  await expect.poll(decisions).toEqual({ ...counted, accepted });

  await stored();
  await page.keyboard.press('Shift+C');
  await panel.getByRole('alert').getByText('Choose the only candidate with a score of 90 or more for 1 row?').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(decisions).toEqual({ ...counted, ambiguous: 0, create: 1, accepted, chosen: 1 });
  await stored();
  await page.keyboard.press('Shift+C');
  await announced(page, 'No row without a decision can be decided on like this.');
  expect(wrongs).toEqual([]);
}, 240_000);

test('decisions on many rows are stored while the list is open, and the proposal that is opened again shows them', async () => {
  const ties = (await ask('{ partnerships(first: 100) { nodes { id } } }')).data.partnerships.nodes;
  const { id, counts } = await submit(
    ['id;notes', ...ties.map((tie: Json) => `${tie.id};Decided on elsewhere`)].join('\r\n'),
  );
  // More than a call takes.
  expect(counts.revise).toBeGreaterThan(50);
  expect(counts.revise).toBe(ties.length);
  const { page, wrongs } = await openPage({ headers: true });
  // Answers of an operation are held back until it is released.
  const release: Record<string, () => void> = {};
  const held = ['Undecided', 'Decide'].map(name => ({
    name,
    gate: new Promise<void>(resolve => {
      release[name] = resolve;
    }),
  }));
  await page.route('**/graphql', async route => {
    const query = route.request().postData() ?? '';
    await held.find(({ name }) => new RegExp(`(?:query|mutation) ${name}\\(`).test(query))?.gate;
    await route.continue();
  });
  await openPanel(page, 'Proposals');
  const panel = panelOf(page);
  const open = async () => {
    await press(page, panel.getByRole('button', { name: 'Review: List' }).first());
    await panel.locator('.proposal-head code', { hasText: id }).waitFor();
    await expect.poll(() => focused(page)).toContain('row 2');
  };
  const isAskedBeforeLeaving = () =>
    page.evaluate<boolean>(`!dispatchEvent(new Event('beforeunload', { cancelable: true }))`);
  await open();
  await page.keyboard.press('Shift+V');
  await announced(page, 'Reading the rows without a decision …');
  release.Undecided?.();
  await panel.getByRole('alert').getByText(`Accept ${ties.length} rows, on every page?`).waitFor();
  expect(await isAskedBeforeLeaving()).toBe(false);
  await page.keyboard.press('Enter');
  const bulk = panel.locator('.proposal-bulk');
  await bulk.getByText(`Storing the decisions on ${ties.length} rows …`).waitFor();
  await press(page, panel.getByRole('button', { name: 'All proposals' }));
  expect(await isAskedBeforeLeaving()).toBe(true);
  await open();
  await bulk.getByText(`Storing the decisions on ${ties.length} rows …`).waitFor();
  await page.keyboard.press('r');
  await expect.poll(async () => (await rowsOf(panel))[0]).toMatch(/Reject$/);
  release.Decide?.();
  await bulk.getByText('Storing').waitFor({ state: 'detached' });
  const count = (decision: string) => `items(filter: { decision: { eq: ${decision} } }) { totalCount }`;
  const { data } = await ask(`{ proposal(id: "${id}") { accepted: ${count('ACCEPT')} rejected: ${count('REJECT')} } }`);
  expect(data.proposal).toEqual({ accepted: { totalCount: ties.length - 1 }, rejected: { totalCount: 1 } });
  expect(await isAskedBeforeLeaving()).toBe(false);
  expect(await panel.getByRole('alert').count()).toBe(0);
  expect(wrongs).toEqual([]);
}, 240_000);

test('in Dutch a review has no codes, its states are seen in forced colours, and it says that there is no connection', async () => {
  const { id } = await submit();
  const { page, wrongs } = await openPage({ headers: true, locale: 'nl-NL', forcedColors: 'active' });
  await openPanel(page, 'Proposals');
  const panel = panelOf(page, 'Voorstellen');
  await press(page, panel.getByRole('button', { name: 'Beoordeel: List' }).first());
  await panel.locator('.proposal-head code', { hasText: id }).waitFor();
  await expect.poll(() => focused(page)).toContain('regel 3');
  const backgrounds = (selector: string) =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('${selector}')].map(button => getComputedStyle(button).backgroundColor)`,
    );
  const [current, ...others] = await backgrounds('.proposal-row');
  expect(new Set(others).size).toBe(1);
  expect(others).not.toContain(current);
  const [pressed, notPressed] = await backgrounds('.desk-bar button[aria-pressed]');
  expect(pressed).not.toBe(notPressed);

  await page.keyboard.press('j');
  const parts = panel.locator('.proposal-candidates small').first();
  await expect.poll(() => parts.textContent()).toMatch(/^ \(naam 1, land 1, dag [\d.]+\)$/);

  await press(page, panel.getByRole('button', { name: 'Proefuitvoering' }));
  await expect
    .poll(() => panel.locator('.proposal-outcome').textContent())
    .toMatch(/regel 5, Nieuw: .*Soort: (?!FRIENDSHIP)/);
  await panel.getByLabel('Toon').selectOption('REFUSED');
  const problem = panel.locator('.proposal-problems strong');
  await expect.poll(() => problem.textContent()).toBe('Begindatum');
  expect(await problem.getAttribute('title')).toBe('startedOn');
  await expect
    .poll(() => panel.locator('.proposal-table tr', { hasText: 'soon' }).allTextContents())
    .toEqual([expect.not.stringContaining('gelijk')]);
  expect(wrongs).toEqual([]);

  await page.route('**/graphql', route => route.abort());
  await panel.locator('.proposal-row').first().focus();
  await page.keyboard.press('r');
  await expect
    .poll(() => panel.locator('.proposal-failure').textContent())
    .toBe(
      'Het register is niet bereikbaar. Controleer de verbinding en probeer het opnieuw. Niet opgeslagen: het besluit over regel 8.',
    );
}, 240_000);

/** Reads the partnerships with a start. */
async function records(): Promise<Json[]> {
  const { data } = await ask(
    '{ partnerships(first: 100, filter: { startedOn: { isNull: false } }) { nodes { id kind startedOn dutch { id } chinese { id } } } }',
  );
  return data.partnerships.nodes;
}

const panelOf = (page: Page, name = 'Proposals') => page.getByRole('region', { name, exact: true });
const rowsOf = (panel: Locator) => panel.locator('.proposal-rows li').allTextContents();
const focused = (page: Page) =>
  page.evaluate<string>(`document.activeElement.closest('.proposal-rows li')?.textContent ?? ''`);
const announced = (page: Page, text: string) => page.locator('.proposal-status', { hasText: text }).waitFor();

/** @param options `headers`: the key of the reviewer is in the tab already, as GraphiQL stores it if it is allowed to. */
async function openPage({ headers = false, ...options }: BrowserContextOptions & { headers?: boolean } = {}) {
  const visited = await visit(browser, server.url, options);
  if (headers) await withKey(visited.page, reviewer);
  await visited.page.goto(`${server.url}/graphql`);
  await visited.page.locator('.graphiql-query-editor .view-line').first().waitFor();
  return visited;
}

/** Stores a tab with a key, as GraphiQL does if the analyst allows it. */
function withKey(page: Page, key: string): Promise<unknown> {
  const headers = JSON.stringify({ authorization: bearer(key) });
  const tab = {
    id: 'own',
    hash: 'own',
    title: 'own',
    query: '{ __typename }',
    variables: null,
    headers,
    operationName: null,
  };
  const tabs = JSON.stringify({ activeTabIndex: 0, tabs: [{ ...tab, response: null }] });
  return page.addInitScript(`sessionStorage.setItem('graphiql:shouldPersistHeaders', 'true');
    sessionStorage.setItem('graphiql:tabState', ${JSON.stringify(tabs)})`);
}

async function submit(file = FILE): Promise<Json> {
  const address = `${server.url}/proposals?format=csv&concept=partnership&title=List&publisher=Gemeente+Test`;
  const response = await fetch(address, {
    method: 'POST',
    headers: { authorization: bearer(proposer) as string },
    body: file,
  });
  return (await response.json()) as Json;
}

async function ask(query: string, variables: Json = {}, key = reviewer): Promise<Json> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: bearer(key) as string },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Json;
}
