import { Migration } from '@mikro-orm/migrations';
import { forRoles } from './ddl.js';

/**
 * Adds short links of the desk. They are operational data: no facts of the register, in no log and with no versions. Roles that
 * can write the log get the table.
 */
export class Migration20261128120000 extends Migration {
  override name = 'Migration20261128120000';

  override up(): void {
    this.addSql(`create table short_link (
      hash text collate "C" primary key,
      state text not null check (length(state) <= 16384),
      by_key boolean not null,
      used_on date not null default current_date,
      created_at timestamptz(3) not null default now())`);
    this.addSql('create index on short_link (by_key, used_on, created_at, hash)');
    this.addSql(`do $$
      declare
        grantee name;
      begin
        ${forRoles('SELECT', 'select on short_link')}
        ${forRoles('INSERT', 'insert, update, delete on short_link')}
      end $$`);
  }

  override down(): void {
    this.addSql('drop table short_link');
  }
}
