import { Migration } from '@mikro-orm/migrations';
import { keepVersionsFunction } from './keep-versions.js';

/**
 * Makes the B-tree indexes of versions again, with the ids of the changes at their ends: a read of the past visited all
 * versions of each row that it selects.
 */
export class Migration20261128130000 extends Migration {
  override name = 'Migration20261128130000';

  override up(): void {
    this.addSql(keepVersionsFunction);
    this.addSql(makeIndexesAgain);
  }

  /** Leaves the indexes as they are: they serve the reads of before, too. */
  override down(): void {}
}

const makeIndexesAgain = `do $$
declare
  step text;
begin
  for step in
    select format('drop index history.%I', c.relname) from pg_index
      join pg_class c on c.oid = indexrelid and c.relnamespace = 'history'::regnamespace
      join pg_am on pg_am.oid = c.relam and amname = 'btree' where not indisprimary
    union all
    select format('select history.keep_versions(%L)', relname) from pg_class
      where relnamespace = 'history'::regnamespace and relkind = 'r'
  loop
    execute step;
  end loop;
end $$`;
