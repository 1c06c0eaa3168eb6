import { Migration } from '@mikro-orm/migrations';
import { forRoles } from './ddl.js';

/** The tables whose versions the feed reads: those of the exports. */
const TABLES = [
  'authority',
  'exchange',
  'organisation',
  'partnership',
  'programme',
  'programme_authority',
  'programme_organisation',
  'programme_partnership',
  'status_period',
];

/** Lets roles that may read the log read the versions from which the feed makes its lines: only those that write could. */
export class Migration20261201120000 extends Migration {
  override name = 'Migration20261201120000';

  override up(): void {
    const versions = TABLES.map(table => `history.${table}`).join(', ');
    this.addSql(`do $$
declare
  grantee name;
begin
  ${forRoles('SELECT', 'usage on schema history', `select on ${versions}`)}
end $$`);
  }

  /** Leaves the rights, which show nothing that the roles cannot read as the past. */
  override down(): void {
    this.addSql('select 1');
  }
}
