import { Migration } from '@mikro-orm/migrations';

/** The tables with a sort name: those of the concepts with names, and the search index. */
const TABLES = ['authority', 'organisation', 'programme', 'exchange', 'search_document'];

/** Makes the facts of a source its identity, and limits sort names to 200 characters, as `sortKey` does. */
export class Migration20261125100000 extends Migration {
  override name = 'Migration20261125100000';

  override up(): void {
    // A hash, because an index entry has at most 2,704 bytes. Quoting separates the facts, so that no two lists have one text.
    this.addSql(`create unique index source_facts on source (sha256((quote_nullable(title) || ' ' ||
      quote_nullable(publisher) || ' ' || quote_nullable(url) || ' ' || quote_nullable(published_on::text))::bytea))`);
    for (const table of TABLES) {
      this.addSql(`update ${table} set sort_name = left(sort_name, 200) where length(sort_name) > 200`);
    }
  }

  override down(): void {
    this.addSql('drop index source_facts');
  }
}
