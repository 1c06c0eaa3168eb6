import fc, { type GeneratorValue } from 'fast-check';
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType, isScalarType } from 'graphql';
import type { Json } from '../support/calls.js';

/** A value as it stands in the JSON of variables, and as it stands in a document. */
export interface Value {
  json: Json;
  literal: string;
}

/** Part of the texts of a client, which no line of the log may contain. */
export const MARKER = 'marker7431';

/** Characters that NFKD replaces by several: `㌖` by six, `ﷺ` by eighteen; and others that texts are searched for with. */
const EXPANDING = [
  '㌖',
  'ﷺ',
  '㍿',
  'ﬃ',
  '⑳',
  'Å',
  '½',
  '한',
  'İ',
  '上',
  '𠀀',
  '🇳🇱',
  'e\u0301',
  '\u200b',
  ' ',
  '\u202e',
  '%',
  '\\',
  "'",
];

/** A text to search for: of characters that expand, with halves of pairs and NUL, of any length. */
export const searchText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom(...EXPANDING), { maxLength: 12 }),
    fc.constantFrom(1, 1, 1, 5, 20, 200),
    fc.oneof({ weight: 6, arbitrary: fc.constant('') }, fc.constantFrom('\0', '\ud800', '\udc00x', '\n')),
    fc.oneof(fc.constant(''), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })),
    fc.constantFrom('', MARKER),
  )
  .map(([characters, times, breaking, more, marker]) => marker + characters.join('').repeat(times) + breaking + more);

const plain = (json: Json): Value => ({ json, literal: JSON.stringify(json) });

const IDS = [
  'nl-rotterdam',
  'cn-shanghai',
  'tie-rotterdam-shanghai',
  'tie-delft-jingdezhen',
  'org-vng-international',
  'prog-vngi-iurc-china',
  'exch-rotterdam-shanghai-rcro',
  '',
  'tie-',
  'x'.repeat(300),
  '__proto__',
  "' or 1=1 --",
  `tie-${MARKER}`,
  '../../etc/passwd',
];
const DATES = [
  '1979',
  '1979-11',
  '1979-11-23',
  '2022-02-30',
  '0000',
  '9999-12-31',
  '10000',
  '',
  '1979-1-1',
  '2016-12-31T23:59:60Z',
  '2026-11-24T00:00:00Z',
  '-0001',
];
const TEXTS = [
  MARKER,
  `${MARKER} 上海`,
  `${MARKER}\0`,
  `${MARKER}\ud800`,
  '㌖'.repeat(150),
  'ﷺ'.repeat(50),
  'Rotterdam',
  '上海',
  "'; drop table change; --",
  '%',
  '_',
  '\\',
  'a\\%_b',
  '\u202eabc',
  'e\u0301',
  '🇳🇱',
  '\ud800',
  '\0',
  '\n',
  ' ',
  '',
  'x'.repeat(5_000),
  '$1',
  '#{1}',
  '{{7*7}}',
  '<script>',
  'null',
  'true',
  '1',
  '=1+1',
  '\u0000\u0001',
  '\u200b',
  'İ',
  'ß',
];
const NUMBERS = [0, 1, -1, 20, 100, 101, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 1e308, 0.5, -0];
const URLS = [
  'https://example.org',
  'http://a',
  'javascript:alert(1)',
  `https://${MARKER}.example/`,
  'file:///etc/passwd',
  'https://',
  'https://exa mple.org',
  `https://a/${'b'.repeat(3_000)}`,
];
const CURSORS = [
  '',
  'eA',
  'bm9uc2Vuc2U',
  Buffer.from('["1979","tie-x"]').toString('base64url'),
  Buffer.from('change-1').toString('base64url'),
  Buffer.from('change-99999999999999999999').toString('base64url'),
  '!!!!',
  MARKER,
  '=',
];

const nasty = fc.oneof(
  fc.constantFrom<Json>(...TEXTS, ...NUMBERS, null, true, false, [], {}, [[]], { $ne: null }),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 3 }),
);
const scalars: Record<string, fc.Arbitrary<Json>> = {
  ID: fc.oneof(fc.constantFrom(...IDS), fc.constantFrom(...IDS), fc.string()),
  String: fc.oneof(
    fc.constantFrom(...TEXTS, ...CURSORS),
    searchText,
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
  ),
  Int: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(...NUMBERS), fc.integer()),
  Float: fc.oneof(fc.constantFrom(...NUMBERS), fc.double({ noNaN: true, noDefaultInfinity: true })),
  Boolean: fc.boolean(),
  PartialDate: fc.oneof(fc.constantFrom(...DATES), fc.integer({ min: 1900, max: 2030 }).map(String), fc.string()),
  DateTime: fc.oneof(fc.constantFrom(...DATES), fc.string()),
  URL: fc.oneof(fc.constantFrom(...URLS), fc.webUrl(), fc.string()),
  ChangeCursor: fc.oneof(fc.constantFrom(...CURSORS), fc.string()),
};

/** A value of any scalar. */
export const scalarValue: fc.Arbitrary<Json> = fc.oneof(...Object.values(scalars), nasty);

/** A value of a type, or now and then one that is not. */
export function randomValue(g: GeneratorValue, type: GraphQLInputType, depth = 0): Value {
  const die = g(fc.integer, { min: 0, max: 99 });
  if (isNonNullType(type)) return die < 2 ? plain(null) : randomValue(g, type.ofType, depth);
  if (die < 3) return plain(null);
  if (die < 6) return plain(g(() => nasty));
  if (isListType(type)) {
    const length = g(fc.integer, { min: 0, max: die < 8 ? 120 : 3 });
    const items = Array.from({ length: depth > 3 ? 0 : length }, () => randomValue(g, type.ofType, depth + 1));
    return { json: items.map(({ json }) => json), literal: `[${items.map(({ literal }) => literal).join(', ')}]` };
  }
  if (isEnumType(type)) {
    const name = g(fc.constantFrom<string[]>, ...type.getValues().map(({ name }) => name));
    return { json: name, literal: name };
  }
  if (isInputObjectType(type)) {
    const all = Object.values(type.getFields());
    const share = depth > 4 ? 0 : 100 / (all.length * (depth + 1));
    const chosen = all.filter(field => isNonNullType(field.type) || g(fc.integer, { min: 0, max: 99 }) < share * 2);
    const values = chosen.map(field => [field.name, randomValue(g, field.type, depth + 1)] as const);
    return {
      json: Object.fromEntries(values.map(([name, { json }]) => [name, json])),
      literal: `{${values.map(([name, { literal }]) => `${name}: ${literal}`).join(', ')}}`,
    };
  }
  if (isScalarType(type)) return plain(g(() => scalars[type.name] ?? nasty));
  throw new Error(`${type} is no type of input.`);
}
