import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from 'playwright-core';

/** Texts of the elements of a picture, in their order. */
export const textsOf = (page: Page, selector: string): Promise<string[]> =>
  page.locator(`.desk-figure ${selector}`).allTextContents();

/** Expression of the page: a point of the path of a mark that no other element covers. */
const freePointOf = (mark: string): string => `(() => {
  const path = document.querySelector('.desk-figure [data-mark="${mark}"] path:last-child');
  for (let part = 1; part < 200; part += 1) {
    const along = path.getPointAtLength((path.getTotalLength() * part) / 200);
    const { x, y } = along.matrixTransform(path.getScreenCTM());
    if (document.elementFromPoint(x, y) === path) return { x, y };
  }
})()`;

/** Moves the pointer to a point of an arc that no other element covers. */
export async function pointAt(page: Page, mark: Locator): Promise<void> {
  await mark.scrollIntoViewIfNeeded();
  const index = (await mark.getAttribute('data-mark')) ?? '';
  const point = await page.evaluate<{ x: number; y: number } | undefined>(freePointOf(index));
  if (!point) throw new Error('No point of the mark can be reached by a pointer.');
  await page.mouse.move(point.x, point.y);
}

/** Moves the pointer to the middle of a mark, which no other element may cover. A picture stands still: `hover` would wait for that. */
export async function hoverMark(page: Page, index: number): Promise<void> {
  const middle = await page.evaluate<{ x: number; y: number } | undefined>(`(() => {
    const mark = document.querySelectorAll('.desk-figure [data-mark]')[${index}];
    mark.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = mark.getBoundingClientRect();
    const middle = { x: x + width / 2, y: y + height / 2 };
    return mark.contains(document.elementFromPoint(middle.x, middle.y)) ? middle : undefined;
  })()`);
  if (!middle) throw new Error(`Another element covers the middle of mark ${index}.`);
  await page.mouse.move(middle.x, middle.y);
}

/** Replaces the variables of the open tab, as an analyst types them. */
export async function writeVariables(page: Page, text: string): Promise<void> {
  await page.locator('.graphiql-editor-tool .monaco-editor').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
  // The editor closes brackets by itself.
  await page.keyboard.press('Control+Shift+End');
  await page.keyboard.press('Delete');
}

/** Content of a download, and its name. */
export async function downloadOf(
  page: Page,
  start: () => Promise<unknown>,
): Promise<{ name: string; content: Buffer }> {
  const waiting = page.waitForEvent('download');
  await start();
  const download: Download = await waiting;
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}
