import { once } from 'node:events';
import { afterAll, beforeAll } from 'vitest';
import { WebSocket } from 'ws';
import type { Database } from '../../src/database/open.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import type { ServiceOptions } from '../../src/server/service.js';
import type { Json } from './calls.js';
import { openTestDatabase } from './database.js';
import { KEY } from './feed.js';
import { UNBOUNDED } from './protection.js';

export const TIE = 'tie-rotterdam-shanghai';
export const NOTES = `{ partnership(id: "${TIE}") { notes } }`;

/** A request: its operation, and where it names a moment. */
export interface Asked {
  query?: string;
  variables?: Json;
  extensions?: Json;
  /** Parameters of the URL. */
  search?: Record<string, string> | string;
  headers?: Record<string, string>;
}

/** An answer over HTTP. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: Json;
}

export async function answerOf(response: Response): Promise<HttpAnswer> {
  const { status, headers } = response;
  const text = await response.text();
  return { status, headers, text, body: text.startsWith('{') ? JSON.parse(text) : undefined };
}

const searchOf = (search: Asked['search'] = {}) => {
  const text = typeof search === 'string' ? search : String(new URLSearchParams(search));
  return text && `?${text}`;
};

/** Sends a request by POST, without the reader's key. */
export const post = async (url: string, { search, headers, ...body }: Asked): Promise<HttpAnswer> =>
  answerOf(
    await fetch(`${url}/graphql${searchOf(search)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );

/** Sends a request by GET. */
export async function get(url: string, { search, headers, query, variables, extensions }: Asked): Promise<HttpAnswer> {
  const parameters = new URLSearchParams({
    ...(query && { query }),
    ...(variables && { variables: JSON.stringify(variables) }),
    ...(extensions && { extensions: JSON.stringify(extensions) }),
  });
  const more = searchOf(search).replace('?', '&');
  const path = `${url}/graphql?${parameters}${more}`;
  return answerOf(await fetch(path, { headers: { 'apollo-require-preflight': '1', ...headers } }));
}

/** Sends a request for a stream of one event, and returns the event, or the refusal. */
export async function stream(url: string, { search, headers, ...body }: Asked): Promise<HttpAnswer> {
  const response = await fetch(`${url}/graphql/stream${searchOf(search)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = await answerOf(response);
  const event = /^event: next\ndata: (.*)$/m.exec(answer.text)?.[1];
  return event === undefined ? answer : { ...answer, body: JSON.parse(event) };
}

/** Sends one operation over a WebSocket, and returns its first result or its errors. */
export async function socket(
  url: string,
  { search, headers = {}, ...payload }: Asked,
  connectionParams?: Json,
): Promise<Json> {
  const address = `${url.replace('http', 'ws')}/graphql${searchOf(search)}`;
  const webSocket = new WebSocket(address, 'graphql-transport-ws', { headers });
  await once(webSocket, 'open');
  webSocket.send(JSON.stringify({ type: 'connection_init', payload: connectionParams }));
  await once(webSocket, 'message');
  webSocket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
  const [data] = await once(webSocket, 'message');
  webSocket.close();
  const message = JSON.parse(String(data));
  return message.type === 'error' ? { errors: message.payload } : message.payload;
}

/** A change as the log names it. */
export interface Recorded {
  cursor: string;
  recordedAt: string;
  notes: string;
}

/** Revises the notes of a partnership. */
export async function revise(url: string, notes: string, headers: Record<string, string> = {}): Promise<Recorded> {
  const read = await post(url, { query: `{ partnership(id: "${TIE}") { version } }` });
  const { version } = read.body.data.partnership;
  const { body } = await post(url, {
    query: `mutation { revisePartnership(input: { id: "${TIE}", expectedVersion: ${version}, notes: "${notes}" }) {
      userErrors { message } change { cursor recordedAt } } }`,
    headers: { authorization: `Bearer ${KEY}`, ...headers },
  });
  const { change, userErrors } = body.data.revisePartnership;
  if (userErrors.length) throw new Error(JSON.stringify(userErrors));
  return { ...change, notes };
}

/** Counts the statements that are sent while something is asked. */
export async function statementsOf<T>(asking: () => Promise<T>): Promise<[answer: T, statements: string[]]> {
  const texts: string[] = [];
  const count = (message: unknown) => texts.push((message as StatementEvent).text);
  statementChannel.subscribe(count);
  try {
    return [await asking(), texts];
  } finally {
    statementChannel.unsubscribe(count);
  }
}

/** A served register of its own with three revisions of one record, for the tests of a file. */
export function pastServer(options: ServiceOptions = {}): { url: () => string; revisions: () => Recorded[] } {
  let database: Database;
  let server: RunningServer;
  const revisions: Recorded[] = [];
  beforeAll(async () => {
    database = await openTestDatabase();
    const access = { adminKey: KEY, ...options.access };
    server = await serve(database, '127.0.0.1', 0, console.error, {
      protection: UNBOUNDED,
      cacheBytes: 4_000_000,
      ...options,
      access,
    });
    for (const notes of ['first', 'second', 'third']) revisions.push(await revise(server.url, notes));
  });
  afterAll(async () => {
    await server?.close();
    await database?.close();
  });
  return { url: () => server.url, revisions: () => revisions };
}
