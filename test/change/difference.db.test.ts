import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { ChangeKind } from '../../src/change/change.js';
import { changeCursor, LOG_START } from '../../src/change/cursor.js';
import { changesAfter } from '../../src/change/log-reader.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { ADMIN, testApi } from '../support/api.js';
import { allCalls, brief, type Json } from '../support/calls.js';
import { RandomEditor } from '../support/random-edits.js';

const { ask, database, service } = testApi();

const QUERY = `query($from: String!, $to: String, $filter: DifferenceFilter, $first: Int, $after: String, $last: Int, $before: String) {
  difference(from: $from, to: $to, filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { subjectType subjectId kind fields { field before after } changeCount changes { cursor } } } }`;

async function difference(variables: Json): Promise<{ page: Json; statements: string[] }> {
  const { data, errors, statements } = await ask(QUERY, variables);
  expect(errors).toBeUndefined();
  return { page: data.difference, statements };
}

const latest = async (): Promise<string> => (await ask('{ latestChangeCursor }')).data.latestChangeCursor;

async function write(mutation: string, input: Json): Promise<Json> {
  const { data, errors } = await ask(brief(mutation), { input }, ADMIN);
  expect([errors, data[mutation].userErrors]).toEqual([undefined, []]);
  return data[mutation];
}

const log = async () => (await changesAfter(database().em.fork(), LOG_START, 1_000_000)) ?? [];

/** Computes the differences of a range of the log record by record, from the values before and after each change. */
async function computed(from: string, to: string): Promise<Json[]> {
  const all = await log();
  const placeOf = (cursor: string) => all.findIndex(change => changeCursor(change) === cursor) + 1;
  const bySubject = Map.groupBy(all.slice(placeOf(from), placeOf(to)), ({ subjectId }) => subjectId);
  const differing = [...bySubject].flatMap(([subjectId, changes]) => {
    const kinds = changes.map(({ kind }) => kind);
    const [isNew, isGone] = [kinds.includes(ChangeKind.RECORDED), kinds.includes(ChangeKind.WITHDRAWN)];
    const names = new Set(changes.flatMap(({ fields }) => fields.map(({ field }) => field)));
    const fields = [...names].flatMap(name => {
      const ofField = changes.flatMap(change => change.fields.filter(({ field }) => field === name));
      const [before, after] = [ofField[0]?.before, ofField.at(-1)?.after];
      return isDeepStrictEqual(before, after) ? [] : [{ field: name, before, after }];
    });
    if ((isNew && isGone) || fields.length === 0) return [];
    const kind = isNew ? 'CREATED' : isGone ? 'WITHDRAWN' : 'REVISED';
    const cursors = changes.map(change => ({ cursor: changeCursor(change) }));
    const { subjectType } = changes[0] as Json;
    return [{ subjectType, subjectId, kind, fields, changeCount: changes.length, changes: cursors }];
  });
  return differing.sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1));
}

/** All differences, page by page. */
async function walk(variables: Json, first: number): Promise<Json[]> {
  const all: Json[] = [];
  for (let after: string | null = null; ; ) {
    const { page }: { page: Json } = await difference({ ...variables, first, after });
    all.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return all;
    expect(page.nodes).toHaveLength(first);
    after = page.pageInfo.endCursor;
  }
}

const ofRecord = async (from: string, id: string, to?: string): Promise<Json[]> =>
  (await difference({ from, to, filter: { subjectIds: [id] } })).page.nodes;

