import { readdirSync, readFileSync } from 'node:fs';
import { GraphQLError, getIntrospectionQuery } from 'graphql';
import { expect, test } from 'vitest';
import { checkDocument } from '../../src/limits/document.js';
import { parseDocument } from '../../src/limits/parse.js';
import { allCalls, deep } from '../support/calls.js';

/** Returns the rejection of a document, and the CPU time of the check in milliseconds: the smaller one of two, without compiling. */
function checked(query: string) {
  const [first, second] = [checkedOnce(query), checkedOnce(query)];
  return { ...second, took: Math.min(first.took, second.took) };
}

function checkedOnce(query: string) {
  const start = process.cpuUsage();
  let extensions: Record<string, unknown> = {};
  let message = '';
  try {
    checkDocument(parseDocument(query));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    ({ extensions, message } = error);
  }
  const { user, system } = process.cpuUsage(start);
  return { ...extensions, message, took: (user + system) / 1_000 };
}

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const nested = (levels: number, inner: string) => `${'a{'.repeat(levels)}${inner}${'}'.repeat(levels)}`;
const doubling = (count: number, last: string) =>
  `{ ...f0 } ${times(count, i => `fragment f${i} on T { ...f${i + 1} ...f${i + 1} }`)} fragment f${count} on T { ${last} }`;
/** `a`, with the cycle of types that the meta schema has. */
const circular = (levels: number) =>
  `{ __schema { types { ${'fields { type { '.repeat(levels)} name ${' } }'.repeat(levels)} } } }`;

test.each<[what: string, query: string, limit: string, value: number, maximum: number]>([
  ['over 2,000 tokens', `{ ${'a '.repeat(1_999)} }`, 'tokens', 2_001, 2_000],
  ['5,000 times the same field', `{ ${'a '.repeat(5_000)} }`, 'tokens', 2_001, 2_000],
  ['13 levels', `{ ${nested(12, 'a')} }`, 'depth', 13, 12],
  ['400 levels', `{ ${nested(399, 'a')} }`, 'depth', 201, 12],
  [
    '13 levels by fragments',
    `{ ...a } fragment a on T { ${nested(6, '...b')} } fragment b on T { ${nested(6, 'a')} }`,
    'depth',
    13,
    12,
  ],
  ['31 aliases', `{ a { ${times(31, i => `x${i}: b { c }`)} } }`, 'aliases', 31, 30],
  ['101 aliases of leaves', `{ a { ${times(101, i => `x${i}: b`)} } }`, 'leafAliases', 101, 100],
  ['21 root fields', `{ ${times(21, i => `f${i}`)} }`, 'rootFields', 21, 20],
  ['21 root fields by a fragment', `{ ...a } fragment a on Query { ${times(21, i => `f${i}`)} }`, 'rootFields', 21, 20],
  ['51 directives', `{ a ${times(51, () => '@skip(if: true)')} }`, 'directives', 51, 50],
  ['a field 51 times in one place', `{ v { ${'a '.repeat(51)} } }`, 'repeats', 51, 50],
  ['a field 1,900 times below the root', `{ v { ${'a '.repeat(1_900)} } }`, 'repeats', 1_900, 50],
  ['a field 390 times in fragments', `{ v { ${times(390, () => '... { a }')} } }`, 'repeats', 390, 50],
  [
    'a field 60 times, in parts that are merged',
    `{ ${times(6, () => `v { ${'a '.repeat(10)} }`)} }`,
    'repeats',
    60,
    50,
  ],
  ['a fragment that nobody spreads', `{ a } fragment b on T { ${'a '.repeat(1_900)} }`, 'repeats', 1_900, 50],
  ['fragments that double 100 times', doubling(100, 'a'), 'selections', 1_000_000, 2_000],
  ['fragments that double and end in none', doubling(100, '...none'), 'selections', 1_000_000, 2_000],
  ['values 33 deep', `{ a(b: ${'['.repeat(33)}${']'.repeat(33)}) }`, 'nesting', 33, 32],
  ['values 900 deep', `{ a(b: ${'['.repeat(900)}${']'.repeat(900)}) }`, 'nesting', 33, 32],
  ['a default value 33 deep', `query($a: A = ${'['.repeat(33)}${']'.repeat(33)}) { a }`, 'nesting', 33, 32],
  ['introspection that goes round', circular(3), 'introspection', 3, 2],
  ['introspection that goes round for long', circular(60), 'introspection', 3, 2],
  [
    'introspection by fragments that goes round',
    '{ __schema { types { ...a } } } fragment a on __Type { fields { type { ...b } } } fragment b on __Type { fields { type { ...c } } } fragment c on __Type { fields { name } }',
    'introspection',
    3,
    2,
  ],
  [
    'introspection 19 deep',
    `{ __type(name: "A") { ${'ofType { '.repeat(18)} name ${' }'.repeat(18)} } }`,
    'introspection',
    19,
    18,
  ],
  ['the schema seven times', `{ ${times(7, i => `s${i}: __schema { queryType { name } }`)} }`, 'introspection', 7, 6],
])('%s: refused by name, with the figure', (_, query, limit, value, maximum) => {
  const { took, message, ...extensions } = checked(query);
  expect(extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', limit, value, maximum });
  expect(message).toContain(`; the maximum is ${maximum}. `);
  expect(took).toBeLessThan(100);
});

test.each<[what: string, query: string]>([
  ['12 levels', `{ ${nested(11, 'a')} }`],
  ['30 aliases', `{ a { ${times(30, i => `x${i}: b { c }`)} ${times(100, i => `y${i}: b`)} } }`],
  ['20 root fields, some twice', `{ ${times(20, i => `f${i} { a }`)} f1 { b } f2 { b } }`],
  ['50 directives', `{ a ${times(50, () => '@skip(if: true)')} }`],
  ['a field 50 times in one place', `{ v { ${'a '.repeat(50)} } }`],
  ['values 32 deep', `{ a(b: ${'['.repeat(32)}${']'.repeat(32)}) }`],
  ['a missing fragment, for validation to tell', '{ ...none }'],
  [
    'the introspection of GraphiQL',
    getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    }),
  ],
  ['the shortest introspection', getIntrospectionQuery({ descriptions: false })],
  [
    'a look at what a server supports beside the schema',
    `{ ${times(4, i => `t${i}: __type(name: "__Type") { fields { name } }`)} __schema { queryType { name } } }`,
  ],
])('%s: passes', (_, query) => {
  expect(checked(query).message).toBe('');
});

test('a fragment that spreads itself is refused at once', () => {
  for (const query of [
    '{ ...a } fragment a on T { ...a }',
    '{ ...a } fragment a on T { x { ...b } } fragment b on T { ...a }',
  ]) {
    expect(checked(query)).toMatchObject({
      code: 'GRAPHQL_VALIDATION_FAILED',
      message: 'The fragment a spreads itself.',
    });
  }
});

test('a text that holds NUL is refused', () => {
  expect(checked('{ a(b: "\\u0000") }')).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(checked('{ a(b: [{ c: "x\\u0000" }]) }')).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('every question and every mutation of the tests passes', () => {
  const folder = new URL('../questions/', import.meta.url);
  const questions = readdirSync(folder).filter(name => name.endsWith('.graphql'));
  expect(questions.length).toBeGreaterThan(30);
  for (const name of questions)
    expect([name, checked(readFileSync(new URL(name, folder), 'utf8')).message]).toEqual([name, '']);
  for (const { mutation } of allCalls) expect([mutation, checked(deep(mutation)).message]).toEqual([mutation, '']);
});
