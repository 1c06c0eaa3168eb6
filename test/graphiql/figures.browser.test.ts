import type { Page } from 'playwright-core';
import readWorkbook from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { faultsOf } from '../support/axe.js';
import { openPanel, openQuestion, openServedBrowser, PHONE, run, visit, withQuestion } from '../support/browser.js';
import { downloadOf, hoverMark, textsOf, writeVariables } from '../support/figures.js';

const DUTCH = { locale: 'nl-NL' };
/** Other tests run in parallel. */
const SLOW = { timeout: 20_000 };
const LARGE = { width: 1920, height: 1080 };

const { server, browser } = await openServedBrowser();

async function openPicture(page: Page, question: string, panel: string): Promise<void> {
  await openQuestion(page, question);
  await openPanel(page, panel);
  await page.locator('[data-mark]').first().waitFor();
}

/** Status of each tie on a day, and its start, from the API. */
async function statusesOn(day: string): Promise<Map<string, { status: string; startedOn: string | null }>> {
  const query = `{ partnerships(first: 100) { nodes { id startedOn status(on: "${day}") } } }`;
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as {
    data: { partnerships: { nodes: { id: string; startedOn: string | null; status: string }[] } };
  };
  return new Map(data.partnerships.nodes.map(tie => [tie.id, tie]));
}

test('every mark of a chart and a timeline can be pointed at, and the card says what its label says', async () => {
  const { page, wrongs } = await visit(browser, server.url, DUTCH);
  await page.goto(`${server.url}/graphql`);
  for (const [question, panel] of [
    ['41-ties-by-province', 'Chart'],
    ['47-ties-by-province-decade-and-status', 'Chart'],
    ['40-ties-over-time', 'Timeline'],
  ] as const) {
    await openPicture(page, question, panel);
    const marks = page.locator('.desk-figure [data-mark]');
    const card = page.locator('.desk-card [role="status"]');
    const plain = (text: string | null) => text?.replaceAll(/[\s,·]/g, '');
    // The words of statuses come from code lists, after the marks.
    await page.locator('.desk').getByText('Actief').first().waitFor();
    const labels = await marks.evaluateAll(elements => elements.map(element => element.getAttribute('aria-label')));
    expect(labels.length).toBeGreaterThan(20);
    for (const [index, label] of labels.entries()) {
      await hoverMark(page, index);
      await expect.poll(async () => plain(await card.textContent()), { message: `${label}` }).toBe(plain(label));
    }
  }
  expect(wrongs).toEqual([]);
}, 300_000);

test('the ticks of a chart of counts are whole and different, whatever the largest count', async () => {
  const { page, wrongs } = await visit(browser, server.url, DUTCH);
  await withQuestion(page, 'Counts', 'query Counts { partnershipGroups(by: [STATUS]) { status count } }');
  let max = 0;
  await page.route('**/graphql', route =>
    route.request().postData()?.includes('query Counts')
      ? route.fulfill({ json: { data: { partnershipGroups: [{ status: 'ACTIVE', count: max }] } } })
      : route.fallback(),
  );
  await page.goto(`${server.url}/graphql`);
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'Counts' }).first().waitFor();
  await openPanel(page, 'Chart');
  for (max of [1, 2, 3, 4, 5, 11, 100]) {
    await run(page);
    await expect.poll(() => textsOf(page, '.desk-totals text'), SLOW).toEqual([String(max)]);
    const ticks = await textsOf(page, '[data-part="x-axis tick label"] text');
    expect(new Set(ticks).size, `${max}: ${ticks}`).toBe(ticks.length);
    expect(ticks.length).toBeGreaterThan(1);
    expect(
      ticks.every(tick => /^\d+$/.test(tick)),
      `${max}: ${ticks}`,
    ).toBe(true);
    expect(Number(ticks.at(-1))).toBeGreaterThanOrEqual(max);
  }
  expect(wrongs).toEqual([]);
}, 120_000);

