import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isSignedBy } from '../../webhook/signature.js';
import { RequestError, readBody } from '../http/body.js';

/** The behaviour of a receiver, in percent of the deliveries. */
export interface ReceiverBehaviour {
  /** The secret of the webhook; without one nothing is verified. */
  secret: string | undefined;
  /** Answers 500. */
  fail: number;
  /** Answers 429 with `Retry-After: 1`. */
  throttle: number;
  /** Does not answer. */
  hang: number;
}

const MAX_BODY_BYTES = 2_000_000;
const TOLERANCE_SECONDS = 300;

/**
 * Returns a receiver of webhooks for developers: it agrees to the handshake, verifies, prints each event in a line, and
 * fails on purpose.
 *
 * @param print Called with each line.
 * @param random Returns numbers from 0 to 1, which decide what fails.
 */
export function createReceiver(
  behaviour: ReceiverBehaviour,
  print: (line: string) => void,
  random = Math.random,
): Server {
  const seen = new Set<string>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'OPTIONS') {
      print(`handshake of ${request.headers['webhook-request-origin']}`);
      response.writeHead(200, { 'webhook-allowed-origin': '*', 'webhook-allowed-rate': '*', allow: 'POST' }).end();
      return;
    }
    const body = await readBody(request, MAX_BODY_BYTES);
    const id = String(request.headers['webhook-id'] ?? '');
    if (behaviour.secret !== undefined && !isSigned(request, body, behaviour.secret)) {
      return reply(response, 401, print, `${id} has no valid signature`);
    }
    const chance = random() * 100;
    const { hang, throttle, fail } = behaviour;
    if (chance < hang) return print(`${id} is left to hang`);
    if (chance < hang + throttle) return reply(response, 429, print, `${id} is put off`, { 'retry-after': '1' });
    if (chance < hang + throttle + fail) return reply(response, 500, print, `${id} is refused on purpose`);
    const again = seen.has(id) ? ' (again)' : '';
    seen.add(id);
    reply(response, 204, print, `${lineOf(body)}${again}`);
  };
  return createServer((request, response) => {
    answer(request, response).catch(error => {
      const status = error instanceof RequestError ? error.status : 400;
      reply(response, status, print, `cannot be read: ${error.message}`);
    });
  });
}

function reply(
  response: ServerResponse,
  status: number,
  print: (line: string) => void,
  line: string,
  headers: Record<string, string> = {},
): void {
  print(`${status} ${line}`);
  response.writeHead(status, headers).end();
}

function lineOf(body: string): string {
  const { type, subject, sequence, data } = JSON.parse(body);
  const changes = (data.changes ?? []).map(
    (change: { kind: string; subjectId: string }) => `${change.kind} ${change.subjectId}`,
  );
  return [sequence ?? '', type, subject, changes.join(', ')].filter(Boolean).join(' ');
}

/** Verifies a `v1` signature of Standard Webhooks, of the last five minutes. */
function isSigned({ headers }: IncomingMessage, body: string, secret: string): boolean {
  const timestamp = Number(headers['webhook-timestamp']);
  if (!(Math.abs(Date.now() / 1_000 - timestamp) <= TOLERANCE_SECONDS)) return false;
  const id = String(headers['webhook-id'] ?? '');
  return isSignedBy(secret, String(headers['webhook-signature'] ?? ''), { id, timestamp, body });
}
