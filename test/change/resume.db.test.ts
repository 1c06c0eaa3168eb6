import sql, { type Sql } from 'sql-template-tag';
import { beforeEach, describe, expect, test } from 'vitest';
import { ANONYMOUS } from '../../src/access/identity.js';
import { changeCursor, decodeChangeCursor } from '../../src/change/cursor.js';
import { latestPosition } from '../../src/change/log-reader.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { prepareOperation } from '../../src/server/graphql/prepare-operation.js';
import { testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';

const { ask, database, service } = testApi();
const run = (statement: Sql) => queryRows<Json>(database().em.fork(), statement);
const latest = async () => changeCursor(await latestPosition(database().em.fork()));

/** Writes changes as a register does that has another history: without the knowledge of this process. */
async function append(count: number): Promise<void> {
  await run(sql`insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
    select 'REVISED', 'test', 'ORGANISATION', 'org-vng', n, '{}', '[]' from generate_series(1, ${count}::int) n`);
}

/** Takes the log back to a position, as a restored backup does. */
async function restore(cursor: string): Promise<void> {
  const { id } = decodeChangeCursor(cursor);
  await run(sql`delete from change where id > ${id}`);
  await run(sql`select setval(pg_get_serial_sequence('change', 'id'), ${id}::int)`);
}

const PAGES = `query($after: ChangeCursor) { changes(after: $after) { nodes { cursor } pageInfo { hasNextPage endCursor } } }`;
const HISTORY = `query($after: ChangeCursor) { organisations(first: 2) { nodes { history(after: $after) { nodes { cursor } } } } }`;
const BACK = `query($before: ChangeCursor) { changes(last: 2, before: $before) { nodes { cursor } } }`;
const HISTORY_BACK = `query($before: ChangeCursor) { organisations(first: 2) { nodes { history(last: 2, before: $before) { nodes { cursor } } } } }`;
const FOLLOW = 'subscription($after: ChangeCursor) { changes(after: $after) { cursor } }';

/** The number of ways to send a cursor. */
const WAYS = 6;

/** Sends a cursor in every way, and returns the errors of each. */
async function resume(after: string): Promise<Json[]> {
  const { operation } = prepareOperation(service().documents, { query: FOLLOW });
  if (!operation) throw new Error('The subscription is not valid.');
  const subscribe = (variables: Json, lastEventId?: string) =>
    service().fanout.subscribe(
      operation,
      variables,
      { identity: ANONYMOUS, address: '' },
      () => undefined,
      lastEventId,
    );
  const results = [await subscribe({ after }), await subscribe({}, after)];
  for (const { events } of results) events?.end();
  const pages = [await ask(PAGES, { after }), await ask(HISTORY, { after })];
  const back = [await ask(BACK, { before: after }), await ask(HISTORY_BACK, { before: after })];
  return [...results, ...pages, ...back].map(({ errors }) => errors?.[0]);
}
const codesOf = (errors: Json[]) => errors.map(error => error?.extensions.code);

describe('a cursor of a history that was lost', () => {
  let before: string;
  let lost: string;
  beforeEach(async () => {
    await service().changes.refresh();
    before = await latest();
    await append(3);
    lost = await latest();
  });

  test.each([1, 3, 5])('is refused when the other history is %i changes long', async length => {
    await restore(before);
    expect(codesOf(await resume(lost))).toEqual(Array(WAYS).fill('INVALID_CURSOR'));
    await append(length);
    const errors = await resume(lost);
    expect(codesOf(errors)).toEqual(Array(WAYS).fill('INVALID_CURSOR'));
    // This process has not read the changes that were lost: it cannot know.
    expect(errors.map(({ extensions }) => extensions.lastCommon)).toEqual(Array(WAYS).fill(undefined));
    expect(codesOf(await resume(before))).toEqual(Array(WAYS).fill(undefined));
  });

  test.each([1, 3, 5])(
    'is refused with the last common one if this process knows it; %i changes long',
    async length => {
      await service().changes.refresh();
      await restore(before);
      await append(length);
      await service().changes.refresh();
      const errors = await resume(lost);
      expect(codesOf(errors)).toEqual(Array(WAYS).fill('INVALID_CURSOR'));
      expect(errors.map(({ extensions }) => extensions.lastCommon)).toEqual(Array(WAYS).fill(before));
      expect(service().changes.newest).toEqual(decodeChangeCursor(await latest()));
    },
  );
});

test('a cursor of an older version resumes, and becomes one with a mark', async () => {
  await append(2);
  const newest = decodeChangeCursor(await latest());
  const unmarked = changeCursor({ id: newest.id, mark: '' });
  expect(codesOf(await resume(unmarked))).toEqual(Array(WAYS).fill(undefined));
  const { data } = await ask(PAGES, { after: unmarked });
  const [pages, back] = [await ask('{ changes(last: 3) { nodes { cursor } } }'), await ask(BACK, { before: unmarked })];
  expect(back.data.changes.nodes).toEqual(pages.data.changes.nodes.slice(0, 2));
  expect(data.changes).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: changeCursor(newest) } });
});

test('a client that polls and stores the end of each page receives each change once', async () => {
  let after = await latest();
  const received: string[] = [];
  for (const count of [0, 2, 0, 0, 25, 0]) {
    await append(count);
    for (let hasNextPage = true; hasNextPage; ) {
      const { data } = await ask(PAGES, { after });
      received.push(...data.changes.nodes.map(({ cursor }: Json) => cursor));
      after = data.changes.pageInfo.endCursor;
      hasNextPage = data.changes.pageInfo.hasNextPage;
    }
  }
  expect(received).toHaveLength(27);
  expect(new Set(received).size).toBe(27);
  expect(after).toBe(await latest());
});

test('the message names the argument of the cursor', async () => {
  const lost = changeCursor({ id: 2_000_000, mark: '0123456789abcdef' });
  const messages = [await ask(PAGES, { after: lost }), await ask(BACK, { before: lost })].map(
    ({ errors }) => errors?.[0]?.message,
  );
  expect(messages).toEqual([
    expect.stringMatching(/^The change of the cursor in after is not in the log/),
    expect.stringMatching(/^The change of the cursor in before is not in the log/),
  ]);
});

test('resuming takes one look-up by primary key, for a page and for the histories of a list', async () => {
  const after = await latest();
  for (const query of [PAGES, HISTORY, BACK, HISTORY_BACK]) {
    const { statements } = await ask(query, { after, before: after });
    const lookUps = statements.filter(text => text.startsWith('select c.id, c.mark from change c where c.id = any('));
    expect(lookUps).toHaveLength(1);
    expect(statements.length).toBe(query === PAGES || query === BACK ? 2 : 3);
  }
});

test('a filter by an authority that does not exist is refused by name', async () => {
  const query = 'query($id: ID) { changes(filter: { authority: $id }) { totalCount } }';
  const { errors } = await ask(query, { id: 'nl-rotterdamm' });
  expect(errors?.[0]).toMatchObject({
    message: 'filter.authority: there is no authority with the id nl-rotterdamm; take an id from authorities.',
    extensions: { code: 'BAD_USER_INPUT' },
  });
  const { data } = await ask(query, { id: 'nl-rotterdam' });
  expect(data.changes.totalCount).toBeGreaterThan(1);
});

test('every change has a mark of its own', async () => {
  await append(50);
  const [row] = await run(sql`select count(*)::int as changes, count(distinct mark)::int as marks from change`);
  expect(row.marks).toBe(row.changes);
});
