import { Migration } from '@mikro-orm/migrations';

/** Adds the successors of authorities, such as the municipality that others merged into: unknown for all that are there. */
export class Migration20261128110000 extends Migration {
  override name = 'Migration20261128110000';

  override up(): void {
    this.addSql(`alter table authority add column succeeded_by_id text collate "C" references authority
      check (succeeded_by_id <> id)`);
    this.addSql('create index on authority (succeeded_by_id)');
    this.addSql(`select history.keep_versions('authority')`);
  }

  override down(): void {
    this.addSql('alter table authority drop column succeeded_by_id');
    this.addSql(`select history.keep_versions('authority')`);
  }
}
