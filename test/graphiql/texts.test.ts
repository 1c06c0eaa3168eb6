import { globSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GRAPHIQL_TEXTS, translated } from '../../src/graphiql/chrome/graphiql-texts.js';
import { timelineTexts } from '../../src/graphiql/panels/timeline-texts.js';

const folder = new URL('../../src/graphiql/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file));
const sources = files.map(file => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }));

/** Names that are the same in all languages. */
const NAMES = new Set(['stedenband', 'https://', 'CSV', 'XLSX', 'NDJSON', 'GraphQL']);

/** Returns the texts that a component shows as they stand in its code, without a language. */
function bareTexts(text: string): string[] {
  const shown = [
    ...text.matchAll(/<\w[^<>]*>\s*([A-Za-z][^<>{}]*?)\s*<\//g),
    ...text.matchAll(/\s(?:aria-label|title|placeholder|alt|label)="([^"]*[A-Za-z][^"]*)"/g),
    ...text.matchAll(/\b(?:textContent|ariaLabel|innerText) = '([^']*)'/g),
  ];
  return shown.map(([, words = '']) => words.trim()).filter(words => !NAMES.has(words));
}

test('no component shows a text that is not in the language of the reader', () => {
  expect(bareTexts('<p className="a">Not translated</p><input title="Nor this" placeholder={texts.find} />')).toEqual([
    'Not translated',
    'Nor this',
  ]);
  const bare = sources
    .filter(({ file }) => file.endsWith('.tsx'))
    .flatMap(({ file, text }) => bareTexts(text).map(words => `${file}: ${words}`));
  expect(bare).toEqual([]);
});

// `Translations` requires all three languages of a constant `translations`; these are the other tables of texts.
test('every table of texts has Dutch and Chinese beside English', () => {
  const wrong = sources.flatMap(({ file, text }) => {
    const count = (language: string) => [...text.matchAll(new RegExp(`^ +${language}(?:,|: )`, 'gm'))].length;
    const [en, nl, zh] = ['en', 'nl', 'zh'].map(count);
    // In Chinese months have numbers. The texts of GraphiQL are the keys of their translations.
    if (file === 'result/format.ts' || file === 'chrome/graphiql-texts.ts') return [];
    return en === nl && en === zh ? [] : [`${file}: ${en} English, ${nl} Dutch, ${zh} Chinese`];
  });
  expect(wrong).toEqual([]);
});

test('every text of GraphiQL that it has in its code is translated', () => {
  const read = (module: string) => readFileSync(new URL(`../../node_modules/${module}`, import.meta.url), 'utf8');
  const modules = [
    'graphiql/dist/GraphiQL.js',
    'graphiql/dist/ui/sidebar.js',
    'graphiql/dist/ui/short-keys.js',
    'graphiql/dist/ui/toolbar.js',
    '@graphiql/plugin-history/dist/components.js',
    '@graphiql/react/dist/components/tabs/index.js',
    '@graphiql/react/dist/components/dialog/index.js',
    '@graphiql/react/dist/components/execute-button/index.js',
    ...globSync('@graphiql/plugin-doc-explorer/dist/components/*.js', {
      cwd: new URL('../../node_modules/', import.meta.url),
    }).map(String),
  ];
  const shown = modules.flatMap(module => [
    ...read(module).matchAll(/(?:children|label|title|placeholder|"aria-label"): "([^"]*[A-Za-z]{2}[^"]*)"/g),
    ...read(module).matchAll(/^\t*"([A-Z][^"]{3,})",?$/gm),
  ]);
  const words = [...new Set(shown.map(([, text = '']) => text.trim()))];
  // A fallback for a schema without a description, the roots of GraphQL, and systems.
  const same = /^(?:GraphiQL|Graph|macOS|Windows|query|mutation|subscription|A GraphQL schema provides .*)$/;
  const left = words.filter(text => !same.test(text) && translated(text, 'nl') === undefined);
  expect(words.length).toBeGreaterThan(50);
  expect(left).toEqual([]);
  for (const [english, { nl, zh }] of GRAPHIQL_TEXTS) {
    expect([english, /\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(nl)]).toEqual([english, true, false]);
  }
});

test('the register and an active tie have one word in Chinese', () => {
  const others = sources.filter(
    ({ file, text }) => /登记系统|标识符/.test(text) || (!file.startsWith('proposals/') && text.includes('有效')),
  );
  expect(others.map(({ file }) => file)).toEqual([]);
});

test('one of a kind is no plural', () => {
  expect(Object.values(timelineTexts).map(({ withoutStart }) => withoutStart(1))).toEqual([
    '1 tie whose start is unknown',
    '1 band waarvan het begin onbekend is',
    '1个友好关系起始不明',
  ]);
});

test('every Chinese text is Chinese, and no Dutch or English one is', () => {
  const pairs = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/^\s*(en|nl|zh): '([^'\n]+)',?$/gm)].map(([, language, words = '']) => ({
      file,
      language,
      words,
    })),
  );
  expect(pairs.length).toBeGreaterThan(20);
  const wrong = pairs.filter(
    ({ language, words }) => /\p{Script=Han}/u.test(words) !== (language === 'zh') && !NAMES.has(words),
  );
  expect(wrong).toEqual([]);
});
