import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { dayOf } from '../../src/graphiql/result/day-variable.js';
import { enumOf, evidenceQuery, factsOf, isSafeLink } from '../../src/graphiql/result/evidence.js';
import { groupsOf } from '../../src/graphiql/result/groups.js';
import { everyItem, labelOf } from '../../src/graphiql/result/items.js';
import { timelineOf } from '../../src/graphiql/result/periods.js';
import { type Item, readAnswer } from '../../src/graphiql/result/read.js';
import { recordResults } from '../../src/graphiql/result/record-results.js';
import { Answers, cursorOf } from '../../src/graphiql/result/results.js';
import { locate } from '../../src/graphiql/result/ties.js';
import { constantOf, dateInWords, humanize, periodInWords } from '../../src/graphiql/result/words.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const schema = buildSchema(read('../../schema.graphql'), { assumeValidSDL: true });
const answered = (query: string, data: unknown, variables = {}): Item =>
  readAnswer(schema, { query, variables }, data) as Item;
const question = (name: string) =>
  answered(read(`../questions/${name}.graphql`), JSON.parse(read(`../questions/${name}.json`)));

const rotterdam = { name: 'Rotterdam', location: { latitude: 51.9, longitude: 4.5 } };
const shanghai = { name: 'Shanghai', location: { latitude: 31.2, longitude: 121.5 } };
const PLACE = 'name location { latitude longitude }';

test('all ties have their arc: 52 in all, 9 of them ended, in three languages and with their evidence', () => {
  const { arcs, places, unplaced } = locate(question('38-all-ties-on-the-map'));
  expect(arcs).toHaveLength(52);
  expect(arcs.filter(({ status }) => status === 'ENDED')).toHaveLength(9);
  expect(unplaced).toBe(0);
  expect(places).toHaveLength(85);
  expect(places.filter(({ approximate }) => approximate)).toHaveLength(2);
  const first = arcs.find(({ dutch }) => dutch.called.nl === 'Rotterdam');
  expect(first).toMatchObject({
    status: 'ACTIVE',
    startedOn: '1979',
    chinese: { called: { nl: 'Shanghai', en: 'Shanghai', zh: '上海市' }, country: 'CN' },
    dutch: { called: { zh: '鹿特丹' }, country: 'NL' },
  });
  expect(first?.evidence.length).toBeGreaterThan(2);
});

test('a tie is found below its authority too, once however often it is there, and one without a place is counted', () => {
  const below = `{ authorities { nodes { ${PLACE} partnerships { nodes { id status chinese { ${PLACE} } } } } } }`;
  const tie = { id: 'tie', status: 'DORMANT', chinese: shanghai };
  const { arcs } = locate(
    answered(below, { authorities: { nodes: [{ ...rotterdam, partnerships: { nodes: [tie, tie] } }] } }),
  );
  expect(arcs).toMatchObject([
    { status: 'DORMANT', dutch: { called: { en: 'Rotterdam' } }, chinese: { called: { en: 'Shanghai' } } },
  ]);

  const query = `{ partnerships { nodes { dutch { ${PLACE} } chinese { ${PLACE} } } } }`;
  const located = locate(
    answered(query, { partnerships: { nodes: [{ dutch: rotterdam, chinese: { ...shanghai, location: null } }] } }),
  );
  expect([located.arcs.length, located.unplaced, located.places.length]).toEqual([0, 1, 1]);
});

test('an exchange between two places is an arc of its own kind; an answer without places gives nothing', () => {
  const query = `{ exchanges { nodes { title dutch { ${PLACE} } chinese { ${PLACE} } } } }`;
  const { arcs } = locate(
    answered(query, { exchanges: { nodes: [{ title: 'Visit', dutch: rotterdam, chinese: shanghai }] } }),
  );
  expect(arcs.map(({ status }) => status)).toEqual(['EXCHANGE']);
  expect(locate(question('10-ties-by-decade-and-status'))).toEqual({ places: [], arcs: [], unplaced: 0 });
});

test('ties are bars of their periods, their ends and exchanges points, programmes bands', () => {
  const timeline = timelineOf(question('40-ties-over-time'), '2026-11-24', 'en', 'Exchanges');
  expect(timeline.lanes[0]).toBe('Rotterdam – Shanghai');
  expect(timeline.bars[0]).toMatchObject({
    status: 'ACTIVE',
    from: '1979-01-01',
    until: '2026-11-24',
    said: { from: '1979', until: null },
  });
  expect(timeline.moments.filter(({ kind }) => kind === 'end')).toHaveLength(8);
  expect(
    timeline.moments.filter(({ kind, lane }) => kind === 'exchange' && lane === 'Rotterdam – Shanghai').length,
  ).toBeGreaterThan(5);
  expect(timeline.bars.filter(({ kind }) => kind === 'programme').length).toBeGreaterThan(5);
  expect(new Set([...timeline.bars, ...timeline.moments].map(({ lane }) => lane))).toEqual(new Set(timeline.lanes));
});

test('a tie without periods is drawn from its own dates, and one without a start is counted', () => {
  const query = '{ partnerships { nodes { id startedOn endedOn status } } }';
  const nodes = [
    { id: 'a', startedOn: '1999-05', endedOn: '2021-07-21', status: 'ENDED' },
    { id: 'b', startedOn: null, endedOn: null, status: 'UNKNOWN' },
  ];
  const timeline = timelineOf(answered(query, { partnerships: { nodes } }), '2026-11-24', 'en', 'Exchanges');
  expect(timeline.bars).toMatchObject([{ lane: 'a', status: 'ACTIVE', from: '1999-05-01', until: '2021-07-21' }]);
  expect(timeline.moments).toMatchObject([{ lane: 'a', kind: 'end', on: '2021-07-21' }]);
  expect(timeline.undated).toBe(1);
});

