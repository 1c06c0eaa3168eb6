import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openPanel, openQuestion, openServedBrowser, run, visit, withQuestion } from '../support/browser.js';

const { server, browser } = await openServedBrowser();

/** Words that only English has, of those that GraphiQL and this page use. */
const ENGLISH =
  /\b(?:the|and|with|for|from|your|this|that|show|hide|copy|save|close|search|settings?|clear|delete|edit|add|remove|fields?|arguments|history|execute|stop query|merge|prettify|documentation|explorer|window|schema types|enum|deprecated|new|select|operation|editor tools|commands|theme|light|dark|short|keys?|untitled|unnamed|failed|reload|build|table|evidence|columns?|rows?|records?|sources?|found|since|about)\b/i;
/** Names and abbreviations, which are the same in Chinese. */
const NAMES =
  /\b(?:partnershipGroups|exchangeGroups|Graph|Node|Den|Haag|Provincie|Utrecht|stedenband|GraphQL|Graphi?QL|Monaco|VS|Code|macOS|Windows|Ctrl|Shift|Enter|Alt|Tab|CSV|XLSX|NDJSON|JSON|SVG|PNG|HTML|CC|BY|curl|Python|pandas|JavaScript|DuckDB|Power|Query|Authorization|Bearer|query|mutation|subscription|Mutation|Subscription|VNG|Nanjing|API|proposal|review|English|Nederlands)\b/g;
/** Elements that have a language of their own, are code, or come from the register: answers, the schema, questions of readers. */
const OF_THE_REGISTER =
  '.monaco-editor, .monaco-aria-container, [lang="en"], option[lang], pre, .desk table, .desk svg, .desk-evidence, .graphiql-doc-explorer-type-name, .graphiql-doc-explorer-field-name, .graphiql-doc-explorer-argument-name, .graphiql-doc-explorer-enum-value, .graphiql-doc-explorer-default-value, .graphiql-doc-explorer-title, .graphiql-history-item-label, .graphiql-tab-button, .graphiql-dropdown-item';

