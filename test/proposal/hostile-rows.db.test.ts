import { describe, expect, test } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { planFile } from '../support/files.js';
import { proposalCalls, source, verdicts } from '../support/proposals.js';

const { ask, database } = testApi();
const { call, submit, apply, decide } = proposalCalls(ask);

const ndjson = async (records: string, ...rows: object[]): Promise<Json[]> =>
  planFile(database(), 'ndjson', records, rows.map(row => JSON.stringify(row)).join('\n'));
const problemsOf = (item: Json): [string, string][] =>
  item.problems.map(({ rule, path }: Json) => [rule, path.slice(1).join('.')]);

const VILLAGE = { names: { nl: 'Nergenshuizen' }, country: 'NL', level: 'MUNICIPALITY' };

describe('a new record', () => {
  test.each<[string, object, object]>([
    ['authorities', VILLAGE, { ...VILLAGE, names: { nl: 'nergenshuizen', en: 'Nowhereville' } }],
    ['programmes', { names: { en: 'Nothing at all' } }, { names: { nl: 'Niets', en: 'Nothing at all' } }],
    [
      'organisations',
      { names: { en: 'Nobody Society' }, kind: 'FRIENDSHIP_ASSOCIATION' },
      { names: { en: 'Nobody society' }, kind: 'FRIENDSHIP_ASSOCIATION' },
    ],
  ])('of %s that a file has twice by name is created once', async (records, first, second) => {
    const items = await ndjson(records, first, second);
    expect(items.map(({ verdict }) => verdict)).toEqual(['CREATE', 'REFUSED']);
    expect(problemsOf(items[1])).toEqual([['ROW_REPEATED', 'id']]);
  });

  test('has a name of another new one if their codes differ', async () => {
    const items = await ndjson('authorities', { ...VILLAGE, code: 'GM9991' }, { ...VILLAGE, code: 'GM9992' });
    expect(items.map(({ verdict }) => verdict)).toEqual(['CREATE', 'CREATE']);
  });

  test.each<[object, [string, string]]>([
    [{ country: 'BE' }, ['ROW_VALUE_UNREADABLE', 'country']],
    [{ country: 'CN' }, ['ROW_VALUE_UNREADABLE', 'level']],
    [{ country: undefined, level: 'PROVINCE' }, ['ROW_VALUE_MISSING', 'country']],
    [{ location: { latitude: 52 } }, ['ROW_VALUE_UNREADABLE', 'location.longitude']],
    [{ location: { latitude: 91, longitude: 5 } }, ['ROW_VALUE_UNREADABLE', 'location.latitude']],
    [{ location: { latitude: '52,1', longitude: 500 } }, ['ROW_VALUE_UNREADABLE', 'location.longitude']],
    [{ code: '310000' }, ['RECORD_DUPLICATE', 'code']],
    [{ code: '319999' }, ['DUTCH_CODE_FORM', 'code']],
  ])('with %j is refused before anything is written', async (edit, problem) => {
    const [item] = await ndjson('authorities', { ...VILLAGE, ...edit });
    expect(item.verdict).toBe('REFUSED');
    expect(problemsOf(item)).toContainEqual(problem);
  });

  test.each<[unknown, string[]]>([
    ['250.000', ['ROW_NUMBER_AMBIGUOUS']],
    [' 1.250.000 ', ['ROW_NUMBER_AMBIGUOUS']],
    ['-12.345', ['ROW_NUMBER_AMBIGUOUS']],
    ['250,000', ['ROW_VALUE_UNREADABLE']],
    ['250000.500', []],
    ['250.5', []],
    ['0.125', []],
    [250.125, []],
  ])('with the amount %j has the problems %j', async (budgetEur, rules) => {
    const [item] = await ndjson('programmes', { names: { en: 'Nothing at all' }, budgetEur });
    expect(problemsOf(item)).toEqual(rules.map(rule => [rule, 'budgetEur']));
    expect(item.verdict).toBe(rules.length ? 'REFUSED' : 'CREATE');
  });

  test('with three decimals in its coordinates is read, also as text', async () => {
    const [item] = await ndjson('authorities', { ...VILLAGE, location: { latitude: '51.921', longitude: '4.479' } });
    expect([item.verdict, item.problems]).toEqual(['CREATE', []]);
    const proposed = item.fields.filter(({ field }: Json) => field.startsWith('location'));
    expect(proposed).toMatchObject([{ proposed: 51.921 }, { proposed: 4.479 }]);
  });

  test.each([' ', '\u00a0 '])('has no number where its cell is %j: that is not 0', async blank => {
    const [programme] = await ndjson('programmes', { names: { en: 'Nothing at all' }, budgetEur: blank });
    const location = { latitude: blank, longitude: blank };
    const [authority] = await ndjson('authorities', { ...VILLAGE, location });
    const numbers = [programme, authority].map(({ verdict, fields }) => [
      verdict,
      fields.filter(({ field }: Json) => /budgetEur|location/.test(field)),
    ]);
    expect(numbers).toEqual([
      ['CREATE', []],
      ['CREATE', []],
    ]);
  });

  test('without a country is of the only one with its level', async () => {
    const [item] = await ndjson('authorities', { ...VILLAGE, country: undefined });
    expect([item.verdict, item.problems]).toEqual(['CREATE', []]);
  });
});