describe('a record', () => {
  test('that is revised has its fields at both moments, and the changes in between', async () => {
    const from = await latest();
    const first = await write('reviseOrganisation', { id: 'org-vng', expectedVersion: 1, notes: 'One', city: 'Delft' });
    const second = await write('reviseOrganisation', { id: 'org-vng', expectedVersion: 2, notes: 'Two' });
    expect(await ofRecord(from, 'org-vng')).toEqual([
      {
        subjectType: 'ORGANISATION',
        subjectId: 'org-vng',
        kind: 'REVISED',
        fields: [
          { field: 'city', before: 'Den Haag', after: 'Delft' },
          { field: 'notes', before: null, after: 'Two' },
        ],
        changeCount: 2,
        changes: [{ cursor: first.change.cursor }, { cursor: second.change.cursor }],
      },
    ]);
    expect(await ofRecord(first.change.cursor, 'org-vng')).toMatchObject([
      { fields: [{ field: 'notes', before: 'One', after: 'Two' }], changes: [{ cursor: second.change.cursor }] },
    ]);
    expect(await ofRecord(from, 'org-vng', first.change.cursor)).toMatchObject([{ changeCount: 1 }]);
  });

  test('whose field is changed back does not appear, and its other fields do', async () => {
    const from = await latest();
    await write('reviseOrganisation', { id: 'org-cpaffc', expectedVersion: 1, notes: 'Wrong' });
    const { data } = await ask('{ organisation(id: "org-cpaffc") { notes city } }');
    const [{ fields }] = await ofRecord(from, 'org-cpaffc');
    const { before } = fields.find(({ field }: Json) => field === 'notes');
    expect([data.organisation.notes, before]).not.toContain(undefined);
    await write('reviseOrganisation', { id: 'org-cpaffc', expectedVersion: 2, notes: before });
    expect(await ofRecord(from, 'org-cpaffc')).toEqual([]);
    await write('reviseOrganisation', { id: 'org-cpaffc', expectedVersion: 3, city: 'Xi’an' });
    expect(await ofRecord(from, 'org-cpaffc')).toMatchObject([
      { kind: 'REVISED', changeCount: 3, fields: [{ field: 'city', after: 'Xi’an' }] },
    ]);
  });

  test('that is new has all its facts; new and withdrawn it does not appear; withdrawn it had all its facts', async () => {
    const from = await latest();
    const input = { kind: 'CULTURAL', title: { en: 'A concert' }, status: 'HELD', recurring: false, startedOn: '2020' };
    const { exchange, change } = await write('recordExchange', {
      ...input,
      dutch: 'nl-rotterdam',
      chinese: 'cn-shanghai',
    });
    const [created] = await ofRecord(from, exchange.id);
    expect(created).toMatchObject({ kind: 'CREATED', changes: [{ cursor: change.cursor }] });
    expect(created.fields.every(({ before }: Json) => before === null)).toBe(true);
    expect(created.fields).toContainEqual({ field: 'startedOn', before: null, after: '2020' });
    const middle = await latest();
    await write('withdrawExchange', { id: exchange.id, expectedVersion: 1, reason: 'By mistake' });
    expect(await ofRecord(from, exchange.id)).toEqual([]);
    const [withdrawn] = await ofRecord(middle, exchange.id);
    expect(withdrawn.kind).toBe('WITHDRAWN');
    expect(withdrawn.fields).toContainEqual({ field: 'startedOn', before: '2020', after: null });
    expect(withdrawn.fields).toHaveLength(created.fields.length);
    expect(await ofRecord(await latest(), exchange.id)).toEqual([]);
  });

  test('has labels for people', async () => {
    const from = await latest();
    const { data: before } = await ask('{ partnership(id: "tie-oss-taizhou") { version } }');
    await write('revisePartnership', {
      id: 'tie-oss-taizhou',
      expectedVersion: before.partnership.version,
      themes: ['WATER', 'CULTURE'],
    });
    const { data, errors } = await ask(
      `query($from: String!) { difference(from: $from) { nodes { subjectLabel(language: NL) subjectLabelLanguage(language: NL)
        fields { label(language: NL) labelLanguage(language: NL) afterLabel(language: NL) codeList { name } } } } }`,
      { from },
    );
    expect(errors).toBeUndefined();
    expect(data.difference.nodes).toMatchObject([
      {
        subjectLabel: expect.stringContaining('Oss'),
        fields: [{ label: 'Thema’s', afterLabel: 'Water, Cultuur', codeList: { name: 'Theme' } }],
      },
    ]);
  });
});

