import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { openOnEmbedded } from '../../src/export/embedded.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { testApi } from '../support/api.js';

const { database } = testApi();

const fork = () => database().em.fork() as EntityManager;

test('a statement that fails is reported with its own error, and the database goes on', async () => {
  const session = await openOnEmbedded(fork());
  await session.cursor.declared();
  await expect(session.query(sql`select 1 / ${0}::int`)).rejects.toMatchObject({ code: '22012' });
  expect(await session.query(sql`select 1 as number`)).toEqual([{ number: 1 }]);
  await session.close([]);
});

test('a session that cannot be opened leaves no open transaction', async () => {
  const em = fork();
  readAt(em, "'" as never);
  await expect(openOnEmbedded(em)).rejects.toThrow();
  expect(await queryRows(fork(), sql`select 1 as number`)).toEqual([{ number: 1 }]);
});
