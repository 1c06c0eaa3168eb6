import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { countArcs, mapTexts } from '../../src/graphiql/panels/map-texts.js';
import { wholeTicks } from '../../src/graphiql/panels/ticks.js';
import { answerStateOf } from '../../src/graphiql/result/answer-state.js';
import { arrange } from '../../src/graphiql/result/arrangement.js';
import { type Dimension, groupsOf, isAdditive, valuesOf } from '../../src/graphiql/result/chart-data.js';
import { dayVariableOf } from '../../src/graphiql/result/day-variable.js';
import { enumTypeOf, evidenceQuery, factsOf, isSafeLink } from '../../src/graphiql/result/evidence.js';
import { filterWords } from '../../src/graphiql/result/filter-words.js';
import { enumValueName, formatDate, formatPeriod, formatTick, humanize } from '../../src/graphiql/result/format.js';
import { keyOf, keysOf, valuesOfKey } from '../../src/graphiql/result/group-keys.js';
import { mapDataOf } from '../../src/graphiql/result/map-data.js';
import { labelOf, walkObjects } from '../../src/graphiql/result/objects.js';
import { pivotOf } from '../../src/graphiql/result/pivot-data.js';
import { pivotCsv } from '../../src/graphiql/result/pivot-files.js';
import { recordResults } from '../../src/graphiql/result/record-results.js';
import { latestCursor, ResultStore } from '../../src/graphiql/result/result-store.js';
import { compareDays, countTies, tiesOnDay } from '../../src/graphiql/result/status-on-day.js';
import { periodOf, timelineOf } from '../../src/graphiql/result/timeline-data.js';
import { type ResultObject, readResult } from '../../src/graphiql/result/typed-result.js';
import { valueLabel } from '../../src/graphiql/result/value-label.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const schema = buildSchema(read('../../schema.graphql'), { assumeValidSDL: true });
const typedResult = (query: string, data: unknown, variables = {}): ResultObject =>
  readResult(schema, { query, variables }, data) as ResultObject;
const question = (name: string) =>
  typedResult(read(`../questions/${name}.graphql`), JSON.parse(read(`../questions/${name}.json`)));

const rotterdam = { name: 'Rotterdam', location: { latitude: 51.9, longitude: 4.5 } };
const shanghai = { name: 'Shanghai', location: { latitude: 31.2, longitude: 121.5 } };
const PLACE = 'name location { latitude longitude }';

test('all partnerships have an arc: 53, 9 of them ended, with names in three languages and evidence', () => {
  const { arcs, places, unplaced } = mapDataOf(question('38-all-ties-on-the-map'));
  expect(arcs).toHaveLength(53);
  expect(arcs.filter(({ status }) => status === 'ENDED')).toHaveLength(9);
  expect(unplaced).toBe(0);
  expect(places).toHaveLength(87);
  expect(places.filter(({ approximate }) => approximate)).toHaveLength(3);
  const first = arcs.find(({ dutch }) => dutch.displayName.nl === 'Rotterdam');
  expect(first).toMatchObject({
    status: 'ACTIVE',
    startedOn: '1979',
    chinese: { displayName: { nl: 'Shanghai', en: 'Shanghai', zh: '上海市' }, country: 'CN' },
    dutch: { displayName: { zh: '鹿特丹' }, country: 'NL' },
  });
  expect(first?.evidence.length).toBeGreaterThan(2);
});

