import sql, { raw } from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { authoritySubject } from '../../src/authority/authority.subject.js';
import type { Change } from '../../src/change/change.js';
import { LOG_START } from '../../src/change/cursor.js';
import { type Facts, replay } from '../../src/change/log.js';
import { changesAfter } from '../../src/change/log-reader.js';
import { type Subject, statesOf } from '../../src/change/subject.js';
import { exchangeSubject } from '../../src/exchange/exchange.subject.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { organisationSubject } from '../../src/organisation/organisation.subject.js';
import { partnershipSubject } from '../../src/partnership/partnership.subject.js';
import { programmeSubject } from '../../src/programme/programme.subject.js';
import { ADMIN, testApi } from '../support/api.js';
import { brief, calls, type Json } from '../support/calls.js';

const { ask, database } = testApi();

const subjects: Record<string, Subject<never>> = {
  authority: authoritySubject as never,
  organisation: organisationSubject as never,
  partnership: partnershipSubject as never,
  programme: programmeSubject as never,
  exchange: exchangeSubject as never,
};

/** Every id of the register, by the table it stands in. */
async function records(): Promise<{ id: string; table: string; version: number }[]> {
  const entries = Object.keys(subjects).map(async table => {
    const query = sql`select id, version from ${raw(table)}`;
    const list = await queryRows<{ id: string; version: number }>(database().em.fork(), query);
    return list.map(record => ({ ...record, table }));
  });
  return (await Promise.all(entries)).flat();
}

const log = async (): Promise<Change[]> => (await changesAfter(database().em.fork(), LOG_START, 100_000)) ?? [];

async function changesBySubject(): Promise<Map<string, Change[]>> {
  return Map.groupBy(await log(), ({ subjectId }) => subjectId);
}

/** An unknown value is absent in the replay, and null in the database. */
const nonNull = (facts: Facts | null) =>
  facts && Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));

async function expectAllRebuilt(): Promise<number> {
  const em = database().em.fork();
  const changes = await changesBySubject();
  const all = await records();
  for (const { id, table, version } of all) {
    const subject = subjects[table] as Subject<never>;
    const facts = (await statesOf(em, subject, [id])).get(id)?.facts ?? null;
    const ofSubject = changes.get(id) ?? [];
    const again = replay(ofSubject);
    expect([id, nonNull(again)]).toEqual([id, nonNull(facts)]);
    expect([id, Object.keys(again ?? {}).filter(name => !(name in (facts ?? {})))]).toEqual([id, []]);
    expect([id, ofSubject.at(-1)?.subjectVersion]).toEqual([id, version]);
  }
  return all.length;
}

const PAGE = `totalCount pageInfo { hasNextPage endCursor } edges { cursor node { cursor subjectId kind } }`;
const QUERY = `query($first: Int, $after: ChangeCursor, $filter: ChangeFilter) {
  changes(first: $first, after: $after, filter: $filter) { ${PAGE} } }`;

/** All that a filter finds, page by page. */
async function walk(
  filter: Json,
  first: number,
  from?: string,
): Promise<{ cursor: string; subjectId: string; kind: string }[]> {
  const pages: Json[] = [];
  for (let after = from; ; ) {
    const { data, errors } = await ask(QUERY, { first, after, filter });
    expect(errors).toBeUndefined();
    const { edges, pageInfo } = data.changes;
    for (const { cursor, node } of edges) expect(node.cursor).toBe(cursor);
    pages.push(...edges.map(({ node }: Json) => node));
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? after ?? null);
    if (!pageInfo.hasNextPage) return pages;
    expect(edges).toHaveLength(first);
    after = pageInfo.endCursor;
  }
}

describe('after seeding', () => {
  test('every record has exactly one change: RECORDED by the seed, at version 1', async () => {
    const all = await records();
    const changes = await log();
    expect(changes.map(({ subjectId }) => subjectId).sort()).toEqual(all.map(({ id }) => id).sort());
    for (const { kind, actor, subjectVersion, subjectType, subjectId, fields } of changes) {
      const table = all.find(({ id }) => id === subjectId)?.table;
      expect({ kind, actor, subjectVersion, subjectType }).toEqual({
        kind: 'RECORDED',
        actor: 'seed',
        subjectVersion: 1,
        subjectType: table?.toUpperCase(),
      });
      expect(fields.every(({ before, after }) => before === null && after !== null)).toBe(true);
    }
  });

  test('every record can be rebuilt from its changes', async () => {
    expect(await expectAllRebuilt()).toBe((await changesBySubject()).size);
  });
});