test('bars stand in the order of their total, which is at their end; the legend has one order; a pivot adds up', async () => {
  const { page, wrongs } = await visit(browser, server.url, DUTCH);
  await page.goto(`${server.url}/graphql`);
  await openPicture(page, '41-ties-by-province', 'Chart');
  const ties = (await statusesOn('2026-11-26')).size;
  const totals = async () => (await textsOf(page, '.desk-totals text')).map(Number);
  const legend = () => textsOf(page, 'g > text[x="30"]');
  const provinces = await totals();
  expect(provinces).toEqual(provinces.toSorted((a, b) => b - a));
  expect(provinces.reduce((sum, total) => sum + total, 0)).toBe(ties);
  expect(await legend()).toEqual(['Actief', 'Slapend', 'Beëindigd', 'Onbekend']);
  const lanes = await textsOf(page, '[data-part="y-axis tick label"] text');

  await openPicture(page, '10-ties-by-decade-and-status', 'Chart');
  await expect
    .poll(async () => (await textsOf(page, '[data-part="y-axis tick label"] text'))[0], SLOW)
    .toBe('1970–1979');
  expect(await legend()).toEqual(['Actief', 'Slapend', 'Beëindigd', 'Onbekend']);
  expect((await totals()).reduce((sum, total) => sum + total, 0)).toBe(ties);

  // Province × decade, split by status.
  await openPicture(page, '47-ties-by-province-decade-and-status', 'Chart');
  const pivot = page.locator('.desk-pivot table');
  await expect.poll(() => pivot.locator('thead tr').count(), SLOW).toBe(2);
  const rows = await pivot
    .locator('tbody tr')
    .evaluateAll(elements => elements.map(element => [...element.children].map(cell => cell.textContent ?? '')));
  expect(rows.map(([name]) => name)).toEqual([...lanes, 'Totaal']);
  expect(rows.map(row => Number(row.at(-1)))).toEqual([...provinces, ties]);
  const shades = await pivot
    .locator('td:not([data-total="true"])')
    .evaluateAll(cells =>
      cells.map(cell => [
        Number(cell.textContent),
        Number(/[\d.]+(?=\))/.exec(cell.getAttribute('style') ?? '')?.[0] ?? 0),
      ]),
    );
  const shadeOf = (count: number) => shades.find(([number]) => number === count)?.[1] ?? 0;
  expect(shadeOf(0)).toBe(0);
  expect(shadeOf(2)).toBeGreaterThan(shadeOf(1));

  const csv = await downloadOf(page, () => page.locator('.desk-pivot').getByRole('button', { name: 'CSV' }).click());
  const lines = csv.content.toString('utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(rows.length + 1);
  expect(lines[0]).toContain('1990–1999 / Actief');
  expect(lines.at(-1)).toMatch(new RegExp(`^Totaal,.*,${ties}$`));
  const xlsx = await downloadOf(page, () => page.locator('.desk-pivot').getByRole('button', { name: 'XLSX' }).click());
  const [sheet] = await readWorkbook(xlsx.content);
  expect(sheet?.data.at(-1)?.at(-1)).toBe(ties);
  expect(sheet?.data.slice(2).map(([name]) => name)).toEqual([...lanes, 'Totaal']);

  const marks = page.locator('.desk-figure [data-mark]');
  const groups = await marks.count();
  for (const layout of ['stacked', 'sideBySide', 'multiples']) {
    await page.getByLabel('Balken').selectOption(layout);
    await marks.first().hover();
    expect(await page.locator('.desk-card').textContent()).toBe(await marks.first().getAttribute('aria-label'));
    expect(await marks.count(), layout).toBe(groups);
  }
  expect(wrongs).toEqual([]);
}, 180_000);