test('a rule of a field is named by the column of its value', async () => {
  const [item] = await ndjson('authorities', { id: 'nl-delft', level: null });
  expect(problemsOf(item)).toEqual([['FIELD_NOT_CLEARABLE', 'level']]);
});

describe('a code', () => {
  test('of another record, or twice of a new one, is refused in its row', async () => {
    const items = await ndjson(
      'authorities',
      { id: 'nl-delft', cbsCode: 'GM0599' },
      { id: 'nl-den-haag', cbsCode: 'GM9993' },
      { id: 'nl-almere', cbsCode: 'GM9993' },
    );
    expect(items.map(({ verdict }) => verdict === 'REFUSED')).toEqual([true, false, true]);
    expect(problemsOf(items[0])).toEqual([['RECORD_DUPLICATE', 'cbsCode']]);
    expect(problemsOf(items[2])).toEqual([['ROW_REPEATED', 'id']]);
  });

  test('of another record beside one that is free, by two names of the column, is refused in its row alone', async () => {
    const proposal = await submit('AUTHORITY', [
      { id: 'nl-delft', code: 'GM9994', cbsCode: 'GM0599' },
      { id: 'nl-emmen', wikidataId: 'Q99999' },
    ]);
    expect(problemsOf(proposal.items.nodes[0])).toEqual([['RECORD_DUPLICATE', 'cbsCode']]);
    const { items } = proposal;
    const decisions = [{ itemId: items.nodes[1].id, decision: 'ACCEPT' }];
    const { proposal: decided } = await decide(proposal, decisions);
    expect(await apply(decided)).toMatchObject({
      userErrors: [],
      proposal: { items: { nodes: [{ isApplied: false }, { isApplied: true }] } },
    });
  });

  test('that another writer gave away in between makes its row STALE, and no other', async () => {
    const proposal = await submit('PROGRAMME', [
      { 'names.en': 'Late arrival', iatiId: 'XM-TEST-1' },
      { 'names.en': 'In good time', iatiId: 'XM-TEST-2' },
    ]);
    expect(verdicts(proposal)).toEqual(['CREATE', 'CREATE']);
    const record =
      'mutation($input: RecordProgrammeInput!) { recordProgramme(input: $input) { programme { id } userErrors { rule } } }';
    const input = { names: { en: 'Early bird' }, iatiId: 'XM-TEST-1' };
    expect((await ask(record, { input }, ADMIN)).data.recordProgramme.userErrors).toEqual([]);
    const { proposal: applied, userErrors } = await apply(proposal);
    expect(userErrors).toEqual([]);
    expect(applied.items.nodes).toMatchObject([
      { verdict: 'STALE', isApplied: false, problems: [{ rule: 'RECORD_DUPLICATE', path: ['values', 'iatiId'] }] },
      { verdict: 'CREATE', isApplied: true },
    ]);
  });
});

test.each<[string, object, string]>([
  ['partnerships', { id: { toString: 1 } }, 'RECORD_MISSING'],
  ['partnerships', { id: 'tie-rotterdam-shanghai', themes: { toString: 1 } }, 'ROW_VALUE_UNREADABLE'],
  ['partnerships', { version: { toString: 1, valueOf: 2 }, id: 'tie-none' }, 'RECORD_MISSING'],
  ['programmes', { 'names.en': 'Not a text', otherPartners: { name: 'x' } }, 'ROW_VALUE_UNREADABLE'],
  ['programmes', { 'names.en': 'True?', inVngInternationalPortfolio: { toString: 1 } }, 'ROW_VALUE_UNREADABLE'],
])('an object in the place of a text is refused in its row: %s %j', async (records, row, rule) => {
  const [item] = await ndjson(records, row);
  expect(item.verdict).toBe('REFUSED');
  expect(problemsOf(item).map(([broken]) => broken)).toEqual([rule]);
});

describe('a side', () => {
  const visit = { kind: 'CULTURAL', status: 'HELD', startedOn: '2019' };

  test.each([
    ['code', { 'dutch.cbsCode': 'GM0599' }],
    ['id', { 'dutch.id': 'nl-rotterdam' }],
  ])('whose name contradicts its %s is a question', async (_, stated) => {
    const titles = ['Agreeing', 'Contradicting'].map(title => ({ ...visit, ...stated, 'title.en': `${title} ${_}` }));
    const [agreeing, contradicting] = titles;
    const proposal = await submit('EXCHANGE', [
      { ...agreeing, 'dutch.names.nl': 'Gemeente Rotterdam' },
      { ...contradicting, 'dutch.names.nl': 'Delft' },
    ]);
    expect(verdicts(proposal)).toEqual(['CREATE', 'AMBIGUOUS']);
    const { id: itemId, candidates } = proposal.items.nodes[1];
    expect(candidates.map(({ id }: Json) => id)).toEqual(expect.arrayContaining(['nl-delft', 'nl-rotterdam']));
    const { proposal: decided, userErrors } = await decide(proposal, [
      { itemId, decision: 'CHOOSE', choice: 'nl-delft' },
    ]);
    expect(userErrors).toEqual([]);
    expect(verdicts(decided)).toEqual(['CREATE', 'CREATE']);
    const fields = decided.items.nodes[1].fields as Json[];
    expect(fields.find(({ field }) => field === 'dutch.id')).toMatchObject({ proposed: 'nl-delft' });
  });
});

