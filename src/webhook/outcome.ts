import { backoffMs, MAX_FAILING_MS, retryAfterMs } from './backoff.js';
import type { LoadedWebhook } from './load.js';
import type { Task } from './next-task.js';
import { permittedRate, type ReceiverAnswer } from './request.js';
import { WebhookDeliveryKind, WebhookResult, WebhookStatus } from './webhook.enums.js';
import type { WebhookDelivery } from './webhook.js';

/** The times of retries. */
export interface Retries {
  backoffMs(attempts: number): number;
  maxFailingMs: number;
}

export const DEFAULT_RETRIES: Retries = { backoffMs, maxFailingMs: MAX_FAILING_MS };

/** The part of a request that is stored and counted. */
export type Attempt = Pick<WebhookDelivery, 'eventId' | 'kind' | 'result' | 'attempt'>;

interface Outcome {
  /** The webhook as it was when the request was made. */
  webhook: LoadedWebhook;
  /** The webhook as it is now: another object if a mutation changed it meanwhile. */
  current: LoadedWebhook;
  requestOrigin: string;
  retries: Retries;
}

/**
 * Applies the answer of a receiver to its webhook: moves the position, plans the next attempt, or retires it. After a
 * mutation only the position moves: its owner decides about the rest.
 */
export function applyAnswer(task: Task, answer: ReceiverAnswer, outcome: Outcome): Attempt {
  const { webhook, current, requestOrigin, retries } = outcome;
  const { kind, event } = task;
  const isPing = webhook.ping !== null;
  const attempt = isPing ? 1 : webhook.attempts + 1;
  const rate = kind === WebhookDeliveryKind.HANDSHAKE ? permittedRate(answer.headers, requestOrigin) : null;
  const result = resultOf(kind, answer, rate);
  if (result === WebhookResult.ACCEPTED) task.onAccepted?.(current);
  if (current === webhook) {
    if (result === WebhookResult.ACCEPTED) accept(webhook, kind, rate ?? null);
    else if (result === WebhookResult.GONE) Object.assign(webhook, { ...WELL, ping: null, status: WebhookStatus.GONE });
    else if (isPing) webhook.ping = null;
    else fail(webhook, result, retries, retryAfterMs(String(answer.headers['retry-after'] ?? '')));
  }
  return { eventId: event?.id ?? `handshake-${webhook.id}`, kind, result, attempt };
}

/** The values of a webhook whose last attempt succeeded. */
const WELL = { attempts: 0, failingSince: null, nextAttemptAt: null, problem: null } as const;

/** Any answer to OPTIONS with the permission counts; one without it is none, whatever its status. */
function resultOf(kind: WebhookDeliveryKind, { result }: ReceiverAnswer, rate: number | null | undefined) {
  const hasAnswered = ![WebhookResult.TIMED_OUT, WebhookResult.UNREACHABLE, WebhookResult.FORBIDDEN_ADDRESS].includes(
    result,
  );
  if (kind !== WebhookDeliveryKind.HANDSHAKE || !hasAnswered || result === WebhookResult.GONE) return result;
  if (rate !== undefined) return WebhookResult.ACCEPTED;
  return result === WebhookResult.THROTTLED ? result : WebhookResult.NOT_ALLOWED;
}

function accept(webhook: LoadedWebhook, kind: WebhookDeliveryKind, allowedRate: number | null): void {
  if (kind === WebhookDeliveryKind.PING) {
    webhook.ping = null;
    return;
  }
  Object.assign(webhook, WELL);
  if (kind !== WebhookDeliveryKind.HANDSHAKE) return;
  Object.assign(webhook, { isConfirmed: true, allowedRate });
  if (webhook.status === WebhookStatus.UNCONFIRMED) webhook.status = WebhookStatus.ACTIVE;
}

/**
 * Plans the next attempt, not before `Retry-After`, but at the end of three days of failures at the latest; pauses the
 * webhook after that one.
 */
function fail(webhook: LoadedWebhook, problem: WebhookResult, retries: Retries, retryAfter: number | undefined): void {
  const now = Date.now();
  webhook.attempts += 1;
  webhook.failingSince ??= now;
  webhook.problem = problem;
  const lastAttemptAt = webhook.failingSince + retries.maxFailingMs;
  const nextAttemptAt = now + Math.max(retries.backoffMs(webhook.attempts), retryAfter ?? 0);
  const isOver = now >= lastAttemptAt;
  webhook.nextAttemptAt = isOver ? null : Math.min(nextAttemptAt, lastAttemptAt);
  if (isOver) webhook.status = WebhookStatus.FAILED;
}