test('a partnership nested in its authority has one arc regardless of repetitions, and one without a location is counted', () => {
  const below = `{ authorities { nodes { ${PLACE} partnerships { nodes { id status chinese { ${PLACE} } } } } } }`;
  const tie = { id: 'tie', status: 'DORMANT', chinese: shanghai };
  const { arcs } = mapDataOf(
    typedResult(below, { authorities: { nodes: [{ ...rotterdam, partnerships: { nodes: [tie, tie] } }] } }),
  );
  expect(arcs).toMatchObject([
    { status: 'DORMANT', dutch: { displayName: { en: 'Rotterdam' } }, chinese: { displayName: { en: 'Shanghai' } } },
  ]);

  const query = `{ partnerships { nodes { dutch { ${PLACE} } chinese { ${PLACE} } } } }`;
  const located = mapDataOf(
    typedResult(query, { partnerships: { nodes: [{ dutch: rotterdam, chinese: { ...shanghai, location: null } }] } }),
  );
  expect([located.arcs.length, located.unplaced, located.places.length]).toEqual([0, 1, 1]);

  // Each of its sides has it.
  const unplaced = { ...tie, chinese: { ...shanghai, location: null } };
  const nodes = [rotterdam, { ...shanghai, location: null }].map(side => ({
    ...side,
    partnerships: { nodes: [unplaced] },
  }));
  expect(mapDataOf(typedResult(below, { authorities: { nodes } })).unplaced).toBe(1);
});

test('a name of capitals that groups are counted by is no code', () => {
  const query = '{ exchangeGroups(by: [PROGRAMME, KIND]) { programme { name } kind count } }';
  const [groups] = groupsOf(
    typedResult(query, { exchangeGroups: [{ programme: { name: 'MATRA' }, kind: 'CULTURE', count: 2 }] }),
    'en',
  );
  const labels = { noValue: '', decade: String, enumLabel: (_: string, value: string) => humanize(value) };
  const values = groups?.bars[0]?.values.map((value, place) =>
    valueLabel(groups.dimensions[place] as Dimension, value, labels),
  );
  expect(values).toEqual(['MATRA', 'Culture']);
});

test('an exchange between two places is an arc of another kind; a result without places has none', () => {
  const query = `{ exchanges { nodes { title dutch { ${PLACE} } chinese { ${PLACE} } } } }`;
  const { arcs } = mapDataOf(
    typedResult(query, { exchanges: { nodes: [{ title: 'Visit', dutch: rotterdam, chinese: shanghai }] } }),
  );
  expect(arcs.map(({ status }) => status)).toEqual(['EXCHANGE']);
  expect(countArcs(arcs, mapTexts.en)).toEqual(['1 exchange']);
  const ties = mapDataOf(question('38-all-ties-on-the-map')).arcs;
  expect(countArcs([...ties, ...arcs, ...arcs], mapTexts.nl)).toEqual(['53 banden', '2 uitwisselingen']);
  expect(countArcs([], mapTexts.zh)).toEqual(['0个友好关系']);
  expect(mapDataOf(question('10-ties-by-decade-and-status'))).toEqual({ places: [], arcs: [], unplaced: 0 });
});

test('status periods and programmes are bars, ends and exchanges are points', () => {
  const timeline = timelineOf(question('40-ties-over-time'), '2026-11-24', 'en', 'Exchanges');
  expect(timeline.lanes[0]).toBe('Rotterdam – Shanghai');
  expect(timeline.bars[0]).toMatchObject({
    status: 'ACTIVE',
    from: '1979-01-01',
    until: '2026-11-24',
    recorded: { from: '1979', until: null },
  });
  expect(timeline.points.filter(({ kind }) => kind === 'end')).toHaveLength(8);
  expect(
    timeline.points.filter(({ kind, lane }) => kind === 'exchange' && lane === 'Rotterdam – Shanghai').length,
  ).toBeGreaterThan(5);
  expect(timeline.bars.filter(({ kind }) => kind === 'programme').length).toBeGreaterThan(5);
  expect(new Set([...timeline.bars, ...timeline.points].map(({ lane }) => lane))).toEqual(new Set(timeline.lanes));
});

