import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { SubjectType } from '../../src/change/change.js';
import { type BulkItem, bulkDecisions } from '../../src/graphiql/proposals/bulk.js';
import { compare, presentQuery } from '../../src/graphiql/proposals/comparison.js';
import { DecisionQueue, type Pending } from '../../src/graphiql/proposals/decision-queue.js';
import { type Decision, fittingDecisions, type Item, type Proposal } from '../../src/graphiql/proposals/proposal.js';
import { reviewKeys } from '../../src/graphiql/proposals/review-keys.js';
import { type Dropped, ReviewStore } from '../../src/graphiql/proposals/review-store.js';
import { comparedText, droppedText } from '../../src/graphiql/proposals/review-texts.js';
import { nameInRow, placeText } from '../../src/graphiql/proposals/row-texts.js';
import { en, type ProposalTexts } from '../../src/graphiql/proposals/texts-en.js';
import { nl } from '../../src/graphiql/proposals/texts-nl.js';
import { zh } from '../../src/graphiql/proposals/texts-zh.js';
import { valueText } from '../../src/graphiql/proposals/value-text.js';
import { fieldsOfFact, reportableFields } from '../../src/graphiql/reports/reportable-fields.js';
import { conceptOf } from '../../src/proposal/concepts.js';

const schema = buildSchema(readFileSync(new URL('../../src/client/schema.graphql', import.meta.url), 'utf8'), {
  assumeValidSDL: true,
});

const item: Item = {
  id: 'proposal-1-1',
  number: 1,
  place: 'row 2',
  verdict: 'CONFLICT',
  subjectId: 'tie-delft-suzhou',
  subject: null,
  proposed: {
    id: 'tie-delft-suzhou',
    'dutch.id': 'nl-delft',
    startedOn: '1978',
    notes: 'New',
    colour: 'red',
    kind: '',
  },
  fields: [
    { field: 'startedOn', atBasis: '1979', now: '1979', proposed: '1978', isConflict: true },
    { field: 'notes', atBasis: null, now: null, proposed: 'New', isConflict: false },
  ],
  candidates: [],
  decision: null,
  choice: null,
  isApplied: false,
  problems: [],
};

test('a row stands beside its record: what differs first, with its sources and what was edited meanwhile', () => {
  const source = { title: 'A', publisher: 'B', url: null, publishedOn: null };
  const present = {
    id: 'tie-delft-suzhou',
    dutch: { id: 'nl-delft' },
    startedOn: '1979',
    notes: 'Edited',
    citations: [{ supports: ['startedOn'], source }],
  };
  const rows = compare(item, present).map(({ path, kind, now, meanwhile, sources }) => [
    path,
    kind,
    now,
    meanwhile,
    sources.length,
  ]);
  expect(rows).toEqual([
    ['startedOn', 'conflict', '1979', undefined, 1],
    ['notes', 'changed', null, 'Edited', 0],
    ['id', 'same', 'tie-delft-suzhou', undefined, 0],
    ['dutch.id', 'same', 'nl-delft', undefined, 0],
    ['colour', 'same', undefined, undefined, 0],
  ]);
  // Once it is written, the record has the value of the row: that is no edit of somebody else.
  expect(compare({ ...item, isApplied: true }, present).every(({ meanwhile }) => meanwhile === undefined)).toBe(true);
});

test('a cell that was refused is not the same as the register, and the sides of a new row are listed once', () => {
  const row: Item = {
    ...item,
    subjectId: null,
    proposed: { dutch: 'nl-delft', chinese: 'cn-suzhou', themes: 'TRADE|SPORT', notes: 'New', kind: 'SISTER_CITY' },
    fields: [
      { field: 'dutch.id', atBasis: null, now: null, proposed: 'nl-delft', isConflict: false },
      { field: 'notes', atBasis: null, now: null, proposed: 'New', isConflict: false },
    ],
    problems: ['themes', 'notes', 'chinese.id'].map(path => ({ rule: 'RULE', path: ['values', path], message: '' })),
  };
  expect(compare(row, null).map(({ path, kind }) => [path, kind])).toEqual([
    ['dutch.id', 'changed'],
    ['notes', 'changed'],
    ['chinese', 'refused'],
    ['themes', 'refused'],
    ['kind', 'same'],
  ]);
});

test('codes have their labels, also in a list; a text that is no code stays as it is', () => {
  const textOf = (path: string, value: unknown) =>
    valueText(schema, 'Partnership', path, value, (type, code) => `${type} ${code.toLowerCase()}`);
  expect(textOf('kind', 'SISTER_CITY')).toBe('PartnershipKind sister_city');
  expect(textOf('themes', ['TRADE', 'SPORT'])).toBe('Theme trade; Theme sport');
  expect(textOf('themes', 'TRADE|SPORT')).toBe('TRADE|SPORT');
  expect(textOf('notes', 'TRADE')).toBe('TRADE');
  expect([textOf('kind', null), textOf('kind', undefined)]).toEqual(['', '']);
});