test('the map of a day draws what is unknown and says what had not begun; two days are compared', async () => {
  const { page, wrongs } = await visit(browser, server.url, DUTCH);
  await page.goto(`${server.url}/graphql`);
  await openPicture(page, '39-ties-on-a-day', 'Map');
  const [first, second] = ['2010-01-01', '2024-06-01'];
  await page.getByLabel('Precieze dag').fill(first);
  const counted = page.locator(`[data-day-counts="${first}"]`);
  await counted.waitFor();
  const before = await statusesOn(first);
  const of = (ties: typeof before, status: string) => [...ties.values()].filter(tie => tie.status === status);
  const begun = of(before, 'UNKNOWN').filter(
    ({ startedOn }) => startedOn && `${startedOn}-12-31`.slice(0, 10) <= first,
  );
  const [active, unknown, later] = ['ACTIVE', 'UNKNOWN', 'NOT_YET_STARTED'].map(status => of(before, status).length);
  expect([active, unknown, later].every(count => (count ?? 0) > 0)).toBe(true);
  expect(await counted.textContent()).toBe(
    `1 januari 2010: ${active} actief, ${unknown} onbekend (waarvan ${begun.length} al begonnen), ${later} nog niet begonnen: samen ${before.size}`,
  );
  const legend = await page.locator('.desk-figure').textContent();
  expect(legend).toContain(`Actief (${active})`);
  expect(legend).toContain(`Stand onbekend (${unknown}, waarvan ${begun.length} al begonnen)`);
  expect(await page.locator('.desk-figure [data-mark]').count()).toBe(before.size - (later ?? 0));

  // A click on the legend takes a status out, and puts it back.
  await page.locator('[data-legend="UNKNOWN"]').click();
  await expect.poll(() => page.locator('.desk-figure [data-status="UNKNOWN"]').count(), SLOW).toBe(0);
  await page.locator('[data-legend="UNKNOWN"]').click();
  await page.getByLabel('Zoek een plaats').fill('rotterdam');
  await page.getByText(/^1 gevonden, met \d+ band/).waitFor();
  await page.getByLabel('Zoek een plaats').fill('');

  await page.getByRole('button', { name: 'Vergelijk met…' }).click();
  await page.getByLabel('Tweede dag').fill(second);
  const comparison = page.getByRole('region', { name: 'Tussen 1 januari 2010 en 1 juni 2024' });
  await comparison.waitFor();
  const after = await statusesOn(second);
  const expected = { added: 0, gone: 0, stayed: 0, unknown: 0, neither: 0 };
  for (const [id, { status }] of before) {
    const [was, is] = [status, after.get(id)?.status ?? ''].map(each => ['ACTIVE', 'DORMANT'].includes(each));
    if (status === 'UNKNOWN' || after.get(id)?.status === 'UNKNOWN') expected.unknown += 1;
    else expected[was ? (is ? 'stayed' : 'gone') : is ? 'added' : 'neither'] += 1;
  }
  for (const [change, size] of Object.entries(expected)) {
    const list = comparison.locator(`[data-change="${change}"]`);
    expect(await list.locator('li').count(), change).toBe(size);
    if (size > 0) expect(await list.locator('summary').textContent()).toContain(`(${size})`);
  }
  expect(await comparison.locator('summary strong').allTextContents()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Erbij/),
      expect.stringMatching(/^Verdwenen/),
      expect.stringMatching(/^Gebleven/),
      expect.stringMatching(/^Onbekend/),
    ]),
  );
  const drawn = (ties: typeof before) => ties.size - of(ties, 'NOT_YET_STARTED').length;
  expect(await page.locator('.desk-figure [data-mark]').count()).toBe(drawn(before) + drawn(after));

  await openPanel(page, 'Timeline');
  await counted.waitFor();
  expect(await counted.textContent()).toContain(`samen ${before.size}`);
  expect(await page.locator('.desk-figure [data-part="y-axis tick label"] text').count()).toBe(before.size);
  expect(wrongs).toEqual([]);
}, 180_000);