/** Returns all that a reader sees or hears of the page. */
const textsOf = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const found = new Set();
    for (const element of document.querySelectorAll('body, body *')) {
      if (element.closest(${JSON.stringify(OF_THE_REGISTER)}) || /^(?:SCRIPT|STYLE)$/.test(element.tagName)) continue;
      if (!element.checkVisibility()) continue;
      for (const node of element.childNodes) if (node.nodeType === 3) found.add(node.data.trim());
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const text = element.getAttribute(name) ?? '';
        // The names of the API are in the titles of fields and columns.
        if (name !== 'title' || !/^\\$?[a-z]\\w*(?:\\.\\w+)*$/.test(text)) found.add(text);
      }
    }
    return [...found].filter(text => /[A-Za-z]{2}/.test(text));
  })()`);

const QUERIES = `query First { __typename }
query Second { __typename }`;

test.each([
  ['nl', 'nl-NL', (text: string) => ENGLISH.test(text)],
  ['zh', 'zh-CN', (text: string) => /[a-z]{3,}/i.test(text.replaceAll(NAMES, ''))],
] as const)(
  '%s: no word of the page and of GraphiQL is left in English',
  async (language, locale, isLeft) => {
    const { page, wrongs } = await visit(browser, server.url, { locale });
    await withQuestion(page, 'First', QUERIES);
    await page.goto(`${server.url}/graphql#language=${language}`);
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    const left: string[] = [];
    const check = async (where: string) => {
      const texts = await textsOf(page);
      expect(texts.length).toBeGreaterThan(5);
      left.push(...texts.filter(isLeft).map(text => `${where}: ${text}`));
    };

    await run(page);
    await page.getByRole('menuitem').first().waitFor();
    await check('menu of operations');
    await page.getByRole('menuitem').nth(1).click();
    await page.locator('.result-window .view-lines').getByText('"data"').waitFor();
    for (const button of ['.graphiql-execute-button', '.graphiql-toggle-editor-tools', '.graphiql-tab-add']) {
      await page.locator(button).focus();
      await page.locator('.graphiql-tooltip').first().waitFor();
      await check(`tooltip of ${button}`);
      await page.locator(button).blur();
      await page.locator('.graphiql-tooltip').waitFor({ state: 'detached' });
    }
    await page.locator('.graphiql-tab-add').click();
    await page.locator('.graphiql-tab-close').last().waitFor();
    // The builder asks a first question, and the words of its columns come with the code lists of the register.
    await page.locator('[title="startedOn"]').first().waitFor();
    await expect.poll(async () => (await textsOf(page)).filter(text => /StartedOn/.test(text))).toEqual([]);
    await check('new tab');

    for (const dialog of ['settings', 'short-keys']) {
      await page
        .locator('.desk-navigation button')
        .nth(dialog === 'settings' ? -1 : -2)
        .click();
      await page.locator('.graphiql-dialog').waitFor();
      await check(dialog);
      if (dialog === 'settings') {
        await page.locator('.graphiql-dialog-section button').last().click();
        await page.locator('.graphiql-dialog-section button:disabled').waitFor();
        await check('cleared');
      }
      await page.keyboard.press('Escape');
      await page.locator('.graphiql-dialog').waitFor({ state: 'detached' });
    }

    await openPanel(page, 'History');
    await page.locator('.graphiql-history-item').first().waitFor();
    await check('history');
    await page.locator('.graphiql-history-item-action').first().click();
    await page.locator('.graphiql-history-item.editable').waitFor();
    await check('history, a name');

    await openPanel(page, 'Documentation Explorer');
    await page.locator('.graphiql-doc-explorer-section-title').first().waitFor();
    await check('schema');
    for (const type of ['Query', 'Node', 'PartnershipStatus', 'PartnershipInput']) {
      const link = page.locator('a.graphiql-doc-explorer-type-name', { hasText: new RegExp(`^${type}$`) }).first();
      if ((await link.count()) === 0) continue;
      await link.click();
      await page.locator('.graphiql-doc-explorer-back').waitFor();
      await check(`schema, ${type}`);
      const field = page.locator('a.graphiql-doc-explorer-field-name').first();
      if (await field.count()) {
        await field.click();
        await check(`schema, a field of ${type}`);
        await page.locator('.graphiql-doc-explorer-back').click();
      }
      await page.locator('.graphiql-doc-explorer-back').click();
    }

    await openQuestion(page, '48-ended-or-dormant-by-whom');
    for (const panel of [
      'Questions',
      'Table',
      'Map',
      'Timeline',
      'Chart',
      'Network',
      'Evidence',
      'Builder',
      'Code',
      'Ids',
      'Proposals',
    ]) {
      await openPanel(page, panel);
      await page.locator('.graphiql-plugin .desk').first().waitFor();
      await check(panel);
    }
    expect([...new Set(left)]).toEqual([]);

    // Another language translates what is there, and English gets the texts of GraphiQL back.
    const toolbar = page.locator('.graphiql-execute-button');
    const before = await toolbar.getAttribute('aria-label');
    await page.locator('.desk-bar select').selectOption('en');
    await expect.poll(() => toolbar.getAttribute('aria-label')).toMatch(/^Execute query \(/);
    await page.locator('.desk-bar select').selectOption(language);
    await expect.poll(() => toolbar.getAttribute('aria-label')).toBe(before);
    expect(wrongs).toEqual([]);
  },
  180_000,
);

test('typing in the editor causes no work of the translation', async () => {
  const { page } = await visit(browser, server.url, { locale: 'nl-NL' });
  // Counts what observers of the body and of the parts of GraphiQL report.
  await page.addInitScript(`globalThis.seen = 0;
    const Observer = MutationObserver;
    globalThis.MutationObserver = class extends Observer {
      constructor(callback) {
        super((records, observer) => {
          if (String(callback).includes('addedNodes')) globalThis.seen += records.length;
          callback(records, observer);
        });
      }
    };`);
  await page.goto(`${server.url}/graphql#question=EarliestTie&view=table&language=nl`);
  await page.locator('.graphiql-query-editor .view-line').first().click();
  await page.locator('.desk tbody tr').first().waitFor();
  await page.keyboard.press('Control+End');
  const before = await page.evaluate<number>('seen');
  expect(before).toBeGreaterThan(0);
  await page.keyboard.type('# a comment');
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'a comment' }).waitFor();
  expect((await page.evaluate<number>('seen')) - before).toBeLessThan(11);
}, 120_000);
