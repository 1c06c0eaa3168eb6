import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { errorAt } from '../../src/graph/errors.js';
import { MESSAGE_LANGUAGES, renderMessage } from '../../src/messages/message.js';
import { RULES, type Rule } from '../../src/messages/rules.js';

/** Two marks that each end a sentence. */
const DOUBLED = /[.?!。？！][.?!。？！]/;

test.each(MESSAGE_LANGUAGES)('no message ends a sentence twice, whatever its parameters are (%s)', language => {
  for (const end of ['Did you mean "a"?', 'It failed.', '失败。', 'x']) {
    // Names of the schema end no sentence.
    const params = new Proxy({}, { get: (_, name) => (/^(?:field|suggestions)$/.test(String(name)) ? 'names' : end) });
    const texts = (Object.keys(RULES) as Rule[]).map(rule => renderMessage({ rule, params }, language));
    expect(texts.filter(text => DOUBLED.test(text))).toEqual([]);
    expect(texts.filter(text => !/[.?。？]$/.test(text) && !text.endsWith(end))).toEqual([]);
  }
});

test('the place before a text of a library ends no sentence twice', () => {
  const texts = ['Did you mean "a"?', 'Field "a" is missing', 'It failed.', 'No!'].map(text => new GraphQLError(text));
  expect(texts.map(error => errorAt('filter.a', error).message)).toEqual([
    'filter.a: Did you mean "a"?',
    'filter.a: Field "a" is missing.',
    'filter.a: It failed.',
    'filter.a: No!',
  ]);
});

test('a Dutch message capitalises the label that it begins with, and no name of a column', () => {
  const text = (field: string) => renderMessage({ rule: 'ROW_COLUMN_UNKNOWN', params: { field } }, 'nl');
  expect(text('extra0')).toMatch(/^extra0 is geen kolom/);
  expect(text('themes.1')).toMatch(/^Thema’s is geen kolom/);
  // The label is the name.
  expect(text('status')).toMatch(/^Status is geen kolom/);
});

test('a message translates the words of a place in a file, and no other place', () => {
  const text = (place: string, language: 'en' | 'nl' | 'zh') =>
    renderMessage({ rule: 'FILE_COLUMN_REPEATED', params: { place, column: 'id' } }, language);
  expect(text('row 3', 'en')).toMatch(/^row 3 names/);
  expect(text('row 3', 'nl')).toMatch(/^Regel 3 noemt/);
  expect(text('sheet Ties, row 3', 'nl')).toMatch(/^Blad Ties, regel 3 noemt/);
  expect(text('sheet Ties, row 3', 'zh')).toMatch(/^工作表 Ties 第 3 行 中列/);
  expect(text('activity NL-1', 'nl')).toMatch(/^activity NL-1 noemt/);
});
