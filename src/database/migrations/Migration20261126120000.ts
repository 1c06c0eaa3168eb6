import { Migration } from '@mikro-orm/migrations';
import { ChangeKind } from '../../change/change.js';
import { oneOf } from './ddl.js';

/** Permits changes of the kind REDACTED. */
export class Migration20261126120000 extends Migration {
  override name = 'Migration20261126120000';

  override up(): void {
    this.addSql('alter table change drop constraint change_kind_check');
    this.addSql(`alter table change add constraint change_kind_check ${oneOf('kind', ChangeKind)}`);
  }

  override down(): void {
    const { REDACTED: _, ...kinds } = ChangeKind;
    this.addSql('alter table change drop constraint change_kind_check');
    this.addSql(`alter table change add constraint change_kind_check ${oneOf('kind', kinds)}`);
  }
}
