import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/messages/error-codes.js';
import { MESSAGE_LANGUAGES } from '../../src/messages/message.js';
import { RULES } from '../../src/messages/rules.js';

/** The parameters of a text, except the name of a type of the schema, which only developers read. */
const placeholders = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .filter(name => name !== 'type')
    .sort();
const rules = Object.entries(RULES);

test.each(rules)('the texts of %s name the same parameters in each language', (_, { text }) => {
  expect(placeholders(text.nl)).toEqual(placeholders(text.en));
  expect(placeholders(text.zh)).toEqual(placeholders(text.en));
});

test.each(rules)('the texts of %s are in their languages', (_, { text, label }) => {
  expect(text.zh).toMatch(/\p{Script=Han}/u);
  expect(text.nl).not.toBe(text.en);
  for (const latin of [text.en, text.nl]) expect(latin).not.toMatch(/\p{Script=Han}|[，。；：]/u);
  const words = /^\p{Lu}[\p{Script=Latin}\p{P} ]+$/u;
  expect(label).toEqual({
    en: expect.stringMatching(words),
    nl: expect.stringMatching(words),
    zh: expect.stringMatching(/\p{Script=Han}/u),
  });
});

test.each(MESSAGE_LANGUAGES)('no two rules have the same label (%s)', language => {
  const labels = rules.map(([, { label }]) => label[language]);
  expect(labels.filter((label, i) => labels.indexOf(label) !== i)).toEqual([]);
});

test('names of rules are constants, and each is in one file', async () => {
  const names = Object.keys(RULES);
  expect(names.filter(name => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
  const folder = new URL('../../src/messages/', import.meta.url);
  const files = (await readdir(folder)).filter(name => name.endsWith('.rules.ts'));
  const texts = await Promise.all(files.map(name => readFile(new URL(name, folder), 'utf8')));
  // A later file of the table would replace the rule of an earlier one.
  const declared = texts.flatMap(text => [...text.matchAll(/^ {2}([A-Z0-9_]+): \{$/gm)].map(([, name]) => name));
  expect(declared.sort()).toEqual(names.sort());
});

const cell = (text: string) => text.replaceAll('|', '\\|');

test('RULES.md has all codes and rules, with their texts', async () => {
  const codes = Object.entries(ERROR_CODES).sort(([a], [b]) => (a < b ? -1 : 1));
  const document = [
    '# Codes and rules of errors',
    'Written by `npm run messages` from the code; change the code, not this file. How a client uses them: [src/server](../server/README.md#language-of-messages).',
    '## Codes',
    '`extensions.code` of an error. A code never changes its meaning. `codeList(name: "ErrorCode")` returns them with their labels.',
    ['| code | meaning | Nederlands | 中文 |', '| --- | --- | --- | --- |']
      .concat(codes.map(([code, [meaning, nl, , zh]]) => `| \`${code}\` | ${cell(meaning)} | ${nl} | ${zh} |`))
      .join('\n'),
    '## Rules',
    '`extensions.rule` of an error, or `rule` of a user error. `params` have the values of the `{parameters}`. New rules are added; a parameter is never removed.',
    ['| rule | English | Nederlands | 中文 |', '| --- | --- | --- | --- |']
      .concat(
        rules
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([rule, { text }]) => `| \`${rule}\` | ${[text.en, text.nl, text.zh].map(cell).join(' | ')} |`),
      )
      .join('\n'),
  ];
  await expect(`${document.join('\n\n')}\n`).toMatchFileSnapshot('../../src/messages/RULES.md');
});

/** Files that create an error from a text that is none of ours, or that has been rendered. */
const TEXTS_OF_OTHERS = [
  'graph/errors.ts',
  'graph/execute/execution.ts',
  'graph/execute/variable-error.ts',
  'server/graphql/check-readable-input.ts',
  'server/graphql/execution-plugins.ts',
  'server/graphql/parse-and-validate.ts',
  'server/subscriptions/socket-operations.ts',
];

test('no error for clients is created from a text', async () => {
  const src = new URL('../../src/', import.meta.url);
  const files = (await readdir(src, { recursive: true })).filter(
    // `change/conflict.ts` creates a user error of mutations.
    name => name.endsWith('.ts') && !/^(?:graphiql|database|commands|config)\/|^change\/conflict\.ts$/.test(name),
  );
  expect(files.length).toBeGreaterThan(200);
  const creators: string[] = [];
  for (const file of files) {
    const text = await readFile(new URL(file, src), 'utf8');
    // An object of an error with a text as its message is an error as well.
    if (/new GraphQLError\(|extends GraphQLError\b|\bmessage: (?:'[^']|`)/.test(text)) creators.push(file);
  }
  expect(creators.sort()).toEqual(TEXTS_OF_OTHERS);
});

/** Rooms whose Chinese is what names and searches are made of, and not for readers. */
const NO_TEXTS = /^(?:matching|search|graph|source|database)\//;

test('NATIVE_READER.md lists every file with Chinese texts that people read', async () => {
  const root = new URL('../../', import.meta.url);
  const filesIn = async (folder: string, suffix: RegExp) => {
    const names = await readdir(new URL(folder, root), { recursive: true, encoding: 'utf8' });
    const texts = await Promise.all(
      names
        .filter(name => suffix.test(name) && !NO_TEXTS.test(name))
        .map(async name => ({ name, text: await readFile(new URL(folder + name, root), 'utf8') })),
    );
    return texts.filter(({ text }) => /\p{Script=Han}/u.test(text)).map(({ name }) => `- ${folder}${name}`);
  };
  const [sources, questions] = await Promise.all([
    filesIn('src/', /\.tsx?$/),
    filesIn('test/questions/', /\.graphql$/),
  ]);
  expect(sources.length).toBeGreaterThan(50);
  expect(questions.length).toBeGreaterThan(40);
  const document = [
    '# For a native reader of Chinese',
    'Written by `npm run messages` from the code. The Chinese texts were written by people whose Chinese is not native: these are the files to check. Texts in other languages are beside them. Terms are in the [glossary](../README.md#glossary).',
    '## Titles of questions',
    'The third line of each file.',
    questions.sort().join('\n'),
    '## Messages, labels, pages and the desk',
    sources.sort().join('\n'),
    '',
  ].join('\n\n');
  await expect(`${document.trimEnd()}\n`).toMatchFileSnapshot('../../src/messages/NATIVE_READER.md');
});
