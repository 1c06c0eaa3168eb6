import { Migration } from '@mikro-orm/migrations';

/** The lists of texts of people, by table. Lists of codes cannot have an element without a value. */
const LISTS = [
  ['exchange', 'participants'],
  ['programme', 'themes'],
  ['programme', 'other_partners'],
] as const;
const FIELDS = ['participants', 'themes', 'otherPartners'];

/**
 * Refuses elements of lists that are no text, after which a record could not be read. Earlier releases stored the text `null`,
 * in any case, as one: rows, versions and log get it back in lower case.
 */
export class Migration20261130100000 extends Migration {
  override name = 'Migration20261130100000';

  override up(): void {
    this.addSql(mendLog);
    for (const [table, column] of LISTS) {
      for (const rows of [table, `history.${table}`]) {
        this.addSql(`update ${rows} set ${column} = array_replace(${column}, null, 'null')
          where array_position(${column}, null) is not null`);
      }
      this.addSql(`alter table ${table} add constraint ${table}_${column}_texts
        check (array_position(${column}, null) is null)`);
    }
  }

  override down(): void {
    for (const [table, column] of LISTS) this.addSql(`alter table ${table} drop constraint ${table}_${column}_texts`);
  }
}

const mended = (list: string) => `case jsonb_typeof(${list}) when 'array' then (
  select coalesce(jsonb_agg(case element when 'null' then '"null"' else element end order by n), '[]')
    from jsonb_array_elements(${list}) with ordinality list(element, n)) else ${list} end`;

const mendLog = `update change c set fields = (
    select jsonb_agg(case when f->>'field' = any ('{${FIELDS.join()}}')
      then f || jsonb_build_object('before', ${mended(`f->'before'`)}, 'after', ${mended(`f->'after'`)}) else f end order by n)
    from jsonb_array_elements(c.fields) with ordinality fields(f, n))
  where c.fields @@ 'strict exists ($[*] ? (${FIELDS.map(field => `@.field == "${field}"`).join(' || ')})
    ? (exists (@.before[*] ? (@ == null)) || exists (@.after[*] ? (@ == null))))'`;
