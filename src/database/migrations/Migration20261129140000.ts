import { Migration } from '@mikro-orm/migrations';
import { forRoles } from './ddl.js';
import { keepVersionsFunction } from './keep-versions.js';
import { fillRecordTerms, indexRecordTerms, keepRecordTerms, viewRecordTerms } from './record-terms.js';

/**
 * Adds the terms of runs of versions, by which a search of the past finds records (see `record-terms.ts`): it visited all
 * versions with a word. They take the place of the index on the terms of versions.
 */
export class Migration20261129140000 extends Migration {
  override name = 'Migration20261129140000';

  override up(): void {
    for (const statement of keepRecordTerms) this.addSql(statement);
    this.addSql(fillRecordTerms);
    for (const statement of indexRecordTerms) this.addSql(statement);
    this.addSql('drop index if exists history.search_document_terms_idx');
    this.addSql(viewRecordTerms);
    this.addSql(keepVersionsFunction);
    this.addSql(`select history.keep_versions('search_document')`);
    this.addSql(grants);
  }

  /** Leaves the function that keeps versions as it is, which serves the reads of before, too. */
  override down(): void {
    this.addSql('drop view past.record_terms');
    this.addSql('drop table history.record_terms');
    for (const name of ['extend', 'reduce', 'delete']) this.addSql(`drop function history.${name}_terms() cascade`);
    this.addSql('drop aggregate history.all_terms(tsvector)');
    this.addSql('drop index history.search_document_version');
    this.addSql('create index search_document_terms_idx on history.search_document using gin (terms)');
  }
}

/** Roles that may read the log read the past; a redaction looks for words that no version has. */
const grants = `do $$
declare
  grantee name;
begin
  ${forRoles('SELECT', 'select on past.record_terms')}
  ${forRoles('INSERT', 'select on history.record_terms')}
end $$`;
