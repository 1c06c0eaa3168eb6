import { Migration } from '@mikro-orm/migrations';

const TABLES = ['partnership', 'exchange'];

/**
 * Adds the year of the start, and an index of status and year in place of that of the status: groups by either are counted in
 * the index alone. The versions get the year in one pass; `keep_versions` would write them row by row.
 */
export class Migration20261129130000 extends Migration {
  override name = 'Migration20261129130000';

  override up(): void {
    const year = 'integer generated always as (substr(started_on, 1, 4)::integer) stored';
    for (const table of TABLES) {
      this.addSql(`alter table ${table} add column started_year ${year}`);
      this.addSql(`alter table history.${table} add column started_year ${year}`);
      this.addSql(`alter table history.${table} alter column started_year drop expression`);
      this.addSql(`create index ${table}_status_started_year_idx on ${table} (status, started_year)`);
      this.addSql(`drop index ${table}_status_idx`);
      this.addSql(`drop index history.${table}_status_idx`);
      this.addSql(`select history.keep_versions('${table}')`);
    }
  }

  override down(): void {
    for (const table of TABLES) {
      this.addSql(`create index ${table}_status_idx on ${table} (status)`);
      this.addSql(`alter table ${table} drop column started_year`);
      this.addSql(`select history.keep_versions('${table}')`);
    }
  }
}
