import { Migration } from '@mikro-orm/migrations';
import { StatusDecisionMaker } from '../../partnership/partnership.enums.js';
import { oneOf } from './ddl.js';

/** Adds who decided on the status of a period: unknown for all that are there. */
export class Migration20261127110000 extends Migration {
  override name = 'Migration20261127110000';

  override up(): void {
    const values = oneOf('decided_by', StatusDecisionMaker);
    this.addSql(`alter table status_period add column decided_by text not null default 'UNKNOWN' ${values}`);
    this.addSql(`select history.keep_versions('status_period')`);
  }

  override down(): void {
    this.addSql('alter table status_period drop column decided_by');
    this.addSql(`select history.keep_versions('status_period')`);
  }
}
