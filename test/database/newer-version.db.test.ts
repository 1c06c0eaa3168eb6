import { expect, test, vi } from 'vitest';
import { migrate, requireMigrations } from '../../src/database/migrate.js';
import { testApi } from '../support/api.js';

const { database } = testApi();

test('a database that a newer version has migrated is told, with both migrations, and no other is', async () => {
  const warn = vi.fn();
  const start = async () => {
    await requireMigrations(database(), warn);
    expect(await migrate(database(), warn)).toEqual([]);
  };
  await start();
  expect(warn).not.toHaveBeenCalled();

  const sql = database().em.getConnection();
  const [last] = await sql.execute<{ name: string }[]>('select max(name) as name from mikro_orm_migrations');
  await sql.execute("insert into mikro_orm_migrations (name) values ('Migration99991231000000')");
  await start();
  const text = `the newest migration is Migration99991231000000, this version ends with ${last?.name}`;
  expect(warn.mock.calls).toEqual([[expect.stringContaining(text)], [expect.stringContaining(text)]]);
});
