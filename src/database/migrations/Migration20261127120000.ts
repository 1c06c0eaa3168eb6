import { Migration } from '@mikro-orm/migrations';

/**
 * Drops the check of the scopes of keys: it lists those of the release that created the table, so that an upgraded register
 * could not store a key with a newer scope. `npm run key` checks them, and an unknown scope grants nothing.
 */
export class Migration20261127120000 extends Migration {
  override name = 'Migration20261127120000';

  override up(): void {
    this.addSql('alter table access_key drop constraint if exists access_key_scopes_check');
  }
}
