import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DESKTOP, openDesk, openServedBrowser, PHONE, press } from '../support/browser.js';
import { inQuiet } from '../support/soak.js';

const KEY = 'thumbnails-test-admin-key';
const LARGE = { width: 1920, height: 1080 };
/** Time from a click on a question to its view. */
const MAX_ANSWER_MS = 1_000;
const PICTURES = [
  '38-all-ties-on-the-map',
  '39-ties-on-a-day',
  '40-ties-over-time',
  '10-ties-by-decade-and-status',
] as const;

const { server, browser } = await openServedBrowser({ access: { adminKey: KEY } });

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: T }).data;
}

/** Returns the colours of the marks of a picture, in their order. */
const coloursOf = (page: Page, picture: string) =>
  page.evaluate<string[]>(`[...document.querySelectorAll(${JSON.stringify(`${picture} [data-mark]`)})].map(mark => {
    const shape = mark.querySelector('path') ?? mark;
    return shape.getAttribute('stroke') + ' ' + shape.getAttribute('fill');
  })`);

/** Starts to measure the time from the next click to the first mark of a picture. */
const startMeasuring = (page: Page) =>
  page.evaluate(`void (globalThis.waited = new Promise(resolve => addEventListener('click', () => {
    const clickedAt = performance.now();
    const look = () => document.querySelector('.desk-figure [data-mark]')
      ? resolve(performance.now() - clickedAt)
      : requestAnimationFrame(look);
    look();
  }, { capture: true, once: true })))`);

test.each(
  [PHONE, DESKTOP, LARGE].flatMap(viewport =>
    (['light', 'dark'] as const).map((colorScheme, index) => ({
      viewport,
      colorScheme,
      locale: (viewport === PHONE
        ? ['nl-NL', 'zh-CN']
        : viewport === DESKTOP
          ? ['en-GB', 'nl-NL']
          : ['zh-CN', 'en-GB'])[index] as string,
    })),
  ),
)(
  'four thumbnails show the answers that their questions open: $viewport.width pixels, $colorScheme, $locale',
  async options => {
    const { viewport } = options;
    const { page, wrongs } = await openDesk(browser, server.url, options);
    for (const name of PICTURES) {
      const thumbnail = `[data-question="${name}"] .desk-thumbnail`;
      await page.locator(`${thumbnail} [data-mark]`).first().waitFor({ state: 'attached' });
      const box = await page.locator(thumbnail).boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= viewport.width && box.width >= 150).toBe(true);
      expect(await page.locator(`${thumbnail} text:visible`).count()).toBe(0);
      const drawn = await coloursOf(page, thumbnail);
      expect(drawn.length).toBeGreaterThan(10);

      await startMeasuring(page);
      await press(page, page.locator(`[data-question="${name}"]`));
      await page.locator('.desk-figure [data-mark]').first().waitFor();
      expect(await page.evaluate<number>('waited')).toBeLessThan(inQuiet(MAX_ANSWER_MS));
      expect(await coloursOf(page, '.desk-figure')).toEqual(drawn);
      await press(page, page.locator('[data-panel="Questions"]'));
    }
    expect(await page.locator('.desk-thumbnail').count()).toBe(PICTURES.length);
    expect(await page.evaluate('document.images.length')).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect(wrongs).toEqual([]);
  },
  120_000,
);

test('a thumbnail shows the register as it is now, and at the moment of the clock', async () => {
  const { page, wrongs } = await openDesk(browser, server.url);
  const ended = page.locator(`[data-question="${PICTURES[0]}"] .desk-thumbnail [data-status="ENDED"]`);
  await ended.first().waitFor({ state: 'attached' });
  const before = await ended.count();
  const { changes, partnership } = await ask<{
    changes: { nodes: { cursor: string }[] };
    partnership: { version: number; status: string };
  }>('{ changes(last: 1) { nodes { cursor } } partnership(id: "tie-rotterdam-shanghai") { version status } }');
  expect(partnership.status).toBe('ACTIVE');
  const input = `{ id: "tie-rotterdam-shanghai", expectedVersion: ${partnership.version}, since: "2026-01", reason: "test" }`;
  await ask(`mutation { endPartnership(input: ${input}) { userErrors { message } } }`);

  await page.locator('[data-panel="Table"]').click();
  await page.locator('[data-panel="Questions"]').click();
  await expect.poll(() => ended.count()).toBe(before + 1);
  await page.evaluate(`location.hash = '#view=questions&knownAt=${changes.nodes[0]?.cursor}'`);
  await expect.poll(() => ended.count()).toBe(before);
  expect(wrongs).toEqual([]);
}, 120_000);
