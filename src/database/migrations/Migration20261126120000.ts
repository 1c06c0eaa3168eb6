import { Migration } from '@mikro-orm/migrations';
import { ChangeKind } from '../../change/change.js';
import { oneOf } from './ddl.js';

/** Permits changes of the kind REDACTED, and lets the roles that write records remove texts from their versions. */
export class Migration20261126120000 extends Migration {
  override name = 'Migration20261126120000';

  override up(): void {
    this.addSql('alter table change drop constraint change_kind_check');
    this.addSql(`alter table change add constraint change_kind_check ${oneOf('kind', ChangeKind)}`);
    this.addSql(grantVersions);
  }

  override down(): void {
    const { REDACTED: _, ...kinds } = ChangeKind;
    this.addSql('alter table change drop constraint change_kind_check');
    this.addSql(`alter table change add constraint change_kind_check ${oneOf('kind', kinds)}`);
  }
}

const grantVersions = `do $$
declare
  writer record;
begin
  for writer in select distinct pg_get_userbyid(grantee) as role from pg_class, aclexplode(relacl)
    where pg_class.oid = 'change'::regclass and privilege_type = 'INSERT' and grantee not in (0, relowner)
  loop
    execute format('grant usage on schema history to %I', writer.role);
    execute format('grant select, update, delete on all tables in schema history to %I', writer.role);
  end loop;
end $$`;
