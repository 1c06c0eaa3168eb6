import { Migration } from '@mikro-orm/migrations';
import { keepVersionsFunction } from './keep-versions.js';

/**
 * Finds the versions to close by the keys of their rows (see `write-versions.ts`): while a large set of changes is written,
 * each of its batches visited the versions of all batches before it.
 */
export class Migration20261129150000 extends Migration {
  override name = 'Migration20261129150000';

  override up(): void {
    this.addSql(keepVersionsFunction);
    this.addSql(keepAgain);
  }

  /** Leaves the functions as they are: they write the same versions. */
  override down(): void {}
}

const keepAgain = `do $$
declare
  kept name;
begin
  for kept in select v.relname from pg_class v join pg_class t on t.relname = v.relname and t.oid = to_regclass(quote_ident(v.relname))
    where v.relnamespace = 'history'::regnamespace and v.relkind = 'r'
  loop
    perform history.keep_versions(kept);
  end loop;
end $$`;
