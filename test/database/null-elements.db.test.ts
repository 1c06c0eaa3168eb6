import sql, { raw } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.js';
import { verify } from '../../src/database/verify/verify.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';
import { brief } from '../support/calls.js';

const { ask, database } = testApi();
const run = (statement: string) => queryRows(database().em.fork(), sql`${raw(statement)}`);

const READ =
  'query($id: ID!) { exchange(id: $id) { participants history(first: 10) { nodes { fields { field before after } } } } }';

test('lists with an element that is no text, as earlier releases stored them, have the text again', async () => {
  const write = async (mutation: string, input: object) => {
    const { data } = await ask(brief(mutation), { input }, ADMIN);
    expect(data[mutation].userErrors).toEqual([]);
    return data[mutation].exchange;
  };
  const { id, version } = await write('recordExchange', {
    kind: 'CULTURAL',
    title: { en: 'Null' },
    status: 'HELD',
    participants: ['null', 'A'],
  });
  await write('reviseExchange', { id, expectedVersion: version, participants: ['A', 'null'] });
  const before = (await ask(READ, { id })).data;
  expect(before.exchange.participants).toEqual(['A', 'null']);

  await run(`alter table exchange drop constraint exchange_participants_texts`);
  for (const rows of ['exchange', 'history.exchange'])
    await run(`update ${rows} set participants = array_replace(participants, 'null', null) where id = '${id}'`);
  await run(`update change set fields = replace(fields::text, '"null"', 'null')::jsonb where subject_id = '${id}'`);
  expect((await verify(database())).differences).toEqual([
    { table: 'exchange', id, change: null, problem: 'participants has an element without a text' },
  ]);

  for (const list of ['programme_themes', 'programme_other_partners'])
    await run(`alter table programme drop constraint ${list}_texts`);
  await run(`delete from mikro_orm_migrations where name = 'Migration20261130100000'`);
  expect(await migrate(database())).toEqual(['Migration20261130100000']);
  expect((await verify(database())).differences).toEqual([]);
  expect((await ask(READ, { id })).data).toEqual(before);
  await expect(run(`update exchange set participants = array[null] where id = '${id}'`)).rejects.toThrow(
    /participants_texts/,
  );
});
