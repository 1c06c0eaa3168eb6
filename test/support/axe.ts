import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: 'minor' | 'moderate' | 'serious' | 'critical';
  nodes: { html: string }[];
}

interface Audit {
  /** Selectors of the parts to look at; all of the page without them. */
  include?: readonly string[];
  exclude?: readonly string[];
  /** Rules beyond the default ones. */
  rules?: readonly string[];
  /** Rules in place of the default ones. */
  only?: readonly string[];
}

/** Rules that another colour scheme can break: the other ones look at elements, attributes and sizes, which stay as they are. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** Audits a page with axe-core, and returns its violations. Details of what passes, which nobody reads, take a fifth of the time. */
async function violationsOf(page: Page, { include, exclude = [], rules = [], only }: Audit): Promise<Violation[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(AXE);
  const context = JSON.stringify({ include: include ?? [['html']], exclude });
  const options = {
    resultTypes: ['violations'],
    rules: Object.fromEntries(rules.map(rule => [rule, { enabled: true }])),
    ...(only && { runOnly: only }),
  };
  return page.evaluate<Violation[]>(
    `axe.run(${context}, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
}

/** Returns one text for each element with a violation, and one if the page is wider than its viewport. */
export async function faultsOf(page: Page, part: string, audit: Audit = {}): Promise<string[]> {
  const violations = await violationsOf(page, audit);
  const faults = violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html }) => `${part}: ${impact} ${id}: ${html.slice(0, 200)}`),
  );
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  return overflow > 0 ? [...faults, `${part}: ${overflow} pixels wider than the screen`] : faults;
}

/** Resolves when the page has drawn a change of its colours, which transitions do. */
const COLOURS_CHANGED = `new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  .then(() => Promise.allSettled(
    document.getAnimations().filter(animation => animation instanceof CSSTransition).map(({ finished }) => finished)))
  .then(() => {})`;

/** Returns the faults of an open page once the system turns dark, and light again. */
export async function faultsInDarkAndLight(page: Page, part: string, audit: Audit = {}): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(COLOURS_CHANGED);
    const rules = colorScheme === 'dark' ? { only: COLOURS } : {};
    faults.push(...(await faultsOf(page, `${part}, ${colorScheme}`, { ...audit, ...rules })));
  }
  return faults;
}
