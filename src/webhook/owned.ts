import sql, { type Sql } from 'sql-template-tag';
import type { Identity } from '../access/identity.js';
import { covers } from '../access/scope.js';
import { rejectField, UserErrorCode } from '../change/user-error.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { asWebhook, OWNED_COLUMNS, type OwnedRow } from './stored-webhook.js';
import type { Webhook } from './webhook.js';

/** Limits the webhooks of one owner, and of a register. */
export const MAX_WEBHOOKS_OF_OWNER = 100;
export const MAX_WEBHOOKS = 1_000;

/** Returns the condition on a row `w` that a client may see it: its own ones, or all for `register:admin`. */
const ownedBy = ({ actor, scopes }: Identity): Sql =>
  covers(scopes, 'register:admin') ? sql`true` : sql`w.owner = ${actor}`;

/** Returns the webhooks that a client may see, oldest first. */
export async function webhooksOf(em: Fork, identity: Identity): Promise<Webhook[]> {
  const rows = await queryRows<OwnedRow>(
    em,
    sql`select ${OWNED_COLUMNS} from webhook w where ${ownedBy(identity)} order by w.created_at, w.id limit ${MAX_WEBHOOKS}`,
  );
  return rows.map(asWebhook);
}

/** Returns a webhook of a client with its secret; null if there is none. */
export async function ownedWebhook(
  em: Fork,
  identity: Identity,
  id: string,
): Promise<{ webhook: Webhook | null; secret: string | null }> {
  const [row] = await queryRows<OwnedRow & { secret: string }>(
    em,
    sql`select ${OWNED_COLUMNS}, w.secret from webhook w where w.id = ${id} and ${ownedBy(identity)}`,
  );
  return { webhook: row ? asWebhook(row) : null, secret: row?.secret ?? null };
}

/**
 * Reads a webhook of a client and locks it until the transaction ends.
 *
 * @throws WriteRejected NOT_FOUND if there is none, also for that of another owner.
 */
export async function lockWebhook(em: Fork, identity: Identity, id: string): Promise<OwnedRow> {
  const [row] = await queryRows<OwnedRow>(
    em,
    sql`select ${OWNED_COLUMNS} from webhook w where w.id = ${id} and ${ownedBy(identity)} for update of w`,
  );
  if (!row) throw rejectField(UserErrorCode.NOT_FOUND, 'id', message('WEBHOOK_UNKNOWN', { id }));
  return row;
}

/**
 * Changes a webhook that is locked, and returns it as it is then. The revision tells the instance that delivers.
 *
 * @param assignments Columns with their values: `status = $1, attempts = 0`.
 */
export async function updateOwned(em: Fork, id: string, assignments: Sql): Promise<Webhook> {
  const [row] = await queryRows<OwnedRow>(
    em,
    sql`update webhook w set ${assignments}, revision = w.revision + 1, updated_at = now() where w.id = ${id}
      returning ${OWNED_COLUMNS}`,
  );
  return asWebhook(row as OwnedRow);
}
