import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Json } from '../support/calls.js';
import { copyOnEmbedded, copyOnPostgreSql } from '../support/database.js';
import { ask, KEY, sleep } from '../support/feed.js';
import { type Built, startBuilt } from '../support/feed-server.js';
import { randomNumbers } from '../support/random-document.js';
import { times } from '../support/soak.js';
import { type WorstRequest, worstRequest } from '../support/worst-documents.js';

vi.setConfig({ testTimeout: times(60_000, 1_200_000) });

const DURATION_MS = times(3_000, 600_000);
const HEAP_MB = 256;
/** Of the heap after a collection: caches and stores at their limits, and code and schema. */
const MAX_HEAP_BYTES = 200_000_000;
const CLIENTS = times(3, 8);
const SOCKETS = 8;
const SUBSCRIPTIONS = 10;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-memory-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The settings of a server on a copy of the register. */
async function settingsOf(database: string): Promise<[url: string, settings: Record<string, string>]> {
  if (database === 'PostgreSQL') return [await copyOnPostgreSql(), {}];
  const directory = join(folder, 'register');
  copyOnEmbedded(directory);
  return ['', { DATA_DIR: directory }];
}

/** Sends a request on a connection of its own, because a busy server may close an idle one that fetch is about to use. */
async function post(url: string, request: object, key?: string): Promise<{ status: number; json: Json }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      connection: 'close',
      ...(key && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  if (response.status === 503) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  return { status: response.status, json: text ? JSON.parse(text) : undefined };
}

/** Sends requests one after the other until the end, each as a text or as a persisted query. Counts the answers by status. */
async function flood(url: string, next: () => WorstRequest, end: number, statuses: Map<number, number>): Promise<void> {
  for (let turn = 0; Date.now() < end; turn += 1) {
    const request = next();
    const sha256Hash = createHash('sha256').update(request.query).digest('hex');
    const extensions = turn % 2 ? { persistedQuery: { version: 1, sha256Hash } } : undefined;
    const { status } = await post(url, { ...request, extensions });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status === 429) await sleep(500);
  }
}

/** Opens a socket with subscriptions of documents of its own, and stops reading. */
async function stall(url: string, socketNumber: number): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  const fields = Array.from({ length: 45 }, () => 'cursor kind actor reason fields { field before after }').join(' ');
  for (let n = 0; n < SUBSCRIPTIONS; n += 1) {
    const query = `subscription S${socketNumber}_${n} { changes { ${fields} subject { __typename id } } }`;
    socket.send(JSON.stringify({ id: String(n), type: 'subscribe', payload: { query } }));
  }
  (socket as unknown as { _socket: { pause(): void } })._socket.pause();
  return socket;
}

const REVISE = `mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) {
  organisation { version } userErrors { message } } }`;

/** Writes changes with long texts until the end. A server at its limits may answer 503: then the same call is sent again. */
async function write(url: string, end: number): Promise<void> {
  for (let version = 1; Date.now() < end; version += 1) {
    const notes = `${version} ${'long '.repeat(700)}`;
    const input = { id: 'org-vng', expectedVersion: version, notes, idempotencyKey: `soak-${version}` };
    let response = await post(url, { query: REVISE, variables: { input } }, KEY);
    while (response.status === 503) {
      await sleep(1_000);
      response = await post(url, { query: REVISE, variables: { input } }, KEY);
    }
    expect(response.json.errors).toBeUndefined();
    expect(response.json.data.reviseOrganisation.userErrors).toEqual([]);
    await sleep(20);
  }
}

/** Returns the heap of a server after a collection, in bytes. */
async function heapOf(server: Built): Promise<number> {
  server.child.send('memory');
  return (await once(server.child, 'message'))[0].heap;
}

test.each(['PGlite', 'PostgreSQL'])(
  `with a heap of ${HEAP_MB} MB on %s the server survives the worst documents of strangers`,
  async database => {
    const probe = fileURLToPath(new URL('../support/feed-probe.mjs', import.meta.url));
    const [database_, settings] = await settingsOf(database);
    const server = await startBuilt(
      database_,
      '0',
      [`--max-old-space-size=${HEAP_MB}`, '--expose-gc', '--import', probe],
      settings,
    );
    const { url } = server;
    const { __schema } = await ask(url, getIntrospectionQuery());
    const schema = buildClientSchema({ __schema });
    const random = randomNumbers(Number(process.env.FUZZ_SEED ?? 1));
    const sockets = await Promise.all(Array.from({ length: SOCKETS }, (_, n) => stall(url, n)));
    let sent = 0;
    const next = () => {
      sent += 1;
      return worstRequest(sent, random, schema);
    };
    const end = Date.now() + DURATION_MS;
    const statuses = new Map<number, number>();
    await Promise.all([write(url, end), ...Array.from({ length: CLIENTS }, () => flood(url, next, end, statuses))]);
    const remaining = await heapOf(server);
    if (process.env.SHOW_MEMORY) console.log(database, { sent, remaining, statuses });
    expect(remaining).toBeLessThan(MAX_HEAP_BYTES);
    // Beside other load the database may be late: 503. Most requests are answered all the same, and all are afterwards.
    expect([...statuses.keys()].filter(status => status >= 500 && status !== 503)).toEqual([]);
    expect(statuses.get(503) ?? 0).toBeLessThan(sent / 2);
    expect((await ask(url, '{ partnerships { totalCount } }')).partnerships.totalCount).toBe(53);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    for (const socket of sockets) socket.terminate();
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  },
);
