import type { WebhookEvent } from './event.js';
import type { LoadedWebhook } from './load.js';
import { signatureHeader } from './signature.js';
import type { WebhookResult } from './webhook.enums.js';

/** A request to a receiver. */
export interface ReceiverRequest {
  method: 'POST' | 'OPTIONS';
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** The answer of a receiver, or the reason why there is none. Headers are in lower case. */
export interface ReceiverAnswer {
  result: WebhookResult;
  statusCode: number | null;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Sends a request to a receiver. Resolves in any case.
 *
 * @param signal Breaks the request off: another instance delivers from now on.
 */
export type SendRequest = (request: ReceiverRequest, signal: AbortSignal) => Promise<ReceiverAnswer>;

const USER_AGENT = 'stedenband-webhooks';

/** Returns the delivery of an event; without one, the request that asks the receiver for its permission. */
export const requestOf = (
  webhook: LoadedWebhook,
  event: WebhookEvent | undefined,
  requestOrigin: string,
): ReceiverRequest =>
  event ? deliveryRequest(webhook, event, requestOrigin) : handshakeRequest(webhook.url, requestOrigin);

/** Returns the delivery of an event: headers of Standard Webhooks, body of CloudEvents. The timestamp is of this attempt. */
function deliveryRequest(
  { url, secrets: { current, previous } }: LoadedWebhook,
  { id, body }: WebhookEvent,
  requestOrigin: string,
  now = Date.now(),
): ReceiverRequest {
  const timestamp = Math.floor(now / 1_000);
  const secrets = previous && previous.until > now ? [current, previous] : [current];
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': USER_AGENT,
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatureHeader({ id, timestamp, body }, secrets),
      'webhook-request-origin': requestOrigin,
    },
    body,
  };
}

/** Returns the request that asks a receiver for its permission, as CloudEvents describes it (HTTP 1.1 Web Hooks, 4). */
function handshakeRequest(url: string, requestOrigin: string): ReceiverRequest {
  return { method: 'OPTIONS', url, headers: { 'user-agent': USER_AGENT, 'webhook-request-origin': requestOrigin } };
}

/**
 * Returns the requests a minute that a receiver permits, null for no limit; undefined if it does not permit any. Its status
 * says nothing: a server that knows nothing of webhooks answers OPTIONS, too.
 */
export function permittedRate(headers: ReceiverAnswer['headers'], requestOrigin: string): number | null | undefined {
  const origin = String(headers['webhook-allowed-origin'] ?? '').trim();
  if (origin !== '*' && origin.toLowerCase() !== requestOrigin.toLowerCase()) return undefined;
  const rate = String(headers['webhook-allowed-rate'] ?? '').trim();
  return /^[1-9]\d{0,6}$/.test(rate) ? Number(rate) : null;
}