test('groups give bars by each of their dimensions', () => {
  const [groups] = groupsOf(question('41-ties-by-province'), 'nl');
  expect(groups?.dimensions.map(({ field }) => field)).toEqual(['dutchProvince', 'status']);
  expect(groups?.measures).toEqual(['count', 'exchangeCount']);
  expect(groups?.bars.reduce((sum, { measures }) => sum + (measures.count ?? 0), 0)).toBe(52);
  expect(groups?.bars.some(({ values }) => values[0] === 'Noord-Brabant' && values[1] === 'ENDED')).toBe(true);
  expect(groupsOf(question('01-earliest-tie'), 'nl')).toEqual([]);
});

test('the variable of a day is found in an argument and in a filter, with the day it stands for', () => {
  const argument = 'query Q($d: PartialDate = "1999") { partnerships { nodes { status(on: $d) } } }';
  expect(dayOf({ query: argument })).toEqual({ variable: 'd', day: '1999' });
  const filter = 'query Q($day: PartialDate) { partnerships(filter: { not: { activeOn: $day } }) { totalCount } }';
  expect(dayOf({ query: filter, variables: { day: '2006-06' } })).toEqual({ variable: 'day', day: '2006-06' });
  expect(dayOf({ query: filter })).toBeUndefined();
  const none = 'query Q($id: ID!) { partnership(id: $id) { status(on: "1999") } }';
  expect(dayOf({ query: none, variables: { id: 'x' } })).toBeUndefined();
});

test('the evidence of every type of record is asked for by a valid query, and told by fact', () => {
  for (const type of ['DutchAuthority', 'ChineseAuthority', 'Partnership', 'Programme', 'Exchange', 'Organisation']) {
    const query = evidenceQuery(schema, type);
    expect(validate(schema, parse(query ?? '')), type).toEqual([]);
  }
  expect(evidenceQuery(schema, 'Names')).toBeUndefined();
  expect(enumOf(schema, 'Partnership', 'themes')).toBe('Theme');
  expect(enumOf(schema, 'Partnership', 'notes')).toBeUndefined();
  const source = (title: string) => ({ title, publisher: 'VNG', url: null, publishedOn: null });
  const facts = factsOf({
    startedOn: '1979',
    themes: ['TRADE', 'WATER'],
    citations: [
      { source: source('one'), supports: ['startedOn', 'themes'] },
      { source: source('two'), supports: ['startedOn'] },
      { source: source('three'), supports: [] },
    ],
  });
  expect(facts.map(({ fact, value, sources }) => [fact, value, sources.map(({ title }) => title)])).toEqual([
    ['startedOn', '1979', ['one', 'two']],
    ['themes', 'TRADE; WATER', ['one']],
    ['', null, ['three']],
  ]);
  expect(['https://vng.nl', 'http://vng.nl', 'javascript:alert(1)', null].map(isSafeLink)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('names and dates are put into words', () => {
  expect([humanize('lastEvidenceOn'), humanize('NATIONAL_GOVERNMENT_REQUEST')]).toEqual([
    'Last evidence on',
    'National government request',
  ]);
  expect([dateInWords('1979', 'en'), dateInWords('1979-11', 'nl'), dateInWords('2021-07-01', 'en')]).toEqual([
    '1979',
    'november 1979',
    '1 July 2021',
  ]);
  expect([constantOf('startedDecade'), constantOf('kind')]).toEqual(['STARTED_DECADE', 'KIND']);
  expect(periodInWords('1979', null, false, 'en')).toBe('1979 – now');
  expect(periodInWords(null, null, true, 'nl')).toBe('begin onbekend – einde onbekend');
  const [tie] = [...everyItem(question('39-ties-on-a-day'))]
    .map(([item]) => item)
    .filter(({ type }) => type === 'Partnership');
  expect(labelOf(tie as Item, 'nl')).toBe('Rotterdam – Shanghai');
});

test('answers are kept by the tab that asked, and those of a subscription one after the other', async () => {
  const answers = new Answers();
  const events = [{ data: { changes: { cursor: 'c1' } } }, { data: { changes: { cursor: 'c2' } } }];
  let ended = false;
  async function* subscription() {
    try {
      yield* events;
      await new Promise(() => {});
    } finally {
      ended = true;
    }
  }
  const fetcher = recordResults(
    ({ query }) => (query.startsWith('subscription') ? subscription() : { data: { query } }) as never,
    answers,
  );
  answers.tab = 'one';
  await fetcher({ query: '{ a }', operationName: null as never, variables: { x: 1 } });
  await fetcher({ query: 'introspection', operationName: 'IntrospectionQuery' });
  answers.tab = 'two';
  const stream = (await fetcher({ query: 'subscription { changes { cursor } }' })) as AsyncIterableIterator<unknown>;
  await stream.next();
  await stream.next();
  await stream.return?.();
  expect(ended).toBe(true);
  expect(answers.of('one')).toMatchObject({ query: '{ a }', variables: { x: 1 }, data: { query: '{ a }' } });
  const two = answers.of('two');
  expect(two?.events).toHaveLength(2);
  expect(two && cursorOf(two)).toBe('c2');

  // A question without an answer leaves none behind, nor does a tab that is closed.
  answers.tab = 'one';
  await recordResults(() => ({ errors: [{ message: 'no' }] }) as never, answers)({ query: '{' });
  expect(answers.of('one')).toBeUndefined();
  answers.keepOnly(['one']);
  expect(answers.of('two')).toBeUndefined();
});
