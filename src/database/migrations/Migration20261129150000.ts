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

/** Of the tables that have versions; the terms of runs of versions are no table of the register. */
const keepAgain = `select history.keep_versions(relname) from pg_class
  where relnamespace = 'history'::regnamespace and relkind = 'r' and to_regclass(quote_ident(relname)) is not null`;
