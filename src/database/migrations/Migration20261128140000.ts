import { Migration } from '@mikro-orm/migrations';

/** Adds an index by which expired results of idempotent calls are found. */
export class Migration20261128140000 extends Migration {
  override name = 'Migration20261128140000';

  override up(): void {
    this.addSql('create index idempotent_answer_created_at on idempotent_answer (created_at)');
  }

  override down(): void {
    this.addSql('drop index idempotent_answer_created_at');
  }
}
