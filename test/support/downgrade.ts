import type { Database } from '../../src/database/open.js';

/** Makes a register one of the release before versions: its log is as long, and its migrations of versions are pending. */
export async function removeVersions({ em }: Database): Promise<void> {
  const connection = em.getConnection();
  // With the functions of the schema, the triggers that call them.
  await connection.execute('drop schema past cascade');
  await connection.execute('drop schema history cascade');
  await connection.execute(`delete from change where subject_type = 'PROPOSAL'`);
  await connection.execute(
    `delete from mikro_orm_migrations where name in
      ('Migration20261126100000', 'Migration20261126115000', 'Migration20261127100000', 'Migration20261129140000')`,
  );
}
