import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SubscriptionEnd } from '../../change/change-source.js';
import { changeCursor } from '../../change/cursor.js';
import { isClosed, onceClosed } from '../http/closed.js';
import { varyBy } from '../http/language.js';
import { searchOf } from '../http/request-target.js';
import { endResponse, writeHead } from '../http/response.js';
import { closeTimeoutMs } from './close-timeout.js';

/** Writes the head of a stream of server-sent events. */
export function openStream(response: ServerResponse, headers: Readonly<Record<string, string>>): ServerResponse {
  varyBy(response, 'Accept-Language');
  return writeHead(response, 200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // Nothing follows a stream: a connection that stays open would delay a shutdown.
    connection: 'close',
  });
}

/**
 * Returns true if a client asks for heartbeats by the parameter `heartbeat=true`. Others get comments: clients of the
 * protocol of graphql-sse refuse events that it does not have.
 */
export const wantsHeartbeat = (request: IncomingMessage): boolean =>
  new URLSearchParams(searchOf(request)).get('heartbeat') === 'true';

/** Returns an event that says that the client has all events up to a cursor. An `EventSource` resumes after it. */
export const heartbeatEvent = (cursor: string): string =>
  `id: ${cursor}\nevent: heartbeat\ndata: ${JSON.stringify({ cursor })}\n\n`;

/** Returns an event with a result as JSON. An `EventSource` resumes after its cursor. */
export const nextEvent = (cursor: string, json: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`id: ${cursor}\nevent: next\ndata: `), json, Buffer.from('\n\n')]);

/** Sends a stream of one result, and its end. */
export function sendSingleResult(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  result: object,
): void {
  const events = `event: next\ndata: ${JSON.stringify(result)}\n\nevent: complete\ndata:\n\n`;
  endResponse(openStream(response, headers), events);
}

/** Ends a stream, and cuts off a client that does not read. */
export function endStream(response: ServerResponse, lastEvent = '', timeoutMs = closeTimeoutMs()): void {
  if (response.writableEnded) return;
  response.end(lastEvent);
  setTimeout(() => response.destroy(), timeoutMs).unref();
}

/**
 * Writes to a stream. Returns a promise if the client has not read enough, which settles when it has: a slow client delays only
 * itself.
 */
export function writeWithBackpressure(response: ServerResponse, event: string | Buffer): Promise<void> | undefined {
  if (response.writableEnded || isClosed(response) || response.write(event)) return undefined;
  return new Promise(resolve => {
    const settle = () => {
      response.off('drain', settle);
      removeClosed();
      resolve();
    };
    response.once('drain', settle);
    const removeClosed = onceClosed(response, settle);
  });
}

/** Ends the stream of a subscription that the server ends, with an event that states the reason and a cursor. */
export function endWithReason(response: ServerResponse, { code, position }: SubscriptionEnd): void {
  const cursor = position && changeCursor(position);
  const data = code === 'TOO_SLOW' ? { code, cursor } : { code, lastCommon: cursor };
  endStream(response, `event: error\ndata: ${JSON.stringify(data)}\n\n`, closeTimeoutMs(code));
}
