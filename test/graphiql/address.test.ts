import { expect, test } from 'vitest';
import { type AddressState, readAddress, writeAddress } from '../../src/graphiql/address.js';

const state = (values: Partial<AddressState>): AddressState => ({ settings: new Map(), ...values });
const defined = (values: AddressState) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

test.each([
  state({ question: 'AllTiesOnTheMap', view: 'map', language: 'zh' }),
  state({
    query: '{ search(query: "a+b & #上海") { totalCount } } # 100 %',
    variables: '{"on":"1990-01-01"}',
    operationName: 'X',
  }),
  state({ question: 'TiesOnADay', variables: '', knownAt: '2026-11-24T14:00:00+01:00' }),
  state({ view: 'table', settings: new Map([['table.filter.dutch.name', 'Noord-Brabant, & co']]) }),
])('a state that was written is read again: %o', written => {
  expect(defined(readAddress('', writeAddress(written)))).toEqual(defined(written));
});

test('an address without a state has none, and an unknown language is left out', () => {
  expect(defined(readAddress('', ''))).toEqual({ settings: new Map() });
  expect(readAddress('', '#language=fr').language).toBeUndefined();
});

test('an old link has its state before the fragment; the fragment counts if it has one', () => {
  const search = `?query=${encodeURIComponent('{ a }')}&variables={"x":1}&operationName=A&knownAt=2026-11-24T14:00:00+01:00`;
  expect(readAddress(search, '')).toMatchObject({
    query: '{ a }',
    variables: '{"x":1}',
    operationName: 'A',
    knownAt: '2026-11-24T14:00:00+01:00',
  });
  const both = readAddress(search, '#question=Origins&knownAt=abc');
  expect(both).toMatchObject({ question: 'Origins', knownAt: 'abc' });
  expect([both.query, both.variables]).toEqual([undefined, undefined]);
});

test('a setting of a link whose name could add a parameter is left out', () => {
  const hash = '#view=table&a.b%26query%3D%7Bother%7D=1&table.filter.dutch.name=x&.=2&a.%E6%97%A5=3';
  const { settings } = readAddress('', hash);
  expect([...settings]).toEqual([['table.filter.dutch.name', 'x']]);
});

test('an instant and a list are readable in the address', () => {
  const settings = new Map([['table.hidden', 'dutch.name,status']]);
  expect(writeAddress(state({ knownAt: '2026-11-24T13:00:00Z', settings }))).toBe(
    '#knownAt=2026-11-24T13:00:00Z&table.hidden=dutch.name,status',
  );
});
