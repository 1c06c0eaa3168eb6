import { Migration } from '@mikro-orm/migrations';
import { keepVersionsFunction } from './keep-versions.js';

/** Makes the plans of the functions that write versions once a session (see `keep-versions.ts`). */
export class Migration20261129150000 extends Migration {
  override name = 'Migration20261129150000';

  override up(): void {
    this.addSql(keepVersionsFunction);
    this.addSql(alterFunctions('set plan_cache_mode = force_generic_plan'));
  }

  /** Leaves the function that keeps versions as it is: migrations of before call it, too. */
  override down(): void {
    this.addSql(alterFunctions('reset plan_cache_mode'));
  }
}

const alterFunctions = (change: string): string => `do $$ declare
  writer regprocedure;
begin
  for writer in select oid from pg_proc where pronamespace = 'history'::regnamespace and proname like 'record\\_%' loop
    execute format('alter function %s ${change}', writer);
  end loop;
end $$`;