test('the place of a row is in the words of the page; a place that a list names itself stays', () => {
  const placesOf = (texts: ProposalTexts) =>
    ['row 11', 'sheet Arrows, row 7', 'activity NL-1'].map(place => placeText({ place }, texts));
  expect(placesOf(en)).toEqual(['row 11', 'sheet Arrows, row 7', 'activity NL-1']);
  expect(placesOf(nl)).toEqual(['regel 11', 'blad Arrows, regel 7', 'activity NL-1']);
  expect(placesOf(zh)).toEqual(['第 11 行', '工作表 Arrows 第 7 行', 'activity NL-1']);
});

test('a new row has its name in the language of the reader, or another one that it has', () => {
  const title = { 'title.en': 'Visit', 'title.nl': 'Bezoek' };
  const nameIn = (language: 'nl' | 'en' | 'zh', proposed: Item['proposed']) => nameInRow({ proposed }, language);
  expect(nameIn('nl', title)).toBe('Bezoek');
  expect(nameIn('zh', title)).toBe('Visit');
  expect(nameIn('zh', { 'names.en': '', 'names.nl': 'Delft' })).toBe('Delft');
  expect(nameIn('en', { 'dutch.names.nl': 'Den Haag', 'dutch.names.en': 'The Hague', chinese: 'Wuxi' })).toBe(
    'The Hague – Wuxi',
  );
  expect(nameIn('en', { startedOn: '1979' })).toBeUndefined();
});

test('the present values are asked for by a valid query, without columns that the schema does not have', () => {
  const query = presentQuery(schema, 'Partnership', [
    'id',
    'dutch.id',
    'chinese.names.zh',
    'notes',
    'colour',
    'dutch',
    'organisations',
  ]);
  expect(validate(schema, parse(query))).toEqual([]);
  expect(query).toContain('dutch { id } chinese { names { zh } } notes citations');
  expect(validate(schema, parse(presentQuery(schema, 'ChineseAuthority', ['gbCode', 'names.zh'])))).toEqual([]);
});

test('decisions that cannot be taken are not offered', () => {
  const proposal = { concept: 'PARTNERSHIP', origin: 'FILE' };
  expect(fittingDecisions(proposal, item)).toEqual(['ACCEPT', 'KEEP_BOTH', 'REJECT']);
  expect(fittingDecisions({ ...proposal, concept: 'AUTHORITY' }, item)).toEqual(['ACCEPT', 'REJECT']);
  const doubt = { ...item, fields: [{ field: 'kind', atBasis: 'X', now: 'X', proposed: null, isConflict: true }] };
  expect(fittingDecisions({ ...proposal, origin: 'REPORT' }, doubt)).toEqual(['KEEP_BOTH', 'REJECT']);
  const end = { field: 'endedOn', atBasis: '2023', now: '2023', proposed: '2022', isConflict: true };
  expect(fittingDecisions(proposal, { ...item, fields: [end] })).toEqual(['KEEP_BOTH', 'REJECT']);
  expect(fittingDecisions(proposal, { ...item, verdict: 'REFUSED' })).toEqual(['REJECT']);
});

/** Holds pending decisions as the page does, and counts its changes. */
function holdPending() {
  let pending: Pending = new Map();
  const holder = {
    changes: 0,
    get: () => pending,
    set: (next: Pending) => {
      pending = next;
      holder.changes += 1;
    },
  };
  return holder;
}