describe('after a call of every mutation', () => {
  let before: Json;
  beforeAll(async () => {
    before = (await ask('{ latestChangeCursor changes { totalCount } }')).data;
    for (const { mutation, input } of calls) {
      const { data } = await ask(brief(mutation), { input }, ADMIN);
      expect(data[mutation].userErrors).toEqual([]);
    }
  });

  test('every record can be rebuilt from its changes, at its version', async () => {
    expect(await expectAllRebuilt()).toBe((await changesBySubject()).size - 1);
  });

  test('a withdrawn record is rebuilt to nothing, and all its facts stay in the log', async () => {
    const ofSubject = (await changesBySubject()).get('exch-testtown-nanjing-trial-water-week') ?? [];
    expect(ofSubject.map(({ kind }) => kind)).toEqual(['RECORDED', 'REVISED', 'WITHDRAWN']);
    expect(replay(ofSubject)).toBeNull();
    const last = replay(ofSubject.slice(0, 2));
    const undone = ofSubject[2]?.fields ?? [];
    expect(nonNull(Object.fromEntries(undone.map(({ field, before: was }) => [field, was])))).toEqual(nonNull(last));
    expect(undone.every(({ after }) => after === null)).toBe(true);
  });

  test('a withdrawn id is not used again', async () => {
    const { input } = calls.find(({ mutation }) => mutation === 'recordExchange') as Json;
    const alone = { ...input, partnership: undefined, dryRun: true };
    const { data } = await ask(brief('recordExchange'), { input: alone }, ADMIN);
    expect(data.recordExchange.exchange.id).toBe('exch-testtown-nanjing-trial-water-week-2');
  });

  test('the log has one change a call, in order, after the cursor of before', async () => {
    const news = await walk(null, 7, before.latestChangeCursor);
    expect(news.map(({ subjectId, kind }) => [subjectId, kind])).toEqual(
      calls.map(({ payload }) => [payload.change.subjectId, payload.change.kind]),
    );
    const { data } = await ask('{ latestChangeCursor changes { totalCount } }');
    expect(data).toEqual({
      latestChangeCursor: news.at(-1)?.cursor,
      changes: { totalCount: before.changes.totalCount + calls.length },
    });
    expect(await walk(null, 7, data.latestChangeCursor)).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 100])(
    'in pages of %i the whole log comes once, in the order of the ids',
    async first => {
      const filter = first === 100 ? null : { subjectTypes: ['PARTNERSHIP', 'PROGRAMME'] };
      const wanted = (await log()).filter(({ subjectType }) => first === 100 || /^P/.test(subjectType));
      const walked = await walk(filter, first);
      expect(walked.map(({ subjectId, kind }) => [subjectId, kind])).toEqual(
        wanted.map(({ subjectId, kind }) => [subjectId, kind]),
      );
      const { data } = await ask(QUERY, { first: 1, filter });
      expect(data.changes.totalCount).toBe(wanted.length);
    },
  );

  test('ids and moments go up together', async () => {
    const changes = await log();
    const ids = changes.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    const times = changes.map(({ recordedAt }) => new Date(recordedAt).getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  const is = (value: string) => (actual: string) => actual === value;
  test.each<[what: string, filter: Json, holds: (change: Change) => boolean]>([
    [
      'subjectTypes',
      { subjectTypes: ['ORGANISATION', 'EXCHANGE'] },
      c => ['ORGANISATION', 'EXCHANGE'].includes(c.subjectType),
    ],
    ['kinds', { kinds: ['REVISED', 'ENDED', 'WITHDRAWN'] }, c => ['REVISED', 'ENDED', 'WITHDRAWN'].includes(c.kind)],
    [
      'subjectIds',
      { subjectIds: ['tie-testtown-nanjing', 'org-vng'] },
      c => ['tie-testtown-nanjing', 'org-vng'].includes(c.subjectId),
    ],
    ['authority', { authority: 'cn-nanjing' }, c => c.authorities.some(is('cn-nanjing'))],
    ['a record that is not there', { subjectIds: ['org-nobody'] }, () => false],
    [
      'all together',
      {
        subjectTypes: ['PARTNERSHIP'],
        kinds: ['RECORDED', 'RENEWED'],
        authority: 'nl-testtown',
        subjectIds: ['tie-testtown-nanjing'],
      },
      c => c.subjectId === 'tie-testtown-nanjing' && ['RECORDED', 'RENEWED'].includes(c.kind),
    ],
    ['nothing', {}, () => true],
  ])('filtered by %s', async (_, filter, holds) => {
    const wanted = (await log()).filter(holds).map(({ subjectId, kind }) => [subjectId, kind]);
    const walked = await walk(filter, 100);
    expect(walked.map(({ subjectId, kind }) => [subjectId, kind])).toEqual(wanted);
  });

  test('what touches an authority is itself, its ties, exchanges and programmes, also those it left', async () => {
    const walked = await walk({ authority: 'nl-testtown' }, 100);
    expect([...new Set(walked.map(({ subjectId }) => subjectId))]).toEqual([
      'nl-testtown',
      'tie-testtown-nanjing',
      'prog-trial-water-programme',
      'exch-testtown-nanjing-trial-water-week',
    ]);
    expect(walked.filter(({ subjectId }) => subjectId.startsWith('prog')).map(({ kind }) => kind)).toEqual([
      'RECORDED',
      'REVISED',
    ]);
    const nanjing = await walk(
      { authority: 'cn-nanjing', subjectTypes: ['EXCHANGE'], kinds: ['REVISED', 'WITHDRAWN'] },
      100,
    );
    expect(nanjing.map(({ kind }) => kind)).toEqual(['REVISED']);
  });

  test.each([
    ['nl-testtown', ['RECORDED', 'REVISED']],
    ['org-institute-of-trial-water', ['RECORDED', 'REVISED']],
    ['prog-trial-water-programme', ['RECORDED', 'REVISED']],
    ['exch-rotterdam-shanghai-rcro', ['RECORDED']],
    [
      'tie-testtown-nanjing',
      ['RECORDED', 'REVISED', 'MARKED_DORMANT', 'RENEWED', 'LINKED_TO_PROGRAMME', 'UNLINKED_FROM_PROGRAMME', 'ENDED'],
    ],
  ])('the history of %s, page by page', async (id, kinds) => {
    const history =
      'history(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { kind subject { id } } }';
    const types = ['DutchAuthority', 'Organisation', 'Programme', 'Exchange', 'Partnership'];
    const query = `query($id: ID!, $after: ChangeCursor) { node(id: $id) { ${types.map(type => `... on ${type} { ${history} }`).join(' ')} } }`;
    const cursors: string[] = [];
    for (let after: string | undefined; ; ) {
      const { data } = await ask(query, { id, after });
      const { nodes, pageInfo, totalCount } = data.node.history;
      expect(totalCount).toBe(kinds.length);
      for (const { kind, subject } of nodes) {
        expect(subject.id).toBe(id);
        cursors.push(kind);
      }
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(cursors).toEqual(kinds);
  });

  test('histories of a list of records come in one statement', async () => {
    const { data, statements } = await ask('{ partnerships(first: 50) { nodes { history { nodes { kind } } } } }');
    expect(data.partnerships.nodes).toHaveLength(50);
    expect(statements).toHaveLength(2);
  });
});

describe('a cursor or filter that is none', () => {
  const cursorOf = (text: string) => Buffer.from(text).toString('base64url');
  test.each([
    ['of another list', cursorOf('["x",["1"]]')],
    ['empty', ''],
    ['a number', '17'],
    ['negative', cursorOf('change--1')],
    ['with more behind it', `${cursorOf('change-12')}!`],
    ['half of one', cursorOf('change-12').slice(0, -3)],
    ['beyond the newest', cursorOf('change-2000000000')],
    ['beyond all integers', cursorOf('change-999999999999999')],
    ['with an injection', cursorOf("change-1' or '1'='1")],
    ['of 10,000 characters', 'x'.repeat(10_000)],
  ])('a cursor that is %s is INVALID_CURSOR', async (_, after) => {
    const { data, errors, statements } = await ask(QUERY, { after });
    expect(data?.changes ?? null).toBeNull();
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['INVALID_CURSOR']);
    expect(statements.length).toBeLessThan(2);
  });

  test('before all is the cursor of an empty log', async () => {
    const [first] = await walk(null, 1, cursorOf('change-0')).then(all => all.slice(0, 1));
    expect(first).toEqual((await walk(null, 100))[0]);
  });

  test.each<[what: string, filter: Json, message: RegExp]>([
    ['101 ids', { subjectIds: Array(101).fill('org-vng') }, /100.*101/],
    ['a malformed id', { subjectIds: ['x y'] }, /x y/],
    ['a malformed authority', { authority: "nl-'" }, /filter.authority/],
    ['an unknown kind', { kinds: ['DELETED'] }, /DELETED/],
  ])('a filter with %s is refused', async (_, filter, message) => {
    const { errors, statements } = await ask(QUERY, { filter });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(message);
    expect(statements).toEqual([]);
  });
});
