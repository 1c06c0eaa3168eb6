import { once } from 'node:events';
import { connect } from 'node:net';
import { closed } from '../support/closed.js';

/** The response: the last status if several requests were sent on one connection. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** Milliseconds from the first byte sent to the last one read. */
  took: number;
}

/** Bytes on a connection, as an attacker sends them: nothing corrects or refuses them on this side. */
export interface RawRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Everything, head included, in place of the others. */
  bytes?: string | Buffer;
}

/** A GraphQL request as a client sends it. */
export function gql(query: string, variables?: unknown, headers: Record<string, string> = {}): RawRequest {
  return json(JSON.stringify({ query, variables }), headers);
}

export function json(body: string | Buffer, headers: Record<string, string> = {}): RawRequest {
  return { body, headers: { 'content-type': 'application/json', ...headers } };
}

/** Sends a request on a connection of its own, and reads what comes until the server closes. */
export async function send(url: string, request: RawRequest): Promise<Reply> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const start = performance.now();
  const chunks: Buffer[] = [];
  socket.on('data', chunk => chunks.push(chunk));
  for (const piece of piecesOf(request)) socket.write(piece);
  await closed(socket);
  return { ...parsed(Buffer.concat(chunks).toString()), took: performance.now() - start };
}

function piecesOf({
  method = 'POST',
  path = '/graphql',
  headers = {},
  body = '',
  bytes,
}: RawRequest): (string | Buffer)[] {
  if (bytes !== undefined) return [bytes];
  const all: Record<string, string> = {
    host: 'register.test',
    connection: 'close',
    ...(method !== 'GET' && { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return [`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, body];
}

function parsed(text: string): Omit<Reply, 'took'> {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  let body = rest.join('\r\n\r\n');
  if (headers['transfer-encoding'] === 'chunked') body = body.replace(/^[\da-f]+\r\n|\r\n[\da-f]+(?:\r\n)+/gi, '');
  return { status: Number(line.split(' ')[1] ?? 0), headers, text: body };
}