test('a partnership without periods is drawn from its dates, and one without a start over the whole time', () => {
  const query = '{ partnerships { nodes { id startedOn endedOn status } } }';
  const nodes = [
    { id: 'a', startedOn: '1999-05', endedOn: '2021-07-21', status: 'ENDED' },
    { id: 'b', startedOn: null, endedOn: null, status: 'UNKNOWN' },
  ];
  const timeline = timelineOf(typedResult(query, { partnerships: { nodes } }), '2026-11-24', 'en', 'Exchanges');
  expect(timeline.bars).toMatchObject([
    { lane: 'a', status: 'ACTIVE', from: '1999-05-01', until: '2021-07-21' },
    { lane: 'b', kind: 'undated', from: '1999-05-01', until: '2026-11-24', recorded: { from: null } },
  ]);
  expect(timeline.points).toMatchObject([{ lane: 'a', kind: 'end', on: '2021-07-21' }]);
  expect(timeline.undated).toBe(0);
});

test('a tie without a start has its end, and a programme without an end is not said to go on', () => {
  const query = `{ partnerships { nodes { id startedOn endedOn status } } programmes { nodes { id startedOn endedOn } } }`;
  const data = {
    partnerships: { nodes: [{ id: 'a', startedOn: null, endedOn: '2022', status: 'ENDED' }] },
    programmes: { nodes: [{ id: 'b', startedOn: '2012', endedOn: null }] },
  };
  const { bars, points } = timelineOf(typedResult(query, data), '2026-11-24', 'en', 'Exchanges');
  expect(bars.map(bar => periodOf(bar, 'en'))).toEqual(['start unknown – 2022', '2012 – end unknown']);
  expect(bars[0]).toMatchObject({ lane: 'a', from: '2012-01-01', until: '2022-01-01' });
  expect(points).toMatchObject([{ lane: 'a', kind: 'end', on: '2022-01-01' }]);
});

test('a programme is drawn to the end of its last year, month or day', () => {
  const query = '{ programmes { nodes { id startedOn endedOn } } }';
  const nodes = [
    { id: 'a', startedOn: '2018', endedOn: '2023' },
    { id: 'b', startedOn: '2020-02', endedOn: '2020-02' },
    { id: 'c', startedOn: '2021', endedOn: '2021-06-30' },
    { id: 'd', startedOn: '2022-05-09', endedOn: '2022-05-09' },
  ];
  const { bars } = timelineOf(typedResult(query, { programmes: { nodes } }), '2026-11-24', 'en', 'Exchanges');
  expect(bars.map(({ lane, from, until }) => [lane, from, until])).toEqual([
    ['a', '2018-01-01', '2023-12-31'],
    ['b', '2020-02-01', '2020-02-29'],
    ['c', '2021-01-01', '2021-06-30'],
    ['d', '2022-05-09', '2022-05-09'],
  ]);
});

test('a tie has its period if the answer names it before it has its dates, as under an exchange', () => {
  const query = `{ exchanges { nodes { id startedOn partnership { id } } } partnerships { nodes { id startedOn status } } }`;
  const data = {
    exchanges: { nodes: [{ id: 'x', startedOn: '2012', partnership: { id: 'a' } }] },
    partnerships: { nodes: [{ id: 'a', startedOn: '1999', status: 'ACTIVE' }] },
  };
  const timeline = timelineOf(typedResult(query, data), '2026-11-24', 'en', 'Exchanges');
  expect(timeline.bars).toMatchObject([{ lane: 'a', status: 'ACTIVE', from: '1999-01-01' }]);
  expect(timeline.lanes).toEqual(['Exchanges', 'a']);
  const nested = '{ exchanges { nodes { id startedOn partnership { id startedOn status } } } }';
  const nodes = [{ id: 'x', startedOn: '2012', partnership: { id: 'a', startedOn: '1999', status: 'ACTIVE' } }];
  expect(timelineOf(typedResult(nested, { exchanges: { nodes } }), '2026-11-24', 'en', 'Exchanges').bars).toHaveLength(
    1,
  );
});

test('groups become bars with a value per dimension', () => {
  const [groups] = groupsOf(question('41-ties-by-province'), 'nl');
  expect(groups?.dimensions.map(({ field }) => field)).toEqual(['dutchProvince', 'status']);
  expect(groups?.measures).toEqual(['count', 'exchangeCount']);
  expect(groups?.bars.reduce((sum, { measures }) => sum + (measures.count ?? 0), 0)).toBe(53);
  expect(groups?.bars.some(({ values }) => values[0] === 'Noord-Brabant' && values[1] === 'ENDED')).toBe(true);
  expect(groupsOf(question('01-earliest-tie'), 'nl')).toEqual([]);
});

