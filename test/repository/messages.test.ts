import { expect, test } from 'vitest';
import { RULES } from '../../src/messages/rules.js';

/** The parameters of a text, except the name of a type of the schema, which only developers read. */
const placeholders = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .filter(name => name !== 'type')
    .sort();

test.each(Object.entries(RULES))('the texts of %s name the same parameters in each language', (_, { text, label }) => {
  expect(placeholders(text.nl)).toEqual(placeholders(text.en));
  expect(placeholders(text.zh)).toEqual(placeholders(text.en));
  expect(Object.values(label).every(words => words.trim() !== '')).toBe(true);
});

test('names of rules are constants', () => {
  expect(Object.keys(RULES).filter(name => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
});
