import 'reflect-metadata';
import { expect, test } from 'vitest';
import { ANONYMOUS } from '../../src/access/identity.js';
import { follow } from '../../src/change/change.resolver.js';
import { changeCursor, LOG_START } from '../../src/change/cursor.js';
import type { ChangeFilter } from '../../src/change/filter.js';
import { changesAfter } from '../../src/change/log-reader.js';
import { ADMIN, testApi } from '../support/api.js';

const { ask, database, service } = testApi();
const LIST =
  'query($filter: ChangeFilter, $after: ChangeCursor) { changes(first: 100, filter: $filter, after: $after) { totalCount nodes { cursor subjectId subjectVersion } pageInfo { hasNextPage endCursor } } }';

/** Returns the cursors of all changes that match, by pages. */
async function listed(filter: ChangeFilter): Promise<string[]> {
  const cursors: string[] = [];
  for (let after: string | undefined; ; ) {
    const { data } = await ask(LIST, { filter, after });
    cursors.push(...data.changes.nodes.map(({ cursor }: { cursor: string }) => cursor));
    if (!data.changes.pageInfo.hasNextPage) return cursors;
    after = data.changes.pageInfo.endCursor;
  }
}

/** Returns the cursors of the first changes that a follower from the start of the log receives. */
async function followed(filter: ChangeFilter, count: number): Promise<string[]> {
  const context = service().context(ANONYMOUS);
  const feed = await follow(context, { after: changeCursor(LOG_START), filter });
  const cursors: string[] = [];
  while (cursors.length < count) cursors.push(changeCursor((await feed.next()).value));
  await feed.return();
  return cursors;
}

const all = () => changesAfter(database().em.fork(), LOG_START, 100_000);
const municipalitiesOf = async (province: string): Promise<string[]> => {
  const { data } = await ask(
    'query($id: ID!) { authorities(first: 100, filter: { within: $id }) { nodes { ... on Node { id } } } }',
    { id: province },
  );
  return data.authorities.nodes.map(({ id }: { id: string }) => id);
};

test('a filter takes several authorities, in lists and in the feed', async () => {
  const filter = { authorities: ['nl-delft', 'cn-nanjing'] };
  const expected = (await all())?.filter(({ authorities }) => authorities.some(id => filter.authorities.includes(id)));
  const cursors = expected?.map(changeCursor) ?? [];
  expect(cursors.length).toBeGreaterThan(5);
  expect(await listed(filter)).toEqual(cursors);
  expect(await followed(filter, cursors.length)).toEqual(cursors);
  expect((await ask(LIST, { filter: { authorities: [] } })).data.changes.totalCount).toBe(0);
});

test('a filter takes an area: a province hears of its municipalities', async () => {
  const inside = await municipalitiesOf('nl-prov-zuid-holland');
  expect(inside).toEqual(expect.arrayContaining(['nl-prov-zuid-holland', 'nl-rotterdam', 'nl-delft']));
  const cursors = (await all())
    ?.filter(({ authorities }) => authorities.some(id => inside.includes(id)))
    .map(changeCursor);
  const filter = { within: 'nl-prov-zuid-holland' };
  expect(await listed(filter)).toEqual(cursors);
  expect(await followed(filter, cursors?.length ?? 0)).toEqual(cursors);
  // Conditions hold together.
  const both = await listed({ ...filter, authorities: ['nl-delft', 'nl-groningen'] });
  expect(both).toEqual(await listed({ authority: 'nl-delft' }));
});

test('an area has the changes by which an authority leaves it, or joins it', async () => {
  const [from, to] = [{ within: 'nl-prov-zuid-holland' }, { authority: 'nl-prov-utrecht' }];
  const write = async (mutation: string, type: string, input: object) => {
    const text = `mutation($input: ${type}!) { ${mutation}(input: $input) { change { cursor } userErrors { message } } }`;
    const { data, errors } = await ask(text, { input }, ADMIN);
    expect([errors, data[mutation].userErrors]).toEqual([undefined, []]);
    return data[mutation].change.cursor;
  };
  const source = { title: 'Test', publisher: 'Test' };
  const names = { nl: 'Grensdorp', en: 'Borderville', zh: '边界村' };
  const place = { dutchLevel: 'MUNICIPALITY', code: 'GM9911', parent: from.within };
  const recorded = await write('recordAuthority', 'RecordAuthorityInput', { names, ...place, source });
  const moving = { id: 'nl-borderville', expectedVersion: 1, parent: to.authority, source };
  const moved = await write('reviseAuthority', 'ReviseAuthorityInput', moving);
  const withdrawing = { id: 'nl-borderville', expectedVersion: 2, reason: 'Test' };
  const withdrawn = await write('withdrawAuthority', 'WithdrawAuthorityInput', withdrawing);
  const left = await listed(from);
  expect(left.at(-1)).toBe(moved);
  expect(await followed(from, left.length)).toEqual(left);
  const joined = await listed(to);
  expect(joined.slice(-2)).toEqual([moved, withdrawn]);
  expect(joined).not.toContain(recorded);
});

test.each([
  ['authorities', { authorities: ['nl-delft', 'nl-delfft'] }, 'nl-delfft'],
  ['within', { within: 'nl-prov-zuidholland' }, 'nl-prov-zuidholland'],
])('an unknown id in %s is refused by name', async (name, filter, id) => {
  const { errors } = await ask(LIST, { filter });
  expect(errors?.[0]).toMatchObject({
    message: `filter.${name}: there is no authority with the id ${id}; take an id from authorities.`,
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('authorities are looked up in one statement, whatever their number', async () => {
  for (const authorities of [['nl-delft'], ['nl-delft', 'nl-groningen', 'cn-nanjing', 'nl-breda']]) {
    const { statements } = await ask(LIST, { filter: { authorities } });
    expect(statements).toHaveLength(2);
  }
  expect((await ask(LIST, { filter: { within: 'nl-prov-zuid-holland' } })).statements).toHaveLength(3);
});

test('a change tells the version of its record', async () => {
  const { data } = await ask(
    '{ partnership(id: "tie-rotterdam-shanghai") { version history(last: 1) { nodes { subjectVersion } } } }',
  );
  expect(data.partnership.history.nodes).toEqual([{ subjectVersion: data.partnership.version }]);
});
