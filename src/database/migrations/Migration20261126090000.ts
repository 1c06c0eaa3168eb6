import { Migration } from '@mikro-orm/migrations';

/** Adds sets of changes. The versions of rows, which are added next, are known by sets. */
export class Migration20261126090000 extends Migration {
  override name = 'Migration20261126090000';

  override up(): void {
    this.addSql('alter table change add column change_set text');
    this.addSql('create index on change (change_set, id) where change_set is not null');
  }

  override down(): void {
    this.addSql('alter table change drop column change_set');
  }
}