test.each([
  [{ contactPoints: [{ type: 'PIGEON', value: 'Dam 1' }] }],
  [{ contactPoints: [{ type: 'EMAIL', value: 5 }] }],
  [{ contactPoints: [{ type: 'EMAIL', value: 'info@example.org', seenIn: {} }] }],
  [{ contactPoints: 'PIGEON Dam 1' }],
])('contact points that no API has are refused: %j', async edit => {
  const [item] = await ndjson('organisations', { id: 'org-vng', ...edit });
  expect(item.verdict).toBe('REFUSED');
  expect(problemsOf(item)).toEqual([['ROW_VALUE_UNREADABLE', 'contactPoints']]);
});

describe('a file of a spreadsheet', () => {
  const csv = (...lines: string[]) => planFile(database(), 'csv', 'partnerships', lines.join('\r\n'));

  test('may have spaces around ids that nobody sees', async () => {
    const [item] = await csv('id;notes', '\u00a0tie-rotterdam-shanghai ;Spaces');
    expect(item).toMatchObject({ verdict: 'REVISE', subjectId: 'tie-rotterdam-shanghai' });
    const [created] = await csv('dutch.id;chinese.id;kind', 'nl-delft ;\u00a0cn-suzhou;FRIENDSHIP');
    expect(created).toMatchObject({ verdict: 'CREATE', problems: [] });
  });
});

test('a flat cell of contact points leaves where each was seen, and is unedited as it was at the basis', async () => {
  const point = (value: string, seenIn: string | null) => ({ type: 'EMAIL', value, seenIn });
  const [info, press, desk] = [point('info@u.example', 'the site'), point('press@u.example', null), 'desk@u.example'];
  const recorded = { 'names.en': 'House of contacts', kind: 'MINISTRY', contactPoints: [info, press] };
  const { proposal } = await apply(await submit('ORGANISATION', [recorded]));
  const [{ subjectId: id }] = proposal.items.nodes;
  const { latestChangeCursor: basis } = (await ask('{ latestChangeCursor }')).data;
  const flat = 'EMAIL info@u.example; EMAIL press@u.example';
  const [item] = (await submit('ORGANISATION', [{ id, contactPoints: `${flat}; EMAIL ${desk}` }])).items.nodes;
  expect(item.fields).toMatchObject([{ field: 'contactPoints', proposed: [info, press, point(desk, null)] }]);
  await apply(await submit('ORGANISATION', [{ id, contactPoints: [point('info@u.example', 'a leaflet')] }]));
  const unedited = await submit('ORGANISATION', [{ id, contactPoints: flat }], { basis });
  expect([verdicts(unedited), unedited.items.nodes[0].fields]).toEqual([['SAME'], []]);
});

test('a value that a row has twice, by two names of its column, is refused unless both are equal', async () => {
  const tie = { 'chinese.id': 'cn-suzhou', kind: 'FRIENDSHIP', dutch: 'nl-delft' };
  const proposal = await submit('PARTNERSHIP', [
    { ...tie, 'dutch.id': 'nl-emmen' },
    { ...tie, 'dutch.id': 'nl-delft' },
  ]);
  expect(verdicts(proposal)).toEqual(['REFUSED', 'CREATE']);
  expect(problemsOf(proposal.items.nodes[0])).toEqual([['FILE_COLUMN_REPEATED', 'dutch.id']]);
});

test('a character of two units at the end of what is cut does not refuse the file', async () => {
  const cut = (length: number) => `${'x'.repeat(length - 1)}😀`;
  const rows = [
    { place: cut(300), values: { id: cut(120), notes: 'x' } },
    { place: 'row 2', values: { id: 'tie-rotterdam-shanghai', exchangeCount: cut(56) } },
  ];
  const { proposal, userErrors } = await call('submitProposal', { concept: 'PARTNERSHIP', source, rows });
  expect(userErrors).toEqual([]);
  expect(verdicts(proposal)).toEqual(['REFUSED', 'SAME']);
  expect(proposal.items.nodes.flatMap(problemsOf)).toEqual([
    ['RECORD_MISSING', 'id'],
    ['ROW_COLUMN_COMPUTED', 'exchangeCount'],
  ]);
});

test('a row of JSON with thousands of members has one problem', async () => {
  const members = Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`k${n}`, 1]));
  const [item] = await ndjson('partnerships', { id: 'tie-rotterdam-shanghai', ...members });
  expect(problemsOf(item)).toEqual([['ROW_NOT_OBJECT', '']]);
});