describe('the queue of decisions', () => {
  const decision = (itemId: string, kind: Decision['decision'] = 'ACCEPT'): Decision => ({ itemId, decision: kind });

  test('sends one call at a time, what was decided meanwhile together, the last decision on a row', async () => {
    const calls: (readonly Decision[])[] = [];
    const answers: (() => void)[] = [];
    const pending = holdPending();
    const queue = new DecisionQueue(
      pending,
      decisions => {
        calls.push(decisions);
        return new Promise(resolve => answers.push(resolve));
      },
      () => expect.unreachable(),
    );
    queue.add([decision('1')]);
    queue.add([decision('2'), decision('3')]);
    queue.add([decision('2', 'REJECT')]);
    expect([...pending.get().values()]).toEqual([decision('1'), decision('2', 'REJECT'), decision('3')]);
    expect(calls).toEqual([[decision('1')]]);
    answers[0]?.();
    await expect.poll(() => calls.length).toBe(2);
    expect(calls[1]).toEqual([decision('3'), decision('2', 'REJECT')]);
    expect([...pending.get().keys()]).toEqual(['2', '3']);
  });

  test('drops what waits behind a call that was refused, and goes on with later decisions', async () => {
    const dropped: (readonly Decision[])[] = [];
    const stored: string[] = [];
    let isRefusing = true;
    const pending = holdPending();
    const queue = new DecisionQueue(
      pending,
      async decisions => {
        if (isRefusing) throw new Error('CONFLICT');
        stored.push(...decisions.map(({ itemId }) => itemId));
      },
      decisions => dropped.push(decisions),
    );
    queue.add([decision('1')]);
    queue.add([decision('2')]);
    await expect.poll(() => dropped).toEqual([[decision('1'), decision('2')]]);
    expect(pending.get().size).toBe(0);
    isRefusing = false;
    queue.add([decision('3')]);
    await expect.poll(() => stored).toEqual(['3']);
  });

  test('takes ten thousand decisions at once, announces them once, and sends 50 a call', async () => {
    const calls: number[] = [];
    const pending = holdPending();
    const queue = new DecisionQueue(
      pending,
      async ({ length }) => void calls.push(length),
      () => expect.unreachable(),
    );
    queue.add(Array.from({ length: 10_000 }, (_, n) => decision(String(n))));
    expect([pending.changes, pending.get().size]).toEqual([1, 10_000]);
    await expect.poll(() => pending.get().size).toBe(0);
    expect(calls).toEqual(Array(200).fill(50));
  });
});

test('decisions are stored without a view, and the next view learns what was dropped meanwhile, once', async () => {
  const proposal = { id: 'proposal-1', version: 1 } as Proposal;
  const pending = holdPending();
  const versions: number[] = [];
  const decide = async ({ version }: Proposal) => {
    versions.push(version);
    const isRefused = version === 3;
    return {
      proposal: isRefused ? null : { ...proposal, version: version + 1, items: { nodes: [item] } },
      userErrors: isRefused ? [{ code: 'CONFLICT', message: 'Changed.' }] : [],
    };
  };
  const store = new ReviewStore({ decide }, pending);
  store.latest = proposal;
  const stored: unknown[] = [];
  store.view = { stored: ({ version }, items) => stored.push([version, items]), dropped: () => expect.unreachable() };
  const take = async (itemId: string) => {
    store.queue.add([{ itemId, decision: 'ACCEPT' }]);
    await expect.poll(() => pending.get().size).toBe(0);
  };
  await take('1');
  store.view = undefined;
  await take('2');
  await take('3');
  expect([versions, store.latest.version, stored]).toEqual([[1, 2, 3], 3, [[2, [item]]]]);
  const dropped = store.takeDropped() as Dropped;
  expect(droppedText(dropped, [{ ...item, id: '3' }], en)).toBe('Changed. Not stored: the decision on row 2.');
  const unreachable = { ...dropped, error: new TypeError('Failed to fetch') };
  expect(droppedText(unreachable, [], nl)).toMatch(/^Het register is niet bereikbaar\. .* Niet opgeslagen: /);
  expect(store.takeDropped()).toBeUndefined();
});

test('of the rows that were compared again only those are announced whose verdict was shown', () => {
  const row = (id: string, verdict: string): Item => ({ ...item, id, verdict, place: `row ${id}` });
  const textOf = (...answered: Item[]) =>
    comparedText([row('2', 'AMBIGUOUS'), row('3', 'CREATE')], answered, en, verdict => verdict.toLowerCase());
  expect(textOf(row('2', 'CREATE'), row('3', 'CREATE'), row('90', 'CREATE'))).toBe('row 2 was compared again: create.');
  expect(textOf(row('3', 'CREATE'), row('90', 'CREATE'))).toBeUndefined();
});

test('keys are decisions, but not in a field, nor with a modifier; the arrow keys move in the list only', () => {
  const done: string[] = [];
  const handle = reviewKeys({
    move: step => done.push(`move ${step}`),
    decide: decision => done.push(decision),
    choose: n => done.push(`choose ${n}`),
    bulk: kind => done.push(`bulk ${kind}`),
  });
  const press = (key: string, place = '', more = {}) => {
    let isPrevented = false;
    const target = { closest: (selector: string) => (place !== '' && selector.includes(place) ? {} : null) };
    const modifiers = { ctrlKey: false, metaKey: false, altKey: false, ...more };
    const preventDefault = () => {
      isPrevented = true;
    };
    const event = { key, target, preventDefault, ...modifiers };
    handle(event);
    return isPrevented;
  };
  const bulk = ['bulk page', 'bulk shown', 'bulk certain'];
  for (const key of ['j', 'k', 'a', 'r', 'b', '1', '9', 'A', 'V', 'C']) expect(press(key)).toBe(true);
  expect(done).toEqual(['move 1', 'move -1', 'ACCEPT', 'REJECT', 'KEEP_BOTH', 'choose 0', 'choose 8', ...bulk]);
  for (const place of ['input', 'textarea', 'select']) expect(press('a', place)).toBe(false);
  for (const key of ['ArrowDown', '0', 'x', 'Tab', 'toString']) expect(press(key)).toBe(false);
  expect(press('a', '', { ctrlKey: true })).toBe(false);
  expect(press('ArrowDown', 'proposal-rows')).toBe(true);
  expect(done).toHaveLength(11);
});