test('values stand in time order, in the order of statuses, or the largest total first; unknown last', () => {
  const query = '{ partnershipGroups(by: [STARTED_DECADE, STATUS]) { startedDecade status count } }';
  const group = (startedDecade: number | null, status: string, count: number) => ({ startedDecade, status, count });
  const partnershipGroups = [group(null, 'UNKNOWN', 9), group(1990, 'ENDED', 1), group(1980, 'ACTIVE', 2)];
  const [groups] = groupsOf(typedResult(query, { partnershipGroups }), 'en');
  if (!groups) throw new Error('There are no groups.');
  expect(valuesOf(groups, 0, 'count')).toEqual([1980, 1990, null]);
  expect(valuesOf(groups, 1, 'count')).toEqual(['ACTIVE', 'ENDED', 'UNKNOWN']);
  expect(arrange(groups)).toEqual({ rows: 0, columns: 1, split: undefined });
  expect(arrange(groups, 1)).toEqual({ rows: 1, columns: 0, split: undefined });
  const pivot = pivotOf(groups, 'count', arrange(groups));
  expect(pivot.rows.at(-1)).toEqual({ value: undefined, cells: [2, 1, 9, 12] });
  expect(pivot.rows[1]).toEqual({ value: 1990, cells: [null, 1, null, 1] });
  // An authority can be in several groups: their numbers do not add up.
  const authorities = pivotOf({ ...groups, measures: ['authorityCount'] }, 'authorityCount', arrange(groups));
  expect([authorities.columns.length, authorities.rows.length]).toEqual([3, 3]);
  const [provinces] = groupsOf(question('41-ties-by-province'), 'nl');
  const totals = provinces && pivotOf(provinces, 'count', arrange(provinces)).rows.map(({ cells }) => cells.at(-1));
  expect(totals?.slice(0, -1)).toEqual(totals?.slice(0, -1).toSorted((a, b) => Number(b) - Number(a)));
});

test('groups by theme have no totals: a tie is in the group of each of its themes', () => {
  const [themes] = groupsOf(question('18-themes'), 'nl');
  const [provinces] = groupsOf(question('41-ties-by-province'), 'nl');
  if (!themes || !provinces) throw new Error('There are no groups.');
  expect([isAdditive(themes, 'count'), isAdditive(provinces, 'count')]).toEqual([false, true]);
  const { columns, rows } = pivotOf(themes, 'count', arrange(themes));
  expect([columns, rows].flat().some(cell => ('value' in cell ? cell.value : cell.column) === undefined)).toBe(false);
});

test('groups by theme have no totals if their theme is not selected either', () => {
  const query = 'query Q($by: [PartnershipDimension!]!) { partnershipGroups(by: $by) { status count } }';
  const partnershipGroups = [3, 2].map(count => ({ status: 'ACTIVE', count }));
  const [isByTheme, isByKind] = ['THEME', 'KIND'].map(second => {
    const [groups] = groupsOf(typedResult(query, { partnershipGroups }, { by: ['STATUS', second] }), 'en');
    return groups && isAdditive(groups, 'count');
  });
  expect([isByTheme, isByKind]).toEqual([false, true]);
});

