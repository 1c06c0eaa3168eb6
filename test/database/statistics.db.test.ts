import { expect, test } from 'vitest';
import { testApi } from '../support/api.js';

const { database } = testApi();

test('a seeded register has statistics of its tables, by which searches are planned', async () => {
  const rows = await database()
    .em.getConnection()
    .execute<{ tablename: string }[]>(
      `select distinct tablename from pg_stats
      where schemaname = 'public' and tablename in ('search_document', 'partnership', 'change') order by 1`,
    );
  expect(rows.map(({ tablename }) => tablename)).toEqual(['change', 'partnership', 'search_document']);
});
