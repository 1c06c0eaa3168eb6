import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Database } from '../../src/database/open.js';
import { createSchema } from '../../src/schema.js';
import { readTrustedDocuments, type TrustedDocumentsMode } from '../../src/server/graphql/trusted-documents.js';
import { countRequest } from '../../src/server/observability/metrics.js';
import { startOperation } from '../../src/server/observability/operation-context.js';
import { renderMetrics } from '../../src/server/observability/render-metrics.js';
import { type RunningServer, serve } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { openTestDatabase } from '../support/database.js';

const TIE = 'query Tie($id: ID!) { partnership(id: $id) { id } }';
const OTHER = '{ partnerships(first: 1) { nodes { id } } }';
const CHANGES = 'subscription { changes { cursor } }';
const ID = 'sha256:tie';
const COST = { cost: { estimated: 1, actual: 1, maximum: 5_000 } };
const ANSWER = { data: { partnership: { id: 'tie-rotterdam-shanghai' } }, extensions: COST };
const variables = { id: 'tie-rotterdam-shanghai' };
/** The secret of a router. */
const SECRET = 'the-secret-of-a-router';
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

let folder: string;
let database: Database;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trusted-'));
  file = join(folder, 'documents.json');
  await writeFile(file, JSON.stringify({ [ID]: TIE, changes: CHANGES }));
  database = await openTestDatabase();
});
afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true });
});

