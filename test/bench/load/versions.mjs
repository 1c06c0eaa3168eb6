import { fillRecordTerms } from '../../../dist/database/migrations/record-terms.js';
import { withoutIndexes } from './indexes.mjs';

/**
 * Gives each row of the register versions, one of each change that it adds to the log. Written at once, because the triggers
 * of the tables, which write them one by one, would take hours on the scaled register. Search documents differ in a word.
 *
 * @returns The ids of the changes.
 */
export async function writeVersions(client, count) {
  const ids = [];
  for (let version = 1; version <= count; version += 1) {
    const { rows } = await client.query(`insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
      values ('REVISED', 'bench', 'AUTHORITY', 'nl-delft', ${version}, '{}', '[]') returning id`);
    ids.push(rows[0].id);
  }
  const { rows: tables } = await client.query(`
    select c.relname as name, string_agg(quote_ident(attname), ', ' order by attnum) as columns
    from pg_class c join pg_attribute on attrelid = to_regclass('public.' || quote_ident(c.relname)) and attnum > 0 and not attisdropped
    where c.relnamespace = 'history'::regnamespace and c.relkind = 'r' group by 1`);
  await client.query('alter table history.search_document disable trigger user');
  for (const { name, columns } of tables) {
    const makeIndexes = await withoutIndexes(client, [`history.${name}`]);
    await client.query(`truncate history.${name}`);
    for (const [version, id] of ids.entries()) {
      const values = columns.replace(/\bterms\b/, `terms || 'version${version}'::tsvector`);
      await client.query(`insert into history.${name} (${columns}, known_from, known_until)
        select ${values}, ${id}, ${ids[version + 1] ?? 2_147_483_647} from public.${name}`);
    }
    await makeIndexes(() => undefined);
  }
  await client.query('alter table history.search_document enable trigger user');
  const makeIndexes = await withoutIndexes(client, ['history.record_terms']);
  await client.query('truncate history.record_terms');
  await client.query(fillRecordTerms);
  await makeIndexes(() => undefined);
  await client.query('vacuum (analyze)');
  return ids;
}
