import { Migration } from '@mikro-orm/migrations';
import { keepVersionsFunction } from './keep-versions.js';

/**
 * Makes an index of each side and the status, with what the default order reads: the partnerships of an area by status are
 * what lists ask for most, and a count, or a page in that order, then reads the table for the records of the page alone. The
 * versions' indexes can include columns since then.
 */
export class Migration20261201100000 extends Migration {
  override name = 'Migration20261201100000';

  override up(): void {
    for (const side of ['dutch_id', 'chinese_id'])
      this.addSql(
        `create index partnership_${side}_status_idx on partnership (${side}, status) include (started_day, id)`,
      );
    for (const schema of ['', 'history.']) this.addSql(`drop index ${schema}partnership_chinese_id_idx`);
    this.addSql(keepVersionsFunction);
    this.addSql(`select history.keep_versions('partnership')`);
  }

  override down(): void {
    for (const schema of ['', 'history.'])
      for (const side of ['dutch_id', 'chinese_id']) this.addSql(`drop index ${schema}partnership_${side}_status_idx`);
    this.addSql('create index on partnership (chinese_id)');
    this.addSql(`select history.keep_versions('partnership')`);
  }
}