/** Serves in one mode, and gives what asks it. */
async function served(mode: TrustedDocumentsMode | undefined, log = vi.fn()) {
  const trusted = mode && { file, mode };
  const serving: RunningServer = await serve(database, '127.0.0.1', 0, log, {
    access: { routerSecret: SECRET },
    trusted,
    cacheBytes: 1_000_000,
  });
  const post = async (body: object, path = '/graphql', headers = {}) => {
    const response = await fetch(serving.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: path === '/graphql' ? '*/*' : 'text/event-stream',
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  const get = async (query: Record<string, string>) => {
    const headers = { 'apollo-require-preflight': '1' };
    const response = await fetch(`${serving.url}/graphql?${new URLSearchParams(query)}`, { headers });
    return { status: response.status, text: await response.text() };
  };
  return { serving, post, get, log };
}
const codeOf = ({ text }: { text: string }) => JSON.parse(text).errors?.[0]?.extensions?.code;

test('an operation of the file has a series of durations, however many names others send', async () => {
  const { serving, post } = await served('open');
  for (let i = 0; i < 120; i += 1) {
    countRequest({ ...startOperation('http'), type: 'query', operationName: `Stranger${i}` }, 200, 0.1);
  }
  expect((await post({ documentId: ID, variables })).status).toBe(200);
  await serving.close();
  const { text } = await renderMetrics();
  expect(text).toMatch(/^stedenband_request_duration_seconds_count\{operation="Tie"\} [1-9]/m);
  expect(text).toMatch(/^stedenband_request_duration_seconds_count\{operation="other"\} [1-9]/m);
  expect(text).not.toContain('operation="Stranger119"');
});

describe.each<TrustedDocumentsMode>(['open', 'report', 'only'])('in the mode %s', mode => {
  let instance: Awaited<ReturnType<typeof served>>;
  beforeAll(async () => {
    instance = await served(mode);
  });
  afterAll(() => instance.serving.close());

  test('has documents without a moment: the URL names it', async () => {
    const { body, cursor } = await instance.post({ query: TIE, variables }).then(({ text }) => {
      const { extensions, ...body } = JSON.parse(text);
      return { body, cursor: extensions.register.cursor };
    });
    const search = { documentId: ID, variables: JSON.stringify(variables), knownAt: cursor };
    const answers = [
      await instance.get(search),
      await instance.post({ documentId: ID, variables }, `/graphql?knownAt=${cursor}`, { accept: '*/*' }),
    ];
    for (const { text } of answers)
      expect(JSON.parse(text)).toMatchObject({ ...body, extensions: { register: { cursor, knownAt: cursor } } });
    expect(codeOf(await instance.get({ ...search, knownAt: 'yesterday' }))).toBe('INVALID_MOMENT');
  });

  test.each([
    [{ documentId: ID }],
    [{ id: ID }],
    [{ doc_id: ID }],
    [{ query: '', extensions: { documentId: ID } }],
    [{ extensions: { persistedQuery: { version: 1, sha256Hash: ID } } }],
    [{ query: TIE }],
    [{ query: TIE, documentId: ID }],
  ])('%j gives the answer, twice', async named => {
    for (let time = 0; time < 2; time += 1) {
      const { status, text } = await instance.post({ ...named, variables });
      expect([status, JSON.parse(text)]).toMatchObject([200, ANSWER]);
    }
  });

  test('a GET gives the answer', async () => {
    const { status, text } = await instance.get({ documentId: ID, variables: JSON.stringify(variables) });
    expect([status, JSON.parse(text)]).toMatchObject([200, ANSWER]);
    const persistedQuery = { version: 1, sha256Hash: ID };
    const apollo = await instance.get({
      extensions: JSON.stringify({ persistedQuery }),
      variables: JSON.stringify(variables),
    });
    expect(JSON.parse(apollo.text)).toMatchObject(ANSWER);
  });

  test.each([
    [{ documentId: ID }],
    [{ id: ID, query: null }],
    [{ doc_id: ID, query: '' }],
    [{ extensions: { documentId: ID } }],
    [{ extensions: { persistedQuery: { version: 1, sha256Hash: ID } } }],
  ])('%j gives the answer over WebSocket and in the address of a stream', async named => {
    const socket = new WebSocket(`${instance.serving.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const messages: Json[] = [];
    socket.on('message', data => messages.push(JSON.parse(String(data))));
    const closed = new Promise(resolve => socket.once('close', resolve));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { ...named, variables } }));
    await once(socket, 'message');
    socket.close();
    await closed;
    expect(messages[1]).toMatchObject({ id: '1', type: 'next', payload: ANSWER });
    const { query: _, ...parameters } = { query: undefined, ...named, variables };
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters))
      search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    const stream = await fetch(`${instance.serving.url}/graphql/stream?${search}`);
    expect(await stream.text()).toContain(JSON.stringify(ANSWER).replace(/\}\}$/, ',"register":'));
  });

  test('a message without a query and without an id closes the socket', async () => {
    const socket = new WebSocket(`${instance.serving.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { variables } }));
    const [code] = await once(socket, 'close');
    expect(code).toBe(4400);
  });

  test('wrong variables are told as for any document', async () => {
    expect(codeOf(await instance.post({ documentId: ID, variables: {} }))).toBe('BAD_USER_INPUT');
  });

  test('a router makes documents of its own out of those of its clients', async () => {
    for (const path of ['/graphql', '/graphql/stream']) {
      const { status, text } = await instance.post({ query: OTHER }, path, { 'router-authorization': SECRET });
      expect([status, text]).toEqual([200, expect.stringContaining('{"data":{"partnerships":')]);
    }
  });

  test('an id that names nothing, and one with another text, are refused', async () => {
    const unknown = await instance.post({ documentId: 'nothing' });
    expect([unknown.status, codeOf(unknown)]).toEqual([400, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(codeOf(await instance.get({ documentId: 'nothing' }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    const other = await instance.post({ documentId: ID, query: OTHER });
    expect([other.status, codeOf(other)]).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('another document runs, is reported or is refused, over HTTP, server-sent events and WebSocket', async () => {
    const { status, text } = await instance.post({ query: OTHER });
    const events = await instance.post({ query: OTHER }, '/graphql/stream');
    const client = createClient({
      url: `${instance.serving.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
    });
    const overSocket = await client
      .iterate({ query: OTHER })
      .next()
      .then(({ value }) => JSON.stringify(value))
      .catch(error => JSON.stringify(error));
    await client.dispose();
    const refused = mode === 'only';
    expect(status).toBe(refused ? 400 : 200);
    for (const response of [text, events.text, overSocket]) {
      expect(response.includes('UNTRUSTED_DOCUMENT'), response).toBe(refused);
      expect(response.includes('tie-rotterdam-shanghai'), response).toBe(!refused);
    }
    const reported = instance.log.mock.calls.filter(([message]) =>
      String(message).startsWith('a document that is not'),
    );
    expect(reported.length > 0).toBe(mode === 'report');
    // The text of a client is in no log.
    for (const [message] of reported) expect(message).toBe(`a document that is not trusted: ${hash(OTHER)}`);
  });

  test('clients may register a text under its hash, but where only agreed documents run', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash(OTHER) } };
    expect(codeOf(await instance.post({ extensions }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    const registered = await instance.post({ query: OTHER, extensions });
    const asked = await instance.post({ extensions });
    if (mode === 'only') {
      expect([codeOf(registered), codeOf(asked)]).toEqual(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_FOUND']);
    } else {
      expect(asked.text).toBe(registered.text);
      expect(asked.text).toContain('tie-rotterdam-shanghai');
    }
  });
});

test('without a file, a text is registered under its hash, and asked for by it', async () => {
  const { serving, post } = await served(undefined);
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash(OTHER) } };
  expect(codeOf(await post({ extensions }))).toBe('PERSISTED_QUERY_NOT_FOUND');
  await post({ query: OTHER, extensions });
  expect((await post({ extensions })).text).toContain('tie-rotterdam-shanghai');
  await serving.close();
});

describe('a file', () => {
  const read = async (content: string) => {
    const path = join(folder, 'other.json');
    await writeFile(path, content);
    return readTrustedDocuments(path, 'only', await createSchema(), () => undefined);
  };

  test('of Apollo is read too', async () => {
    const documents = await read(
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: 'a', body: OTHER, name: 'x', type: 'query' }],
      }),
    );
    expect(documents.resolve({ documentId: 'a' })).toEqual({ query: OTHER });
  });

  test.each([
    ['{', /Expected property name/],
    ['[1]', /no object of texts by id/],
    ['{"a": "{ nothing }"}', /the document a does not fit the schema: Cannot query field "nothing"/],
    ['{"a": "{"}', /the document a does not fit the schema: Syntax Error/],
  ])('%s is refused at the start', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  test('that is not there is refused at the start', async () => {
    const missing = readTrustedDocuments(join(folder, 'none.json'), 'only', await createSchema(), () => undefined);
    await expect(missing).rejects.toThrow(/cannot be used: ENOENT/);
  });
});