test.each([
  ['Partnership', SubjectType.PARTNERSHIP, ['startedOn', 'status', 'notes', 'dutch']],
  ['DutchAuthority', SubjectType.AUTHORITY, ['names.zh', 'names.aliases', 'location.latitude', 'level', 'cbsCode']],
  ['ChineseAuthority', SubjectType.AUTHORITY, ['gbCode', 'wikidataId']],
  ['Programme', SubjectType.PROGRAMME, ['budgetEur', 'organisations']],
  ['Exchange', SubjectType.EXCHANGE, ['title.pinyin', 'participants']],
  ['Organisation', SubjectType.ORGANISATION, ['role.nl', 'contactPoints']],
])('the register takes reports on every field that the form offers: %s', (type, concept, some) => {
  const fields = reportableFields(schema, type);
  expect(fields).toEqual(expect.arrayContaining(some));
  expect(fields.filter(field => !conceptOf(concept).leaves.has(field))).toEqual([]);
});

test('a fact is reported by its field, its members, or, in other words, by any field', () => {
  const fields = ['startedOn', 'names.nl', 'names.zh'];
  expect(fieldsOfFact(fields, 'startedOn')).toEqual(['startedOn']);
  expect(fieldsOfFact(fields, 'names')).toEqual(['names.nl', 'names.zh']);
  expect(fieldsOfFact(fields, 'visit of the mayor')).toEqual(fields);
});

describe('decisions on many rows', () => {
  const partnerships = { concept: 'PARTNERSHIP', origin: 'FILE' };
  const row = (id: string, verdict: string, more: Partial<BulkItem> = {}): BulkItem => ({
    ...{ id, verdict, fields: [], decision: null, isApplied: false, candidates: [] },
    ...more,
  });
  const scored = (...scores: number[]) => ({ candidates: scores.map((score, n) => ({ id: `tie-${n}`, score })) });

  test('accept what has no decision and writes values, and leave what a person must look at', () => {
    const rows = [
      row('new', 'CREATE'),
      row('revised', 'REVISE'),
      row('conflict', 'CONFLICT'),
      row('rejected', 'CONFLICT', { decision: 'REJECT' }),
      row('written', 'CREATE', { isApplied: true }),
      ...['SAME', 'AMBIGUOUS', 'UNMATCHED', 'REFUSED', 'STALE'].map(verdict => row(verdict, verdict, scored(99))),
    ];
    const accepted = ['new', 'revised', 'conflict'].map(itemId => ({ itemId, decision: 'ACCEPT' }));
    expect(bulkDecisions('page', partnerships, rows)).toEqual(accepted);
    expect(bulkDecisions('shown', partnerships, rows)).toEqual(accepted);
    // A report that only doubts a value has none to accept.
    const doubt = row('doubt', 'CONFLICT', {
      fields: [{ field: 'startedOn', atBasis: '1979', now: '1979', proposed: null, isConflict: true }],
    });
    expect(bulkDecisions('page', { concept: 'PARTNERSHIP', origin: 'REPORT' }, [doubt])).toEqual([]);
  });

  test('choose a candidate only if it alone has a score of 90 or more', () => {
    const rows = [
      row('one', 'AMBIGUOUS', scored(90, 89.9)),
      row('two', 'AMBIGUOUS', scored(97, 90)),
      row('none', 'UNMATCHED', scored(89.9)),
      row('unmatched', 'UNMATCHED', scored(95)),
      row('decided', 'AMBIGUOUS', { ...scored(95), decision: 'REJECT' }),
      row('conflict', 'CONFLICT', scored(95)),
    ];
    expect(bulkDecisions('certain', partnerships, rows)).toEqual([
      { itemId: 'one', decision: 'CHOOSE', choice: 'tie-0' },
      { itemId: 'unmatched', decision: 'CHOOSE', choice: 'tie-0' },
    ]);
  });
});
