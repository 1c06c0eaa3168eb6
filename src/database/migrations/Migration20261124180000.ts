import { Migration } from '@mikro-orm/migrations';

/** Points that each client consumed within its minute, shared by all instances; unlogged, as a crash may reset them. */
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
