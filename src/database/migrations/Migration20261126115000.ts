import { Migration } from '@mikro-orm/migrations';
import { fillVersions } from '../history/fill-versions.js';
import { recordSeedsFunction } from '../history/record-seeds.js';

/** Interval of progress messages. */
const PROGRESS_INTERVAL_MS = 1_000;

/**
 * Fills the versions of an existing register from its log, so that it is read at every past moment. In one transaction: a
 * process that is killed leaves nothing, and the next one begins again.
 */
export class Migration20261126115000 extends Migration {
  override name = 'Migration20261126115000';

  override async up(): Promise<void> {
    this.addSql(recordSeedsFunction);
    let lastReportAt = Date.now();
    await fillVersions(this.getEntityManager(), (done, total) => {
      if (Date.now() - lastReportAt < PROGRESS_INTERVAL_MS) return;
      lastReportAt = Date.now();
      console.error(`Filling versions: ${done} of ${total} changes (${Math.floor((100 * done) / total)} %).`);
    });
  }

  override down(): void {
    // The versions go with the schema `history`, as this function would.
    this.addSql('drop function history.record_seeds(integer)');
  }
}
