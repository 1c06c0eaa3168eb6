import { Migration } from '@mikro-orm/migrations';

/**
 * Adds an index on the names of authorities, organisations and programmes alone, by which a list of names is matched: that on
 * all texts would visit every exchange of Shanghai.
 */
export class Migration20261126160000 extends Migration {
  override name = 'Migration20261126160000';

  override up(): void {
    this.addSql(`create index search_document_named on search_document using gin (title)
      where type in ('AUTHORITY', 'ORGANISATION', 'PROGRAMME')`);
  }

  override down(): void {
    this.addSql('drop index search_document_named');
  }
}