describe('moments', () => {
  const refusal = async (variables: Json) => {
    const { data, errors } = await ask(QUERY, variables);
    expect(data.difference).toBeNull();
    return { code: errors?.[0]?.extensions?.code, message: errors?.[0]?.message, path: errors?.[0]?.path };
  };

  test('can be instants; equal ones have no difference', async () => {
    const { change } = await write('reviseAuthority', { id: 'nl-breda', expectedVersion: 1, wikidataId: 'Q1' });
    const { page } = await difference({ from: change.recordedAt, to: change.cursor });
    expect(page).toMatchObject({ nodes: [], totalCount: 0 });
    const instant = new Date(Date.parse(change.recordedAt) - 1).toISOString().replace('Z', '+00:00');
    expect((await difference({ from: instant, to: change.recordedAt })).page.nodes).toMatchObject([
      { subjectId: 'nl-breda', changes: [{ cursor: change.cursor }] },
    ]);
  });

  test('are refused as those of knownAt are, and in the wrong order', async () => {
    const all = await log();
    const [first, last] = [changeCursor(all[0] as Json), changeCursor(all.at(-1) as Json)];
    expect(await refusal({ from: last, to: first })).toEqual({
      code: 'BAD_USER_INPUT',
      message: `from (${JSON.stringify(last)}) is after to (${JSON.stringify(first)}); exchange them.`,
      path: ['difference'],
    });
    expect((await refusal({ from: '2026-11-24' })).code).toBe('INVALID_MOMENT');
    expect((await refusal({ from: first, to: '9999-01-01T00:00:00Z' })).code).toBe('MOMENT_IN_FUTURE');
    expect((await refusal({ from: '1979-11-23T00:00:00Z' })).code).toBe('MOMENT_BEFORE_REGISTER');
    expect((await refusal({ from: first, filter: { fields: ['startdOn'] } })).message).toBe(
      'filter.fields: no record has a field "startdOn"; take names from the code list Field, such as startedOn.',
    );
    expect((await refusal({ from: first, filter: { authority: 'nl-nowhere' } })).message).toContain('nl-nowhere');
  });

  test('end at the moment that the operation reads', async () => {
    const all = await log();
    const from = changeCursor(all[0] as Json);
    const [end, later] = [all.at(-2) as Json, all.at(-1) as Json];
    const askAt = async (variables: Json): Promise<Json> => {
      const context = service().context(ADMIN);
      context.em = readAt(context.em, end.id);
      const { body } = await (await service().apollo.get()).executeOperation(
        { query: QUERY, variables },
        { contextValue: context },
      );
      return (body as Json).singleResult;
    };
    const { data } = await askAt({ from, first: 100 });
    const { page } = await difference({ from, to: changeCursor(end), first: 100 });
    expect(JSON.parse(JSON.stringify(data.difference.nodes))).toEqual(page.nodes);
    const { errors } = await askAt({ from, to: changeCursor(later) });
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('is after the moment of knownAt'),
      extensions: { code: 'MOMENT_IN_FUTURE' },
    });
  });
});

