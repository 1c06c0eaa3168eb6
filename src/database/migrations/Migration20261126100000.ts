import { Migration } from '@mikro-orm/migrations';
import { LOG_LOCK } from '../../change/log.js';
import { keepVersionsFunction } from './keep-versions.js';

/** The tables that a read can touch, but `change`: each has a version table. */
const TABLES = [
  'authority',
  'organisation',
  'partnership',
  'status_period',
  'programme',
  'programme_organisation',
  'programme_authority',
  'programme_partnership',
  'exchange',
  'source',
  'citation',
  'search_document',
  'search_word',
  'search_variant',
];

/**
 * Adds the versions of rows, from which the register is read as it was known after a change (see `keep-versions.ts`).
 * Migration20261126115000 fills them from the log.
 */
export class Migration20261126100000 extends Migration {
  override name = 'Migration20261126100000';

  override up(): void {
    this.addSql('create schema history');
    this.addSql('create schema past');
    this.addSql(keepVersionsFunction);
    this.addSql(restateFunction);
    for (const table of [...TABLES, 'change']) this.addSql(`select history.keep_versions('${table}')`);
  }

  override down(): void {
    this.addSql('drop schema past cascade');
    // With the functions, the triggers that call them.
    this.addSql('drop schema history cascade');
  }
}

/**
 * Writes the versions of a table that a migration wrote without a change. They are known from an id that no change has, so
 * that what was known after the newest change stays as it was.
 */
const restateFunction = `
create function history.restate(kept name) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(${LOG_LOCK});
  execute format('select history.record_%s($1, null)', kept) using nextval(pg_get_serial_sequence('change', 'id'))::integer;
end $$`;