test('two days of an own question are compared without its ids, and no tie of either day is left out', async () => {
  const { page, wrongs } = await visit(browser, server.url, DUTCH);
  const side = '{ name location { latitude longitude } }';
  const counts = async () =>
    (await page.locator('.desk-comparison summary strong').allTextContents()).map(text =>
      Number(/\d+/.exec(text)?.[0]),
    );
  const sum = async () => (await counts()).reduce((total, count) => total + count, 0);
  const open = (filter: string, day: string) => {
    const query = `query Own($on: PartialDate!) { partnerships(first: 100${filter}) { nodes { status(on: $on) dutch ${side} chinese ${side} } } }`;
    const parameters = new URLSearchParams({ query, variables: JSON.stringify({ on: day }), view: 'map' });
    return page.goto(`${server.url}/graphql#${parameters}`);
  };
  await open('', '2000-01-01');
  await page.getByRole('button', { name: 'Vergelijk met…' }).click();
  await page.locator('.desk-comparison').waitFor();
  const now = await statusesOn(new Date().toISOString().slice(0, 10));
  await expect.poll(sum, SLOW).toBe(now.size);
  const labels = await page
    .locator('.desk-figure [data-mark]')
    .evaluateAll(marks => marks.map(mark => mark.getAttribute('aria-label')).join());
  expect(labels).toContain('Noord-Brabant');
  expect(labels).not.toContain('North Brabant');

  await open(', filter: { activeOn: $on }', '2015-01-01');
  const ties = new Set<string>();
  for (const day of [await statusesOn('2015-01-01'), now])
    for (const [id, { status }] of day) if (status === 'ACTIVE') ties.add(id);
  await expect.poll(sum, SLOW).toBe(ties.size);
  expect(wrongs).toEqual([]);
}, 120_000);

test('a place that a reader looks for has all of its ties, counted and in full ink', async () => {
  const { page, wrongs } = await visit(browser, server.url, DUTCH);
  await page.goto(`${server.url}/graphql#question=AllTiesOnTheMap&view=map&language=nl`);
  const marks = page.locator('.desk-figure [data-mark]');
  await marks.first().waitFor();
  const own = await marks.and(page.locator('[aria-label^="Den Haag –"]')).count();
  expect(own).toBeGreaterThan(1);
  await page.getByLabel('Zoek een plaats').fill('den haag');
  await page.getByText(`1 gevonden, met ${own} banden`).waitFor();
  expect(await marks.locator('path:first-child:not([stroke-opacity="0.28"])').count()).toBe(own);
  expect(wrongs).toEqual([]);
}, 120_000);

test('the marks of a picture have a tab stop, also after the mark that had it was taken out', async () => {
  const { page, wrongs } = await visit(browser, server.url, DUTCH);
  await page.goto(`${server.url}/graphql#question=AllTiesOnTheMap&view=map&language=nl`);
  const marks = page.locator('.desk-figure [data-mark]');
  await marks.first().focus();
  await page.keyboard.press('End');
  const all = await marks.count();
  await page.locator('[data-legend="ENDED"]').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => marks.count(), SLOW).toBeLessThan(all);
  await expect.poll(() => marks.and(page.locator('[tabindex="0"]')).count(), SLOW).toBe(1);
  for (let press = 0; press < 5 && (await page.locator('[data-mark]:focus').count()) === 0; press += 1)
    await page.keyboard.press('Tab');
  expect(await page.locator('[data-mark]:focus').getAttribute('data-mark')).toBe('0');
  expect(wrongs).toEqual([]);
}, 120_000);

test('a saved picture says which status the reader hid', async () => {
  const { page, wrongs } = await visit(browser, server.url, DUTCH);
  await page.goto(`${server.url}/graphql#question=AllTiesOnTheMap&view=map&language=nl`);
  await page.locator('[data-legend="ENDED"]').click();
  await expect.poll(() => page.locator('.desk-figure [data-status="ENDED"]').count(), SLOW).toBe(0);
  const { content } = await downloadOf(page, () => page.getByRole('button', { name: 'Bewaar als SVG' }).click());
  const svg = content.toString('utf8');
  expect([...svg.matchAll(/<text[^>]*text-decoration="line-through"[^>]*>([^<]*)/g)].map(([, text]) => text)).toEqual([
    expect.stringMatching(/^Beëindigd \(\d+\)$/),
  ]);
  expect(svg).not.toContain('aria-pressed');
  // The caption counts what is drawn.
  const drawn = await page.locator('.desk-figure [data-mark]').count();
  expect(svg).toMatch(new RegExp(`>${drawn} banden · \\d+ overheden`));
  expect(wrongs).toEqual([]);
}, 120_000);

