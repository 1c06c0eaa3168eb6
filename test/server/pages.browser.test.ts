import { beforeAll, expect, test } from 'vitest';
import { faultsOf } from '../support/axe.js';
import { openServedBrowser, visit } from '../support/browser.js';

const KEY = 'pages-browser-admin-key';

const { server, browser } = await openServedBrowser({ access: { adminKey: KEY } });

// An address in a text cannot be broken between words.
beforeAll(async () => {
  const notes = `See https://example.org/${'a'.repeat(300)}, and 南京市.`;
  const query = `mutation { revisePartnership(input: { id: "tie-rotterdam-shanghai", expectedVersion: 1, notes: "${notes}", reason: "test" }) { userErrors { message } } }`;
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query }),
  });
  expect(await response.json()).toMatchObject({ data: { revisePartnership: { userErrors: [] } } });
});

const PATHS = [
  '/id/nl-breda',
  '/id/tie-rotterdam-shanghai',
  '/id/prog-vngi-iurc-china',
  '/questions',
  '/questions/EndedBetween',
  '/questions/TiesOfOneProvince',
  '/questions/EndedOrDormantAndWhy',
  '/questions/OneBadArgument',
];

/** With the rules of level AAA, all that axe-core has. */
const AUDIT = { rules: ['color-contrast-enhanced', 'identical-links-same-purpose'] };

// 320 pixels are 1280 at a zoom of 400 %.
test.each([
  ['nl-NL', 1280, 'light'],
  ['en-GB', 390, 'dark'],
  ['zh-CN', 1920, 'dark'],
  ['nl-NL', 320, 'light'],
] as const)(
  'axe finds nothing, and no page scrolls sideways (%s, %i pixels, %s)',
  async (locale, width, colorScheme) => {
    const options = { locale, viewport: { width, height: 900 }, colorScheme, bypassCSP: true };
    const { page } = await visit(browser, server.url, options);
    for (const path of PATHS) {
      await page.goto(server.url + path);
      expect(await faultsOf(page, path, AUDIT)).toEqual([]);
      expect([path, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([path, 0]);
    }
  },
  240_000,
);

test('without scripts and by keyboard alone: a form is asked, and a report gets its receipt', async () => {
  const { page, wrongs } = await visit(browser, server.url, { javaScriptEnabled: false, locale: 'nl-NL' });
  await page.goto(`${server.url}/questions/EndedBetween`);
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Naar de inhoud');
  await page.getByLabel('Van (verplicht)').fill('2022-01-01');
  await page.getByLabel('Tot en met (verplicht)').fill('2022-12-31');
  await page.getByRole('button', { name: 'Vraag het' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/questions/EndedBetween?from=2022-01-01&until=2022-12-31');
  await page.getByRole('link', { name: 'Eindhoven', exact: true }).click();
  await page.waitForURL('**/id/nl-eindhoven');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Eindhoven');

  await page.getByLabel('Welk gegeven (verplicht)').selectOption('names.zh');
  await page.getByLabel('Waarom u twijfelt (verplicht)').fill('De naam is inmiddels anders.');
  await page.getByRole('button', { name: 'Verstuur de melding' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Dank u wel: de melding is ontvangen' }).waitFor();
  expect(await page.getByText(/Uw ontvangstnummer is proposal-\w+/).count()).toBe(1);

  await page.goto(`${server.url}/graphql`);
  await page.getByRole('link', { name: 'De pagina’s van het register' }).click();
  await page.waitForURL('**/questions?language=nl');
  expect(wrongs).toEqual([]);
}, 120_000);

test('a page changes its language in place, and nothing moves for those who want no motion', async () => {
  const { page, wrongs } = await visit(browser, server.url, { locale: 'zh-CN', reducedMotion: 'reduce' });
  await page.goto(`${server.url}/id/cn-nanjing`);
  expect(await page.evaluate('document.documentElement.lang')).toBe('zh-Hans');
  await page.getByRole('link', { name: 'Nederlands' }).click();
  await page.waitForURL('**/id/cn-nanjing?language=nl');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Nanjing');
  expect(await page.locator('.other [lang="zh-Hans"]').textContent()).toBe('南京市');
  expect(await page.evaluate(`getComputedStyle(document.querySelector('a')).transitionDuration`)).toBe('0s');
  expect(wrongs).toEqual([]);
}, 60_000);

test('paper has the chosen values, whole code, long rows over pages, and light colours', async () => {
  const { page } = await visit(browser, server.url, { locale: 'nl-NL', colorScheme: 'dark' });
  const style = (selector: string, property: string) =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`);
  const colours = ['--land', '--arc', '--mark', '--mark-ink', '--accent', '--ring'];
  const printed = () => Promise.all(colours.map(colour => style('html', colour)));
  await page.goto(`${server.url}/questions/EndedOrDormantByWhom?from=2021&until=2023`);
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  const light = await printed();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await printed()).toEqual(light);
  const visible = (selector: string) => page.locator(selector).filter({ visible: true }).count();
  expect(await page.getByLabel('Van (verplicht)').inputValue()).toBe('2021');
  expect([await visible('form.ask input'), await visible('form.ask button, form.ask .hint')]).toEqual([2, 0]);
  expect(await style('pre', 'max-height')).toBe('none');
  expect(await style('tr:has(li)', 'break-inside')).toBe('auto');
  expect(await style('tr:not(:has(li))', 'break-inside')).toBe('avoid');

  await page.goto(`${server.url}/id/nl-breda`);
  expect([await visible('#report form'), await visible('figure svg')]).toEqual([0, 1]);
}, 60_000);