describe('after a call of every mutation and 120 random edits', () => {
  let moments: string[];
  beforeAll(async () => {
    moments = [await latest()];
    for (const { mutation, input } of allCalls) await write(mutation, input);
    moments.push(await latest());
    const editor = new RandomEditor(database(), service(), Math.random);
    for (let edit = 0; edit < 120; edit += 1) {
      await editor.edit();
      if (edit % 30 === 29) moments.push(await latest());
    }
  }, 120_000);

  const sorted = (nodes: Json[]): Json[] =>
    nodes.map(node => ({
      ...node,
      fields: node.fields.toSorted((a: Json, b: Json) => (a.field < b.field ? -1 : 1)),
    }));

  test('each range has the differences that the log computes, in pages of any size', async () => {
    for (const [index, from] of moments.entries()) {
      for (const to of moments.slice(index)) {
        const wanted = await computed(from, to);
        expect(sorted(await walk({ from, to }, 7))).toEqual(sorted(wanted));
        const { page } = await difference({ from, to, first: 1 });
        expect(page.totalCount).toBe(wanted.length);
      }
    }
    const whole = await computed(moments[0] as string, moments.at(-1) as string);
    expect(whole.length).toBeGreaterThan(50);
    expect(new Set(whole.map(({ kind }) => kind))).toEqual(new Set(['CREATED', 'REVISED', 'WITHDRAWN']));
  });

  test('from the back in the same order', async () => {
    const from = moments[0] as string;
    const wanted = (await computed(from, await latest())).map(({ subjectId }) => subjectId);
    const differing: string[] = [];
    for (let before: string | null = null; ; ) {
      const { page }: { page: Json } = await difference({ from, last: 9, before });
      differing.unshift(...page.nodes.map(({ subjectId }: Json) => subjectId));
      if (!page.pageInfo.hasPreviousPage) break;
      before = page.pageInfo.startCursor;
    }
    expect(differing).toEqual(wanted);
  });

  test.each<[what: string, filter: Json, holds: (node: Json, authorities: string[]) => boolean]>([
    ['subjectTypes', { subjectTypes: ['PROGRAMME', 'EXCHANGE'] }, n => /^(PROG|EXCH)/.test(n.subjectType)],
    ['kinds', { kinds: ['CREATED', 'WITHDRAWN'] }, n => n.kind !== 'REVISED'],
    ['revised ones', { kinds: ['REVISED'] }, n => n.kind === 'REVISED'],
    ['fields', { fields: ['notes', 'status'] }, n => n.fields.some((f: Json) => /^(notes|status)$/.test(f.field))],
    [
      'subjectIds',
      { subjectIds: ['nl-testtown', 'tie-testtown-nanjing'] },
      n => /-testtown(-nanjing)?$/.test(n.subjectId),
    ],
    ['authority', { authority: 'nl-testtown' }, (_, authorities) => authorities.includes('nl-testtown')],
    ['nothing', { kinds: [] }, () => false],
    [
      'all together',
      { subjectTypes: ['PARTNERSHIP'], kinds: ['CREATED'], authority: 'nl-testtown', fields: ['dutch'] },
      (n, authorities) =>
        n.subjectType === 'PARTNERSHIP' && n.kind === 'CREATED' && authorities.includes('nl-testtown'),
    ],
  ])('filtered by %s', async (_, filter, holds) => {
    const from = moments[0] as string;
    const bySubject = Map.groupBy(await log(), ({ subjectId }) => subjectId);
    const start = (await log()).findIndex(change => changeCursor(change) === from) + 1;
    const ids = new Set((await log()).slice(start).map(({ id }) => id));
    const wanted = (await computed(from, await latest())).filter(node =>
      holds(
        node,
        (bySubject.get(node.subjectId) ?? []).filter(({ id }) => ids.has(id)).flatMap(({ authorities }) => authorities),
      ),
    );
    const differing = await walk({ from, filter }, 10);
    expect(differing.map(({ subjectId }) => subjectId)).toEqual(wanted.map(({ subjectId }) => subjectId));
    expect((await difference({ from, filter, first: 1 })).page.totalCount).toBe(wanted.length);
  });

  test('the pages of one difference are of one range, although changes are recorded meanwhile', async () => {
    const from = moments[0] as string;
    const wanted = await computed(from, await latest());
    const { page } = await difference({ from, first: 5 });
    await new RandomEditor(database(), service(), Math.random).edit();
    const rest = await difference({ from, first: 100, after: page.pageInfo.endCursor });
    expect(sorted([...page.nodes, ...rest.page.nodes])).toEqual(sorted(wanted.slice(0, 105)));
    const other = await ask(QUERY, { from, after: page.pageInfo.endCursor, filter: { kinds: ['CREATED'] } });
    expect(other.errors?.[0]?.extensions?.code).toBe('INVALID_CURSOR');
  });

  test('a page takes one statement a level, however many records it has', async () => {
    const counts: number[] = [];
    for (const first of [1, 100]) {
      const variables = { from: moments[0], to: moments.at(-1), first };
      await difference(variables);
      const { page, statements } = await difference(variables);
      expect(page.nodes.length).toBeGreaterThanOrEqual(Math.min(first, 50));
      counts.push(statements.length);
    }
    // The page with its count, and the changes of all its records. The moments were resolved before.
    expect(counts).toEqual([2, 2]);
  });
});
