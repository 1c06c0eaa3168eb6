import { expect, test } from 'vitest';
import { formatInstant, instantsOf } from '../../src/graphiql/clock/amsterdam.js';
import { fileNameAt, isInstant, isRefusal, knownAtOf, withKnownAt } from '../../src/graphiql/result/known-at.js';
import { recordResults } from '../../src/graphiql/result/record-results.js';
import { ResultStore } from '../../src/graphiql/result/result-store.js';

test('a time of a clock in the Netherlands is one instant, twice in October two, and skipped in March none', () => {
  expect(instantsOf('2026-11-24', '14:00')).toEqual(['2026-11-24T14:00:00+01:00']);
  expect(instantsOf('2026-07-01', '14:00:30')).toEqual(['2026-07-01T14:00:30+02:00']);
  expect(instantsOf('2026-10-25', '02:30')).toEqual(['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00']);
  expect(instantsOf('2026-10-25', '03:00')).toEqual(['2026-10-25T03:00:00+01:00']);
  expect(instantsOf('2026-03-29', '02:30')).toEqual([]);
});

test('an instant is read in the Netherlands, in the language of the reader', () => {
  expect(formatInstant('2026-11-24T23:30:00Z', 'en')).toBe('25 November 2026 at 00:30:00 (Dutch time)');
  expect(formatInstant('2026-11-24T14:00:00+01:00', 'nl')).toBe('24 november 2026 om 14:00:00 (Nederlandse tijd)');
  expect(formatInstant('2026-11-24T14:00:00+01:00', 'zh')).toBe('2026年11月24日 14:00:00 (荷兰时间)');
});

test('an address is given a moment, keeps what else it has, and loses the moment again', () => {
  const instant = '2026-11-24T14:00:00+01:00';
  const filtered = 'export/partnerships.csv?filter=%7B%22a%22%3A1%7D';
  expect(withKnownAt(filtered, instant)).toBe(`${filtered}&knownAt=2026-11-24T14:00:00%2B01:00`);
  expect(withKnownAt('graphql?knownAt=old&x=1', 'Y2hh')).toBe('graphql?x=1&knownAt=Y2hh');
  expect(withKnownAt('/nl/graphql?knownAt=old', undefined)).toBe('/nl/graphql');
  expect(knownAtOf(new URL(withKnownAt('http://x/graphql', instant)).search)).toBe(instant);
  // The register refuses a moment that is empty, and reads a plus sign that was not encoded.
  expect([knownAtOf('?knownAt='), knownAtOf('')]).toEqual(['', undefined]);
  expect(withKnownAt('graphql', '')).toBe('graphql?knownAt=');
  expect([knownAtOf(`?knownAt=${instant}`), knownAtOf('?knownAt=2026-11-24t14:00+01:00')]).toEqual([
    instant,
    '2026-11-24t14:00+01:00',
  ]);
  expect([instant, '2026-11-24', 'Y2hhbmdl', '2026-11-24T14:00:00'].map(isInstant)).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect([fileNameAt('Ties', undefined), fileNameAt('Ties', instant)]).toEqual([
    'Ties',
    'Ties-knownAt-2026-11-24T14.00.00+01.00',
  ]);
});

test('an answer that comes after the clock was moved is neither shown nor stored, nor is an event', async () => {
  const results = new ResultStore();
  results.activeTab = 'one';
  const { promise: answer, resolve: send } = Promise.withResolvers<unknown>();
  const asked = recordResults(
    () => answer as never,
    results,
    () => 'moved',
  )({ query: '{ a }' });
  results.moveTo('Y2hhbmdl');
  send({ data: { a: 1 } });
  expect(JSON.parse(JSON.stringify(await asked))).toEqual({ errors: [{ message: 'moved' }] });
  expect(results.get('one')).toBeUndefined();

  const current = recordResults(
    () => ({ data: { a: 2 } }) as never,
    results,
    () => 'moved',
  );
  expect(await current({ query: '{ a }' })).toEqual({ data: { a: 2 } });
  expect(results.get('one')).toMatchObject({ data: { a: 2 } });
  results.moveTo(undefined);
  expect(results.get('one')).toBeUndefined();

  async function* events() {
    yield { data: { changes: { cursor: 'c1' } } };
    yield { data: { changes: { cursor: 'c2' } } };
  }
  const subscribe = recordResults(
    () => events() as never,
    results,
    () => 'moved',
  );
  const stream = (await subscribe({ query: 'subscription { changes { cursor } }' })) as AsyncIterableIterator<unknown>;
  await stream.next();
  expect(results.get('one')?.events).toHaveLength(1);
  results.moveTo('Y2hhbmdl');
  await stream.next();
  expect(results.get('one')).toBeUndefined();
});

test('an operation whose tab was left answers no other: neither with data, nor with an error, nor with events', async () => {
  const results = new ResultStore();
  results.activeTab = 'one';
  const { promise: answer, resolve: send } = Promise.withResolvers<unknown>();
  const { promise: failure, reject: fail } = Promise.withResolvers<unknown>();
  const ended: string[] = [];
  const stream = Promise.resolve({
    [Symbol.asyncIterator]: () => ({ return: () => Promise.resolve(ended.push('ended')) }),
  });
  const settled: unknown[] = [];
  const asked = [answer, failure, stream].map(response => {
    const fetcher = recordResults(
      () => response as never,
      results,
      () => 'moved',
    );
    return Promise.resolve(fetcher({ query: '{ a }' })).then(
      value => settled.push(value),
      error => settled.push(error),
    );
  });
  results.activeTab = 'two';
  send({ data: { a: 1 } });
  fail(new Error('unreachable'));
  // Long after all that waits for an answer has run.
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(settled).toEqual([]);
  expect(asked).toHaveLength(3);
  expect(ended).toEqual(['ended']);
  for (const tab of ['one', 'two']) expect([results.get(tab), results.refusalOf(tab)]).toEqual([undefined, undefined]);
});

test('a refusal is of no moment: it is shown at each, with whichever status it comes', async () => {
  const errors = [{ message: 'first must be an integer.' }];
  const refusal = Response.json({ errors });
  expect([await isRefusal(refusal), await refusal.json()]).toEqual([true, { errors }]);
  const answers = [Response.json({ data: { viewer: null } }), Response.json({ errors, data: { viewer: null } })];
  for (const answer of [...answers, Response.json(null), new Response('<h1>A proxy</h1>')])
    expect(await isRefusal(answer)).toBe(false);
});
