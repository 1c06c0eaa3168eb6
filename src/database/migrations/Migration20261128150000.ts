import { Migration } from '@mikro-orm/migrations';

/** Adds the authorities that keys are bound to. Keys of before are bound to none. */
export class Migration20261128150000 extends Migration {
  override name = 'Migration20261128150000';

  override up(): void {
    this.addSql(`alter table access_key add column authorities text[] not null default '{}'`);
  }

  override down(): void {
    this.addSql('alter table access_key drop column authorities');
  }
}