test('a value and an unknown one with the same label have lanes, parts and cells of their own', async () => {
  const query = '{ exchangeGroups(by: [KIND, PARTNERSHIP_STATUS]) { kind partnershipStatus count } }';
  const group = (partnershipStatus: string | null, count: number) => ({ kind: 'VISIT', partnershipStatus, count });
  const exchangeGroups = [group(null, 35), group('UNKNOWN', 27)];
  const [groups] = groupsOf(typedResult(query, { exchangeGroups }), 'zh');
  if (!groups) throw new Error('There are no groups.');
  expect(keysOf(groups, [0], 'count').map(valuesOfKey)).toEqual([['VISIT']]);
  expect(keysOf(groups, [0, 1], 'count').map(valuesOfKey)).toEqual([
    ['VISIT', 'UNKNOWN'],
    ['VISIT', null],
  ]);
  expect(groups.bars.map(bar => keyOf(bar, [1])).toReversed()).toEqual(keysOf(groups, [1], 'count'));
  const csv = pivotCsv({
    title: '数',
    corner: '类型',
    runs: [27, 35].map(() => ({ label: '未知', length: 1 })),
    parts: [],
    rows: [{ label: 'VISIT', cells: [27, 35] }],
  });
  expect(await csv.text()).toContain('VISIT,27,35\r\n');
});

test('the ticks of counts are whole and different', () => {
  for (const max of [0, 1, 2, 3, 4, 5, 11, 100, 12_345]) {
    for (const width of [40, 120, 400, 1_000]) {
      const ticks = wholeTicks(max, width);
      expect(ticks.every(Number.isInteger)).toBe(true);
      expect(new Set(ticks).size).toBe(ticks.length);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
      expect(ticks.length).toBeLessThanOrEqual(Math.max(2, width / 48 + 1));
    }
  }
});

test('an answer is current only for the query and the variables that it was given to', () => {
  const result = { query: '{ a }', variables: { from: '2021', by: { x: 1, y: 2 } } };
  const same = { query: '{ a }\n', variables: { by: { y: 2, x: 1 }, from: '2021' } };
  expect(answerStateOf(same, result, undefined)).toEqual({ kind: 'current' });
  expect(answerStateOf({ ...same, variables: {} }, result, undefined)).toEqual({ kind: 'outdated' });
  expect(answerStateOf({ ...same, query: '{ b }' }, result, undefined)).toEqual({ kind: 'outdated' });
  expect(answerStateOf(same, undefined, undefined)).toEqual({ kind: 'none' });
  expect(answerStateOf({ ...same, variables: new Error('no JSON') }, result, undefined)).toEqual({
    kind: 'unreadable',
    message: 'no JSON',
  });
  const refusal = { ...result, errors: [{ message: 'no' }] };
  expect(answerStateOf(same, undefined, refusal)).toEqual({ kind: 'refused', errors: [{ message: 'no' }] });
  expect(answerStateOf({ ...same, query: '{ b }' }, undefined, refusal)).toEqual({ kind: 'none' });
});

test('filters are told in words', () => {
  const words = (filter: string) =>
    filterWords(
      {
        query: `query ($year: PartialDate) { partnerships(filter: ${filter}) { totalCount } }`,
        variables: { year: '2021' },
      },
      schema,
      (_, value) => value,
      'en',
    );
  expect(words('{}')).toEqual([]);
  expect(words('{ status: { in: [ENDED, DORMANT] } }')).toEqual(['status: ENDED or DORMANT']);
  expect(words('{ endedOn: { from: $year, until: "2023-06" } }')).toEqual(['endedOn: from 2021 until June 2023']);
  expect(words('{ activeOn: "2010-01-01", startedOn: { isNull: true } }')).toEqual([
    'Active on: 1 January 2010; startedOn: unknown',
  ]);
  expect(words('{ not: { dutch: { dutchLevel: { eq: PROVINCE } } } }')).toEqual([
    'not (dutch: level of government: PROVINCE)',
  ]);
  expect(words('{ or: [{ themes: { some: { eq: TRADE } } }, { text: "water" }] }')).toEqual([
    'themes: with TRADE or Text: water',
  ]);
});

test('a question about records by their ids is told with these ids, not as one without a filter', () => {
  const query = `query ($id: ID!) { authority(id: $id) { id } nodes(ids: ["a", "b"]) { id }
    partnerships(first: 4, orderBy: [STARTED_ON]) { totalCount } search(query: "water") { totalCount } }`;
  const words = filterWords({ query, variables: { id: 'nl-oss' } }, schema, (_, value) => value, 'en');
  expect(words).toEqual(['id: nl-oss', 'ids: a or b', 'Text: water']);
});

