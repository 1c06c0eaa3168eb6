import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RETRY_AFTER } from '../graph/away.js';
import { isKnown } from './etag.js';
import type { Asked } from './observe.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** An answer to a request, as it is sent. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** `latin1` where each character of a text stands for a byte: so it goes out as it is. */
  encoding: 'utf8' | 'latin1';
  /** Whether it is a query's, without errors: the same request may be given it again. */
  isWhole: boolean;
  /** What was asked, for the log line of who is given it again. */
  asked?: Asked | undefined;
  /** What it takes from the budget of whoever is given it, in points. */
  cost: number;
  /** Made when it is first needed: a strong one, of the bytes. */
  etag?: string;
  /** Made when it is first needed: names and values of all headers that are the same whoever is given it. */
  head?: readonly string[];
}

/** Bodies up to this many bytes are kept as text, which goes out in one piece with the head; longer ones as bytes. */
const SHORT = 4_096;

/** The same answer, to be given again. */
export function toKeep(answer: Answer): Answer {
  const bytes = bytesOf(answer);
  const body = bytes.length <= SHORT ? bytes.toString('latin1') : bytes;
  return { ...answer, body, encoding: 'latin1' };
}

const bytesOf = ({ body, encoding }: Answer) => (typeof body === 'string' ? Buffer.from(body, encoding) : body);

function etagOf(answer: Answer): string {
  answer.etag ??= `"${createHash('sha256').update(bytesOf(answer)).digest('base64url').slice(0, 27)}"`;
  return answer.etag;
}

const SECURITY = Object.entries(SECURITY_HEADERS).flat();

function headOf(answer: Answer): readonly string[] {
  answer.head ??= [
    ...SECURITY,
    ...Object.entries(answer.headers).flat(),
    'content-length',
    String(Buffer.byteLength(answer.body, answer.encoding)),
  ];
  return answer.head;
}

/**
 * Sends an answer. What a GET gets can be kept by others: it carries a strong ETag, so that whoever has it already is
 * told 304 instead, and must be asked for again before it is used, since a change may come at any moment.
 *
 * @param more Headers that are this client's own.
 */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  more: Readonly<Record<string, string>>,
): void {
  const { status, body, encoding, isWhole } = answer;
  if (status === 503) response.setHeader('retry-after', RETRY_AFTER);
  // Node takes headers as a list of names and values with the least ado.
  const own: string[] = [];
  for (const name in more) own.push(name, more[name] as string);
  if (request.method === 'GET' && isWhole) {
    const etag = etagOf(answer);
    const whose = request.headers.authorization === undefined ? 'public' : 'private';
    const vary = response.hasHeader('vary') ? 'Accept, Authorization, Origin' : 'Accept, Authorization';
    own.push('etag', etag, 'cache-control', `${whose}, no-cache`, 'vary', vary);
    if (isKnown(request.headers['if-none-match'], etag)) {
      // What else belongs to it is kept with the answer that the client has: RFC 9110, 15.4.5.
      response.writeHead(304, own).end();
      return;
    }
  }
  response.writeHead(status, [...headOf(answer), ...own]);
  response.end(body, encoding);
}