test('no panel shows or exports an answer that is not of the present question', async () => {
  const { page, wrongs } = await visit(browser, server.url, DUTCH);
  await page.goto(`${server.url}/graphql`);
  await openQuestion(page, '02-ended-between-two-days');
  await openPanel(page, 'Table');
  await page.locator('.desk tbody tr').first().waitFor();
  const answer = page.locator('.desk-answer');
  expect(await answer.getAttribute('data-outdated')).toBe('false');

  // A year is meant as a whole.
  await writeVariables(page, '{ "from": "2021", "until": "2023" }');
  await page.getByText('De vraag is veranderd').waitFor();
  expect(await answer.getAttribute('data-outdated')).toBe('true');
  await run(page);
  await expect.poll(() => answer.getAttribute('data-outdated'), SLOW).toBe('false');
  const lists = page.getByLabel('Lijst').locator('option');
  expect((await lists.allTextContents()).map(text => /\d+(?=\)$)/.exec(text)?.[0])).toEqual(['7', '2']);

  await writeVariables(page, '{ "from": 2021, "until" ');
  await run(page);
  await page.getByText('De vraag kan niet worden verstuurd').waitFor();
  const copy = page.getByRole('button', { name: 'Kopieer', exact: true });
  const csv = page.locator('.desk-answer').getByText('CSV', { exact: true });
  for (const button of [copy, csv]) {
    await expect(button.first().click({ timeout: 1_000 })).rejects.toThrow();
  }

  await writeVariables(page, '{ "from": "2021-13", "until": "2023" }');
  await run(page);
  await page.locator('.desk-notice li').waitFor();
  expect(await page.locator('.desk-notice').textContent()).toMatch(/Er is geen antwoord. Het register zegt:.*2021-13/);
  for (const panel of ['Map', 'Timeline', 'Chart', 'Evidence', 'Table']) {
    await openPanel(page, panel);
    await page.locator('.desk-notice li').waitFor();
    expect(await page.locator('.desk :is(tbody tr, .desk-figure, .desk-nothing)').count(), panel).toBe(0);
  }
  // The register refused that request, as it should.
  expect(wrongs.filter(wrong => !/\b400\b/.test(wrong))).toEqual([]);
}, 180_000);

