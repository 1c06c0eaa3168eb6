import { Migration } from '@mikro-orm/migrations';

/** What each client spent within its minute, where instances count together; nothing that a crash may not take. */
export class Migration20261124180000 extends Migration {
  override name = 'Migration20261124180000';

  override up(): void {
    this.addSql(
      'create unlogged table rate_limit (key varchar(255) primary key, points integer not null default 0, expire bigint)',
    );
  }

  override down(): void {
    this.addSql('drop table rate_limit');
  }
}