test('the ties of two days are in one list each', () => {
  const query = 'query Q($on: PartialDate) { partnerships { nodes { id startedOn status(on: $on) } } }';
  const tiesOf = (on: string, statuses: readonly string[]) => {
    const nodes = statuses.map((status, index) => ({ id: `tie-${index}`, startedOn: '1999-05', status }));
    return tiesOnDay(typedResult(query, { partnerships: { nodes } }, { on }), on);
  };
  const before = tiesOf('1999-05-30', ['ACTIVE', 'ACTIVE', 'UNKNOWN', 'NOT_YET_STARTED', 'NOT_YET_STARTED']);
  const after = tiesOf('2020', ['DORMANT', 'ENDED', 'ACTIVE', 'ACTIVE', 'NOT_YET_STARTED']);
  const lists = compareDays(before, after);
  expect(Object.values(lists).map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
  expect(lists.gone).toMatchObject([{ before: 'ACTIVE', after: 'ENDED' }]);
  // A filter on the day leaves out other ties of each day: their status is not known there.
  const [first, second] = [new Map([...before].slice(0, 2)), new Map([...after].slice(1, 3))];
  expect(Object.values(compareDays(first, second)).map(({ length }) => length)).toEqual([0, 1, 0, 2, 0]);
  // A tie that began in May had begun for certain on the last day of May.
  expect(countTies(before)).toMatchObject({ total: 5, unknownBegun: 0 });
  expect(countTies(tiesOf('1999-05-31', ['UNKNOWN'])).unknownBegun).toBe(1);
});

test('the day variable is found in an argument and in a filter, with its value', () => {
  const argument = 'query Q($d: PartialDate = "1999") { partnerships { nodes { status(on: $d) } } }';
  expect(dayVariableOf({ query: argument })).toEqual({ variable: 'd', day: '1999', isActiveOnly: false });
  const filter = 'query Q($day: PartialDate) { partnerships(filter: { not: { activeOn: $day } }) { totalCount } }';
  const day = { variable: 'day', day: '2006-06', isActiveOnly: true };
  expect(dayVariableOf({ query: filter, variables: { day: '2006-06' } })).toEqual(day);
  expect(dayVariableOf({ query: filter })).toBeUndefined();
  const none = 'query Q($id: ID!) { partnership(id: $id) { status(on: "1999") } }';
  expect(dayVariableOf({ query: none, variables: { id: 'x' } })).toBeUndefined();
  // Another day would run it again.
  const mutation = 'mutation M($d: PartialDate = "1999") { endPartnership { partnership { status(on: $d) } } }';
  expect(dayVariableOf({ query: mutation })).toBeUndefined();
});

test('the evidence query of every record type is valid, and its result is grouped by fact', () => {
  for (const type of ['DutchAuthority', 'ChineseAuthority', 'Partnership', 'Programme', 'Exchange', 'Organisation']) {
    const query = evidenceQuery(schema, type);
    expect(validate(schema, parse(query ?? '')), type).toEqual([]);
  }
  expect(evidenceQuery(schema, 'Names')).toBeUndefined();
  expect(enumTypeOf(schema, 'Partnership', 'themes')).toBe('Theme');
  expect(enumTypeOf(schema, 'Partnership', 'notes')).toBeUndefined();
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
  expect(facts.map(({ name, value, sources }) => [name, value, sources.map(({ title }) => title)])).toEqual([
    ['startedOn', '1979', ['one', 'two']],
    ['themes', 'TRADE; WATER', ['one']],
    ['', null, ['three']],
  ]);
  expect(['https://vng.nl', 'http://vng.nl', 'javascript:alert(1)', null].map(isSafeLink)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('names and dates are formatted for reading', () => {
  expect([humanize('lastEvidenceOn'), humanize('NATIONAL_GOVERNMENT_REQUEST')]).toEqual([
    'Last evidence on',
    'National government request',
  ]);
  expect([formatDate('1979', 'en'), formatDate('1979-11', 'nl'), formatDate('2021-07-01', 'en')]).toEqual([
    '1979',
    'november 1979',
    '1 July 2021',
  ]);
  expect([enumValueName('startedDecade'), enumValueName('kind')]).toEqual(['STARTED_DECADE', 'KIND']);
  expect(formatPeriod('1979', null, false, 'en')).toBe('1979 – now');
  expect(formatPeriod(null, null, true, 'nl')).toBe('begin onbekend – einde onbekend');
  const [tie] = [...walkObjects(question('39-ties-on-a-day'))]
    .map(([item]) => item)
    .filter(({ type }) => type === 'Partnership');
  expect(labelOf(tie as ResultObject, 'nl')).toBe('Rotterdam – Shanghai');
});

test('the ticks of a timeline have months in the language of the reader', () => {
  const ticks = (day: string) =>
    (['en', 'nl', 'zh'] as const).map(language => formatTick(new Date(`${day}T00:00:00Z`), language));
  expect(ticks('2020-01-01')).toEqual(['2020', '2020', '2020']);
  expect(ticks('2020-03-01')).toEqual(['Mar 2020', 'mrt 2020', '2020年3月']);
  expect(ticks('2020-05-04')).toEqual(['4 May 2020', '4 mei 2020', '2020年5月4日']);
});

test('results are stored by tab, and the events of a subscription in order', async () => {
  const results = new ResultStore();
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
    results,
    () => 'moved',
  );
  results.activeTab = 'one';
  await fetcher({ query: '{ a }', operationName: null as never, variables: { x: 1 } });
  await fetcher({ query: 'introspection', operationName: 'IntrospectionQuery' });
  results.activeTab = 'two';
  const stream = (await fetcher({ query: 'subscription { changes { cursor } }' })) as AsyncIterableIterator<unknown>;
  await stream.next();
  await stream.next();
  await stream.return?.();
  expect(ended).toBe(true);
  expect(results.get('one')).toMatchObject({ query: '{ a }', variables: { x: 1 }, data: { query: '{ a }' } });
  const two = results.get('two');
  expect(two?.events).toHaveLength(2);
  expect(two && latestCursor(two)).toBe('c2');

  // A request without data removes the result of its tab, and so does closing a tab.
  results.activeTab = 'one';
  await recordResults(
    () => ({ errors: [{ message: 'no' }] }) as never,
    results,
    () => 'moved',
  )({ query: '{' });
  expect(results.get('one')).toBeUndefined();
  expect(results.refusalOf('one')).toMatchObject({ query: '{', errors: [{ message: 'no' }] });
  results.retainTabs(['one']);
  expect(results.get('two')).toBeUndefined();
});

test('the answer to an earlier request of a tab, or its failure, is not stored when it comes last', async () => {
  const results = new ResultStore();
  results.activeTab = 'one';
  const answers = new Map(['slow', 'lost', 'fast'].map(name => [name, Promise.withResolvers<unknown>()]));
  const fetcher = recordResults(
    ({ variables }) => answers.get((variables as { name: string }).name)?.promise as never,
    results,
    () => 'moved',
  );
  const [slow, lost, fast] = [...answers.keys()].map(name => fetcher({ query: '{ a }', variables: { name } }));
  answers.get('fast')?.resolve({ data: { a: 'fast' } });
  expect(await fast).toEqual({ data: { a: 'fast' } });
  answers.get('slow')?.resolve({ data: { a: 'slow' } });
  answers.get('lost')?.reject(new Error('lost'));
  // GraphiQL would show what they return.
  const later = new Promise(resolve => setTimeout(resolve, 10, 'nothing'));
  expect(await Promise.race([slow, lost, later])).toBe('nothing');
  expect([results.get('one')?.data, results.refusalOf('one')]).toEqual([{ a: 'fast' }, undefined]);
});