test('a picture for a report is light, has the title of the reader, and says all that a reader must know', async () => {
  const { page, wrongs } = await visit(browser, server.url, { ...DUTCH, colorScheme: 'dark' });
  // The words of the register come after the click: the picture waits for them.
  const clicked = Promise.withResolvers<void>();
  await page.route('**/graphql', async route => {
    if (route.request().postData()?.includes('codeLists')) await clicked.promise;
    await route.continue();
  });
  const query = `query Ended($on: PartialDate!) {
    partnerships(first: 100, filter: { status: { eq: ENDED }, endedOn: { until: "2023" }, dutch: { dutchLevel: { eq: MUNICIPALITY } } }) {
      nodes { id status(on: $on) startedOn endedOn
        dutch { name(language: NL) location { latitude longitude } }
        chinese { name(language: NL) location { latitude longitude } } } } }`;
  await withQuestion(page, 'Ended', query);
  await page.goto(`${server.url}/graphql`);
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'Ended' }).first().waitFor();
  await writeVariables(page, '{ "on": "2010-01-01" }');
  await run(page);
  await openPanel(page, 'Map');
  await page.locator('[data-mark]').first().waitFor();
  await page.getByLabel('Titel van het beeld').fill('Beëindigde banden & meer');
  const { name, content } = await downloadOf(page, async () => {
    await page.getByRole('button', { name: 'Bewaar als SVG' }).click();
    clicked.resolve();
  });
  expect(name).toBe('stedenband-kaart-2010-01-01.svg');
  const svg = content.toString('utf8');
  expect(svg).toMatch(/<title>Beëindigde banden &amp; meer<\/title><desc>[^<]*Actief \(\d+\)/);
  expect(svg).toMatch(/<rect width="100%" height="100%" fill="#ffffff"/);
  expect(svg).not.toContain('#212a3b');
  const text = svg.replaceAll(/<\/text>/g, ' ').replaceAll(/<[^>]+>/g, '');
  expect(text).toContain('Filter: Status: Beëindigd; Einddatum: tot en met 2023; ');
  expect(text).toContain('Nederlandse kant: bestuurslaag: Gemeente');
  expect(text).toContain('1 januari 2010');
  expect(text).toMatch(/1 januari 2010: \d+ actief.*: samen \d+/);
  expect(text).toContain(`${server.url}/graphql`);
  expect(text).toContain('CC BY 4.0');
  expect(svg.match(/data-mark|data-legend/)).toBeNull();

  const png = await downloadOf(page, () => page.getByRole('button', { name: 'Bewaar als PNG' }).click());
  expect(png.name).toBe('stedenband-kaart-2010-01-01.png');
  expect(png.content.subarray(1, 4).toString()).toBe('PNG');
  // The picture on the page stays dark, and there is one.
  expect(await page.locator('.desk-figure').count()).toBe(1);
  expect(await page.locator('.desk-figure > rect').first().getAttribute('fill')).toBe('#212a3b');
  expect(wrongs).toEqual([]);
}, 120_000);

test('pictures are in Chinese in a Chinese browser', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'zh-CN' });
  await page.goto(`${server.url}/graphql`);
  await openPicture(page, '39-ties-on-a-day', 'Map');
  await page.getByRole('heading', { name: '地图' }).waitFor();
  await page.getByText(/^2006年6月1日: \d+.*共\d+$/).waitFor();
  const svg = await downloadOf(page, () => page.getByRole('button', { name: '保存为 SVG' }).click());
  expect(svg.content.toString('utf8')).toMatch(/筛选条件：无，整个登记册.*数据：stedenband，CC BY 4\.0/s);
  expect(wrongs).toEqual([]);
}, 120_000);

test.each([
  ['light', LARGE],
  ['dark', PHONE],
] as const)(
  'comparisons and pivots fit the screen and break no rule of axe-core: %s, %o',
  async (colorScheme, viewport) => {
    const { page, wrongs } = await visit(browser, server.url, { ...DUTCH, colorScheme, viewport });
    await page.goto(`${server.url}/graphql`);
    const problems: string[] = [];
    const check = async (part: string) => {
      problems.push(...(await faultsOf(page, part, { include: ['.desk'] })));
    };
    await openPicture(page, '39-ties-on-a-day', 'Map');
    if (viewport === LARGE) {
      await page.getByRole('button', { name: 'Volle breedte' }).click();
      const height = () => page.locator('.desk-figure').evaluate(figure => figure.getBoundingClientRect().height);
      await expect.poll(height, SLOW).toBeGreaterThanOrEqual(800);
    }
    await page.getByRole('button', { name: 'Vergelijk met…' }).click();
    await page.locator('.desk-comparison').waitFor();
    await check('comparison');
    if (viewport === LARGE) await page.getByRole('button', { name: 'Naast de editor' }).click();
    await openPicture(page, '47-ties-by-province-decade-and-status', 'Chart');
    await page.locator('.desk-pivot').waitFor();
    await check('pivot');
    await openPicture(page, '39-ties-on-a-day', 'Timeline');
    await check('timeline');
    expect(problems).toEqual([]);
    expect(wrongs).toEqual([]);
  },
  180_000,
);
