import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, KEY, until } from '../support/feed.js';
import { type Feed, openFeed } from '../support/feed-server.js';

const QUERY = `subscription($after: ChangeCursor, $language: Language = EN) { changes(after: $after) {
  cursor subject { ... on Organisation { version notes name(language: $language) } } } }`;
const REVISE = `mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) {
  change { cursor } userErrors { message } } }`;

let address: string;
let feed: Feed;
let stream: Feed['stream'];
beforeAll(async () => {
  address = await copyOnPostgreSql();
  feed = await openFeed(address);
  stream = feed.stream;
});
afterAll(() => feed.close());

/** Returns the statements that the server sends while a function runs. */
async function asked(during: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const keep = (message: unknown) => sent.push((message as StatementEvent).text);
  statementChannel.subscribe(keep);
  try {
    await during();
  } finally {
    statementChannel.unsubscribe(keep);
  }
  return sent;
}

const sockets: WebSocket[] = [];
beforeEach(() => async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await until('nobody follows', () => stream.size === 0);
});

/** So many subscribers, each on a socket of its own, and what they got. */
async function subscribe(count: number, query: string, variables: Json = {}, key?: string): Promise<Json[][]> {
  // "Now" is the position of the server: it may not have read the newest change yet.
  await stream.refresh();
  const before = stream.size;
  const got = Array.from({ length: count }, () => {
    const socket = new WebSocket(`${feed.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    sockets.push(socket);
    const results: Json[] = [];
    const payload = key === undefined ? {} : { authorization: `Bearer ${key}` };
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
    socket.on('message', data => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_ack')
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
      else results.push(message);
    });
    return results;
  });
  await until('all follow', () => stream.size === before + count);
  return got;
}

const NAME = 'Association of Netherlands Municipalities (VNG)';

let version = 1;
async function revise(): Promise<string> {
  const input = { id: 'org-vng', expectedVersion: version, notes: `At ${version + 1}` };
  const { change, userErrors } = (await ask(feed.url, REVISE, { input })).reviseOrganisation;
  expect(userErrors).toEqual([]);
  version += 1;
  return change.cursor;
}

/** Returns the number of look-ups of a subject for subscribers: the statements in excess of those without any. */
const lookUps = (sent: string[]) => sent.filter(text => text.startsWith('select o."id"')).length;

const result = (cursor: string, name: string) => ({
  id: '1',
  type: 'next',
  payload: { data: { changes: { cursor, subject: { version, notes: `At ${version}`, name } } } },
});

test('an event is executed once for a hundred subscribers with one document', async () => {
  const alone = lookUps(await asked(revise));
  const got = await subscribe(100, QUERY);
  let cursor = '';
  const sent = await asked(async () => {
    cursor = await revise();
    await until('all got it', () => got.every(results => results.length === 1));
  });
  expect(lookUps(sent) - alone).toBe(1);
  for (const results of got) expect(results).toEqual([result(cursor, NAME)]);
});

test('a change is handed to 250 subscribers at a time, and others are served in between', async () => {
  await stream.refresh();
  const subscribers = Array.from({ length: 1_000 }, () => stream.subscribe(undefined));
  let received = 0;
  const receiving = subscribers.map(async subscriber => {
    await subscriber.next();
    received += 1;
  });
  const counts = [received];
  const revising = revise();
  while (received < subscribers.length) {
    await setImmediate();
    counts.push(received);
  }
  await Promise.all([revising, ...receiving, ...subscribers.map(subscriber => subscriber.return())]);
  const steps = counts.flatMap((count, index) => count - (counts[index - 1] ?? 0) || []);
  expect(steps).toEqual([250, 250, 250, 250]);
});

test('where they began does not matter: those who differ in after alone share', async () => {
  const alone = lookUps(await asked(revise));
  const cursors = [await revise(), await revise()];
  const got: Json[][] = [];
  for (const after of cursors) got.push(...(await subscribe(10, QUERY, { after })));
  await until('the first ten got what came since', () => got.slice(0, 10).every(results => results.length === 1));
  const sent = await asked(async () => {
    await revise();
    await until('all got it', () => got.slice(10).every(results => results.length === 1));
    await until('all got it', () => got.slice(0, 10).every(results => results.length === 2));
  });
  expect(lookUps(sent) - alone).toBe(1);
});

test('subscribers with other variables, documents or scopes get their own', async () => {
  const alone = lookUps(await asked(revise));
  const groups = [
    await subscribe(5, QUERY),
    await subscribe(5, QUERY, { language: 'NL' }),
    await subscribe(5, QUERY, { language: 'ZH' }),
    await subscribe(5, QUERY, {}, KEY),
    await subscribe(5, QUERY.replace('cursor', 'cursor kind')),
  ];
  let cursor = '';
  const sent = await asked(async () => {
    cursor = await revise();
    await until('all got it', () => groups.flat().every(results => results.length === 1));
  });
  expect(lookUps(sent) - alone).toBe(5);
  const names = groups.map(([first]) => first?.[0].payload.data.changes.subject.name);
  expect(names.slice(0, 3)).toEqual([NAME, 'Vereniging van Nederlandse Gemeenten (VNG)', NAME]);
  for (const [n, group] of groups.entries()) {
    for (const results of group) {
      if (n < 4) expect(results).toEqual([result(cursor, names[n])]);
      else expect(results[0].payload.data.changes).toMatchObject({ kind: 'REVISED', cursor });
    }
  }
});

test('an after that stands elsewhere in the document too is part of what is asked', async () => {
  const query = `subscription($after: ChangeCursor) { changes(after: $after) {
    subject { ... on Organisation { history(first: 100, after: $after) { totalCount nodes { cursor } } } } } }`;
  const cursors = [await revise(), await revise()];
  const groups = [await subscribe(1, query, { after: cursors[0] }), await subscribe(1, query, { after: cursors[1] })];
  await until('the first got what came since', () => groups[0]?.[0]?.length === 1);
  const cursor = await revise();
  await until('both got it', () => groups[0]?.[0]?.length === 2 && groups[1]?.[0]?.length === 1);
  const nodes = (results: Json[] | undefined) =>
    results?.at(-1).payload.data.changes.subject.history.nodes.map((node: Json) => node.cursor);
  expect(nodes(groups[0]?.[0])).toEqual([cursors[1], cursor]);
  expect(nodes(groups[1]?.[0])).toEqual([cursor]);
});

test('each event shows the subject as it is then, not as it was at the first', async () => {
  const [results] = await subscribe(1, QUERY);
  for (let n = 1; n <= 5; n += 1) {
    const cursor = await revise();
    await until('it came', () => results?.length === n);
    expect(results?.at(-1)).toEqual(result(cursor, NAME));
  }
});

test('an event whose records cannot be read for a while is sent when they can be, also to a client that is far behind', async () => {
  const gate = new Client({ connectionString: address });
  await gate.connect();
  onTestFinished(() => gate.end());
  const [got] = (await subscribe(1, QUERY)) as [Json[]];
  await gate.query('begin');
  await gate.query('lock table organisation in access exclusive mode');
  // More than a client may be behind that does not read.
  const other = new Client({ connectionString: address });
  await other.connect();
  await other.query(`insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
    select 'REVISED', 'test', 'ORGANISATION', 'org-vng', 1, '{}', '[]' from generate_series(1, 1100)`);
  await other.end();
  void stream.refresh();
  // Longer than a statement waits for a lock, and than a client that far behind may take for an event.
  await sleep(8_500);
  await gate.query('commit');
  await until('all came', () => got.length === 1_100 || got.some(({ payload }) => payload.errors));
  expect(got.filter(({ payload }) => payload.errors || payload.data.changes.subject.name !== NAME)).toEqual([]);
}, 30_000);
