import { Migration } from '@mikro-orm/migrations';
import { WebhookDeliveryKind, WebhookForm, WebhookResult, WebhookStatus } from '../../webhook/webhook.enums.js';
import { forRoles, oneOf } from './ddl.js';

/**
 * Adds webhooks, their newest deliveries, and the lease of the instance that delivers. They are no facts of the register:
 * they are not in the log, and have no versions. Roles that write the log may write them, and no other role may read them,
 * because of the secrets.
 */
export class Migration20261128100000 extends Migration {
  override name = 'Migration20261128100000';

  override up(): void {
    this.addSql(`create table webhook (
      id text collate "C" primary key,
      owner text not null,
      url text not null,
      filter jsonb not null,
      form text not null ${oneOf('form', WebhookForm)},
      status text not null ${oneOf('status', WebhookStatus)},
      is_confirmed boolean not null default false,
      allowed_rate integer,
      position_id integer not null,
      position_mark text not null,
      redelivery jsonb,
      ping text,
      secret text not null,
      signing_key text not null,
      previous_secret text,
      previous_signing_key text,
      previous_until timestamptz(3),
      attempts integer not null default 0,
      failing_since timestamptz(3),
      next_attempt_at timestamptz(3),
      problem text ${oneOf('problem', WebhookResult)},
      delivery_count integer not null default 0,
      revision integer not null default 1,
      created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now())`);
    this.addSql('create index on webhook (owner, created_at, id)');
    // A ring: the number of a delivery decides its slot, so that the table stays as small as it is.
    this.addSql(`create table webhook_delivery (
      webhook_id text collate "C" not null references webhook on delete cascade,
      slot integer not null,
      number integer not null,
      event_id text not null,
      kind text not null ${oneOf('kind', WebhookDeliveryKind)},
      result text not null ${oneOf('result', WebhookResult)},
      status_code integer,
      attempt integer not null,
      duration integer not null,
      sent_at timestamptz(3) not null,
      primary key (webhook_id, slot))`);
    this.addSql('create index on webhook_delivery (webhook_id, number)');
    // One row.
    this.addSql('create table webhook_lease (holder text not null, expires_at timestamptz(3) not null)');
    this.addSql(`insert into webhook_lease values ('', '-infinity')`);
    this.addSql(`do $$
      declare
        grantee name;
      begin
        ${forRoles('INSERT', 'select, insert, update, delete on webhook, webhook_delivery, webhook_lease')}
      end $$`);
  }

  override down(): void {
    for (const table of ['webhook_lease', 'webhook_delivery', 'webhook']) this.addSql(`drop table ${table}`);
  }
}
