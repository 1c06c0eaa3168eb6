import sql from 'sql-template-tag';
import { changeCursor, type LogPosition } from '../change/cursor.js';
import type { ChangeFilter } from '../change/filter.js';
import { publicKeyOf } from './signature.js';
import type { WebhookForm, WebhookResult, WebhookStatus } from './webhook.enums.js';
import type { Webhook } from './webhook.js';

/** A range of the log that is delivered again: after a position, up to a change, but not beyond the position of the webhook. */
export interface Redelivery extends LogPosition {
  until: number;
}

/** A row of the table of webhooks, but for its secrets. Times are texts of PostgreSQL. */
export interface StoredWebhook {
  id: string;
  owner: string;
  url: string;
  filter: ChangeFilter;
  form: WebhookForm;
  status: WebhookStatus;
  positionId: number;
  positionMark: string;
  redelivery: Redelivery | null;
  attempts: number;
  failingSince: string | null;
  nextAttemptAt: string | null;
  problem: WebhookResult | null;
  previousUntil: string | null;
  createdAt: string;
  /** Raised by each mutation: what a delivery reports of an earlier state is then outdated. */
  revision: number;
}

/** A row with what its owner sees of it. */
export interface OwnedRow extends StoredWebhook {
  signingKey: string;
  /** The id of the newest change of the log. */
  newest: number;
}

/** The columns of `StoredWebhook`, of a row `w`. */
export const STORED_COLUMNS = sql`w.id, w.owner, w.url, w.filter, w.form, w.status, w.position_id as "positionId",
  w.position_mark as "positionMark", w.redelivery, w.attempts, w.failing_since as "failingSince",
  w.next_attempt_at as "nextAttemptAt", w.problem,
  case when w.previous_until > now() then w.previous_until end as "previousUntil",
  w.created_at as "createdAt", w.revision`;

/** The columns of `OwnedRow`, of a row `w`. */
export const OWNED_COLUMNS = sql`${STORED_COLUMNS}, w.signing_key as "signingKey",
  coalesce((select max(c.id) from change c), 0) as newest`;

/** Returns a time as the driver gives it as a date. */
export const dateOf = (time: string | null): Date | null => (time === null ? null : new Date(time));

/** Returns a webhook as its owner sees it. */
export function asWebhook(row: OwnedRow): Webhook {
  const { positionId, positionMark, redelivery, previousUntil, signingKey, newest } = row;
  return {
    id: row.id,
    owner: row.owner,
    url: row.url,
    filter: row.filter,
    form: row.form,
    status: row.status,
    cursor: changeCursor({ id: positionId, mark: positionMark }),
    lag: Math.max(0, newest - positionId),
    isRedelivering: redelivery !== null,
    problem: row.problem,
    attempts: row.attempts,
    failingSince: dateOf(row.failingSince),
    nextAttemptAt: dateOf(row.nextAttemptAt),
    publicKey: publicKeyOf(signingKey),
    previousSecretUntil: dateOf(previousUntil),
    createdAt: new Date(row.createdAt),
  };
}
