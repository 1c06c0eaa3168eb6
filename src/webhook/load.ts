import sql from 'sql-template-tag';
import type { LogPosition } from '../change/cursor.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { SigningSecrets } from './signature.js';
import { dateOf, type Redelivery, STORED_COLUMNS, type StoredWebhook } from './stored-webhook.js';
import type { WebhookForm, WebhookResult, WebhookStatus } from './webhook.enums.js';

/** A webhook in the memory of the instance that delivers. Times are in milliseconds since 1970. */
export interface LoadedWebhook {
  id: string;
  revision: number;
  url: string;
  filter: StoredWebhook['filter'];
  form: WebhookForm;
  status: WebhookStatus;
  isConfirmed: boolean;
  /** The requests a minute that the receiver allows; null if it sets no limit. */
  allowedRate: number | null;
  position: LogPosition;
  redelivery: Redelivery | null;
  /** The id of the ping to send. */
  ping: string | null;
  attempts: number;
  failingSince: number | null;
  nextAttemptAt: number | null;
  problem: WebhookResult | null;
  deliveryCount: number;
  secrets: { current: SigningSecrets; previous: (SigningSecrets & { until: number }) | undefined };
}

interface LoadedRow extends StoredWebhook {
  isConfirmed: boolean;
  allowedRate: number | null;
  ping: string | null;
  deliveryCount: number;
  secret: string;
  signingKey: string;
  previousSecret: string | null;
  previousSigningKey: string | null;
}

/** Reads webhooks with their secrets. */
export async function loadWebhooks(em: Fork, ids: readonly string[]): Promise<LoadedWebhook[]> {
  const rows = await queryRows<LoadedRow>(
    em,
    sql`select ${STORED_COLUMNS}, w.is_confirmed as "isConfirmed", w.allowed_rate as "allowedRate", w.ping,
      w.delivery_count as "deliveryCount", w.secret, w.signing_key as "signingKey", w.previous_secret as "previousSecret",
      w.previous_signing_key as "previousSigningKey" from webhook w where w.id = any(${[...ids]}::text[])`,
  );
  return rows.map(row => ({
    id: row.id,
    revision: row.revision,
    url: row.url,
    filter: row.filter,
    form: row.form,
    status: row.status,
    isConfirmed: row.isConfirmed,
    allowedRate: row.allowedRate,
    position: { id: row.positionId, mark: row.positionMark },
    redelivery: row.redelivery,
    ping: row.ping,
    attempts: row.attempts,
    failingSince: timeOf(row.failingSince),
    nextAttemptAt: timeOf(row.nextAttemptAt),
    problem: row.problem,
    deliveryCount: row.deliveryCount,
    secrets: { current: { secret: row.secret, signingKey: row.signingKey }, previous: previousOf(row) },
  }));
}

const timeOf = (time: string | null): number | null => dateOf(time)?.getTime() ?? null;

function previousOf({ previousSecret, previousSigningKey, previousUntil }: LoadedRow) {
  const until = timeOf(previousUntil);
  if (previousSecret === null || previousSigningKey === null || until === null) return undefined;
  return { secret: previousSecret, signingKey: previousSigningKey, until };
}
