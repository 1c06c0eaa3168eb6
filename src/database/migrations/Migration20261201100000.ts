import { Migration } from '@mikro-orm/migrations';

/**
 * Makes an index of each side and the status, with what the default order reads: the partnerships of an area by status are
 * what lists ask for most, and a count, or a page in that order, then reads the table for the records of the page alone.
 */
export class Migration20261201100000 extends Migration {
  override name = 'Migration20261201100000';

  override up(): void {
    for (const side of ['dutch', 'chinese'])
      this.addSql(`create index on partnership (${side}_id, status) include (started_day, id)`);
    this.addSql('drop index partnership_chinese_id_idx');
  }

  override down(): void {
    this.addSql('create index on partnership (chinese_id)');
    for (const side of ['dutch', 'chinese']) this.addSql(`drop index partnership_${side}_id_status_started_day_id_idx`);
  }
}
