import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { stream } from '@durable-streams/client';
import { type ChangeEvent, MaterializedState } from '@durable-streams/state';
import { createStateSchema, createStreamDB } from '@durable-streams/state/db';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { changeCursor } from '../../src/change/cursor.js';
import { latestPosition } from '../../src/change/log-reader.js';
import { openDatabase } from '../../src/database/open.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';
import { ask, idOf, latest, unmarkedCursorOf, until } from '../support/feed.js';
import { openFeed, openGatedFeed } from '../support/feed-server.js';
import { catchUp, expectExports, exported, readFeed, TYPES } from '../support/stream-state.js';

/** As the feed has it. */
const PAGE = 2_000;
const HEARTBEAT = 12_000;

const { feed, gate: client } = await openGatedFeed();

const REVISE = `mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) {
  organisation { version } change { cursor } userErrors { message } } }`;

/** Changes one record, and returns the cursor of the change. */
async function revise(notes: string): Promise<string> {
  const { organisation } = await ask(feed.url, '{ organisation(id: "org-vng") { version } }');
  const input = { id: 'org-vng', expectedVersion: organisation.version, notes };
  return (await ask(feed.url, REVISE, { input })).reviseOrganisation.change.cursor;
}

/** Appends changes of a record that is not revised by them: of one set, or each alone. */
async function append(count: number, changeSet: string | null = null): Promise<void> {
  await client.query(
    `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields, change_set)
     select 'REVISED', 'test', 'ORGANISATION', 'org-vng', 1, '{}', '[]', $2 from generate_series(1, $1)`,
    [count, changeSet],
  );
  await client.query("select pg_notify('stedenband_change', '1')");
  const { rows } = await client.query('select max(id) as id from change');
  await until('the feed has read them', () => feed.stream.newest.id === rows[0].id);
}

const setOf = (digit: string) => `set-${digit.repeat(24)}`;
const asking = (search: string, init?: RequestInit) => fetch(`${feed.url}/feed?${search}`, init);

describe('a page', () => {
  // The first test, because at most four pages wait for their clients.
  test('that follows a full one is read while the client takes that, and again if a text is redacted meanwhile', async () => {
    const start = await latest(feed.url);
    await append(3 * PAGE + 1);
    let readings = 0;
    const listen = (event: unknown) => {
      if ((event as StatementEvent).text.includes('redactionId')) readings += 1;
    };
    statementChannel.subscribe(listen);
    onTestFinished(() => statementChannel.unsubscribe(listen));
    const first = await readFeed(feed.url, { offset: start });
    await until('the second page is read, too', () => readings === 2);
    const second = await readFeed(feed.url, { offset: first.next });
    expect(idOf(second.next)).toBe(idOf(start) + 2 * PAGE);
    await until('the third page is read, too', () => readings === 3);
    await client.query(
      `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
       values ('REDACTED', 'test', 'ORGANISATION', 'org-none', 1, '{}', '[]')`,
    );
    await append(1);
    const third = await readFeed(feed.url, { offset: second.next });
    expect(idOf(third.next)).toBe(idOf(start) + 3 * PAGE);
    // The third page once more, and the fourth, which is not full: it is read again when it is asked for.
    await until('the fourth page is read, too', () => readings === 5);
    expect((await readFeed(feed.url, { offset: third.next })).isUpToDate).toBe(true);
    expect(readings).toBe(6);
  });

  // Before the tests that leave a full page, after which the next one is read ahead.
  test('takes the same number of statements for one change and for hundreds', async () => {
    const count = async (offset: string) => {
      const statements: string[] = [];
      const listen = (event: unknown) => statements.push((event as StatementEvent).text);
      statementChannel.subscribe(listen);
      await readFeed(feed.url, { offset }).finally(() => statementChannel.unsubscribe(listen));
      return statements.filter(text => /unnest|redactionId/.test(text)).length;
    };
    const start = await latest(feed.url);
    await revise('counted');
    expect(await count(start)).toBe(2);
    await append(200);
    expect(await count(start)).toBe(2);
  });

  test('that is full is the same for ever, and the last one for seconds', async () => {
    const start = await latest(feed.url);
    await append(PAGE + 1);
    const full = await readFeed(feed.url, { offset: start });
    expect(idOf(full.next)).toBe(idOf(start) + PAGE);
    expect(full.isUpToDate).toBe(false);
    expect(full.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const last = await readFeed(feed.url, { offset: full.next });
    expect([last.next, last.isUpToDate]).toEqual([await latest(feed.url), true]);
    expect(last.headers.get('cache-control')).toBe('public, max-age=5');
    expect(last.headers.get('register-cursor')).toBe(last.next);

    const withKey = await asking(`offset=${start}`, { headers: { authorization: 'Bearer feed-test-key-0123456789' } });
    expect(withKey.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    const after = await readFeed(feed.url, { offset: start }, { 'register-read-after': last.next });
    expect(after.headers.get('cache-control')).toBe('public, no-cache');
  });

  test('is not sent again to a client that has it, until a change is added or a text is redacted', async () => {
    const start = await latest(feed.url);
    await revise('a first text');
    const etag = (await readFeed(feed.url, { offset: start })).headers.get('etag') as string;
    const again = () => asking(`offset=${start}`, { headers: { 'if-none-match': etag } });
    const unchanged = await again();
    expect([unchanged.status, unchanged.headers.get('etag')]).toEqual([304, etag]);
    expect(unchanged.headers.get('stream-next-offset')).toBe(await latest(feed.url));
    await client.query(
      `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
       values ('REDACTED', 'test', 'ORGANISATION', 'org-none', 1, '{}', '[]')`,
    );
    expect((await again()).status).toBe(200);
  });

  test('never cuts a set of changes; an offset inside of one counts as the one before it', async () => {
    const start = await latest(feed.url);
    await append(1_200, setOf('a'));
    await append(1_200, setOf('b'));
    await append(PAGE + 500, setOf('c'));
    const ends: number[] = [];
    for (let offset = start; ; ) {
      const page = await readFeed(feed.url, { offset });
      ends.push(idOf(page.next) - idOf(start));
      // One record, so one message a set.
      expect(page.messages).toMatchObject([
        { type: 'organisations', key: 'org-vng', headers: { operation: 'update' } },
      ]);
      offset = page.next;
      if (page.isUpToDate) break;
    }
    expect(ends).toEqual([1_200, 2_400, 4_900]);
    const { rows } = await client.query(
      'select id, mark from change where change_set = $1 order by id offset 10 limit 1',
      [setOf('b')],
    );
    const inside = `${String(rows[0].id).padStart(10, '0')}-${rows[0].mark}`;
    const page = await readFeed(feed.url, { offset: inside });
    expect(page.messages.map(({ headers }) => headers.txid)).toEqual([setOf('b')]);
  });
});

describe('an offset', () => {
  test('is a cursor in every form, and every form is accepted where a cursor is', async () => {
    const start = await latest(feed.url);
    const cursor = await revise('forms');
    expect(start < cursor).toBe(true);
    const id = idOf(start);
    const marked = Buffer.from(`change-${id}-${start.slice(-16)}`).toString('base64url');
    for (const form of [start, marked, unmarkedCursorOf(id)]) {
      expect((await readFeed(feed.url, { offset: form })).next).toBe(cursor);
      const { changes } = await ask(feed.url, `{ changes(first: 1, after: "${form}") { nodes { cursor } } }`);
      expect(changes.nodes).toEqual([{ cursor }]);
    }
    for (const form of [start, marked]) {
      const past = await fetch(`${feed.url}/export/organisations.ndjson?knownAt=${form}`);
      expect(past.headers.get('register-cursor')).toBe(start);
      expect((await readFeed(feed.url, { offset: form }, { 'register-read-after': form })).next).toBe(cursor);
    }
  });

  test('now has no changes, and neither has HEAD', async () => {
    const cursor = await latest(feed.url);
    const now = await readFeed(feed.url, { offset: 'now' });
    expect([now.messages, now.next, now.isUpToDate]).toEqual([[], cursor, true]);
    expect(now.headers.get('cache-control')).toBe('no-store');
    const head = await asking('', { method: 'HEAD' });
    expect([head.status, head.headers.get('stream-next-offset')]).toEqual([200, cursor]);
  });

  test.each<[what: string, search: string, status: number, code: string, init?: RequestInit]>([
    ['no cursor', 'offset=%7B%7D', 400, 'INVALID_CURSOR'],
    ['empty', 'offset=', 400, 'INVALID_CURSOR'],
    ['of another register', 'offset=0000000003-0123456789abcdef', 410, 'INVALID_CURSOR'],
    ['of no change', 'offset=0000000000-0123456789abcdef', 410, 'INVALID_CURSOR'],
    ['missing where the client waits', 'live=long-poll', 400, 'BAD_USER_INPUT'],
    ['given twice', 'offset=-1&offset=now', 400, 'BAD_USER_INPUT'],
    ['with another way to wait', 'offset=-1&live=push', 400, 'BAD_USER_INPUT'],
    ['with a misspelt parameter', 'ofset=-1', 400, 'BAD_USER_INPUT'],
    [
      'with a past moment',
      'offset=-1',
      400,
      'PAST_READ_ONLY',
      { headers: { 'register-known-at': '2026-01-01T00:00Z' } },
    ],
    ['that is sent', 'offset=-1', 405, 'BAD_REQUEST', { method: 'POST' }],
  ])('that is %s is refused', async (_, search, status, code, init) => {
    const response = await asking(search, init);
    const { errors } = (await response.json()) as Json;
    expect([response.status, errors[0].extensions.code]).toEqual([status, code]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a client that waits', () => {
  test('is answered by the next change; fifty of them share the reading', async () => {
    const offset = await latest(feed.url);
    const texts: string[] = [];
    const listen = (event: unknown) => texts.push((event as StatementEvent).text);
    const waiting = Array.from({ length: 50 }, () => readFeed(feed.url, { offset, live: 'long-poll' }));
    await until('all wait', () => feed.stream.size === 50);
    statementChannel.subscribe(listen);
    const cursor = await revise('for all who wait');
    const answers = await Promise.all(waiting).finally(() => statementChannel.unsubscribe(listen));
    for (const { next, messages, headers, isUpToDate } of answers) {
      expect([next, isUpToDate]).toEqual([cursor, true]);
      expect(messages).toMatchObject([
        { key: 'org-vng', value: { notes: 'for all who wait' }, headers: { operation: 'update', txid: cursor } },
      ]);
      expect(headers.get('stream-cursor')).toMatch(/^\d+$/);
    }
    expect(texts.filter(text => text.includes('unnest')).length).toBeLessThan(10);
    expect(feed.stream.size).toBe(0);
  });

  test('gets another Stream-Cursor each time, which never goes back', async () => {
    const offset = await latest(feed.url);
    await revise('cursors');
    const ask = async (cursor?: string) =>
      Number(
        (await readFeed(feed.url, { offset, live: 'long-poll', ...(cursor && { cursor }) })).headers.get(
          'stream-cursor',
        ),
      );
    const first = await ask();
    const second = await ask(String(first));
    expect(second).toBeGreaterThan(first);
    expect(await ask(String(second + 5))).toBeGreaterThan(second + 5);
  });

  test('that leaves is waited for no more', async () => {
    const control = new AbortController();
    const offset = await latest(feed.url);
    const gone = asking(`offset=${offset}&live=long-poll`, { signal: control.signal });
    await until('it waits', () => feed.stream.size === 1);
    control.abort();
    await expect(gone).rejects.toThrow();
    await until('nobody waits', () => feed.stream.size === 0);
  });

  test('gets 204 when the server ends, and asks the next one', async () => {
    const other = await openFeed(await copyOnPostgreSql());
    const offset = await latest(other.url);
    const waiting = readFeed(other.url, { offset, live: 'long-poll' });
    await until('it waits', () => other.stream.size === 1);
    await other.close();
    const { status, next, headers } = await waiting;
    expect([status, next, headers.get('connection')]).toEqual([204, offset, 'close']);
  });
});

describe('over server-sent events', () => {
  /** Opens a stream with an agent of its own, so that nothing but the test holds it. */
  async function open(search: string, headers: Record<string, string> = {}): Promise<{ text: () => string }> {
    const [response] = (await once(
      get(`${feed.url}/feed?live=sse&${search}`, { agent: false, headers }),
      'response',
    )) as [IncomingMessage];
    onTestFinished(() => void response.destroy());
    expect(response.headers['content-type']).toMatch('text/event-stream');
    let text = '';
    response.setEncoding('utf8').on('data', data => {
      text += data;
    });
    response.on('error', () => undefined);
    return { text: () => text };
  }

  const controls = (text: string): Json[] =>
    [...text.matchAll(/^event: control\ndata: (.*)$/gm)].map(([, data]) => JSON.parse(data as string));

  test('each page is followed by the offset, which an EventSource sends back', async () => {
    const offset = await latest(feed.url);
    const first = await revise('the first event');
    const { text } = await open(`offset=${offset}`);
    await until('it came', () => text().includes('the first event'));
    const second = await revise('the second event');
    await until('it came', () => controls(text()).some(control => control.streamNextOffset === second));
    expect(controls(text())[0]).toEqual({ streamNextOffset: first, streamCursor: expect.any(String), upToDate: true });
    expect(text()).toContain(`id: ${first}\nevent: control\n`);
    const resumed = await open(`offset=${offset}`, { 'last-event-id': first });
    await until('it came', () => resumed.text().includes('the second event'));
    expect(resumed.text()).not.toContain('the first event');
  });

  test('an idle stream says where it is, also after changes of which it has no lines', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const untilNow = async (holds: () => boolean) => {
      while (!holds()) await new Promise(resolve => setImmediate(resolve));
    };
    const { text } = await open('offset=now');
    await untilNow(() => controls(text()).length === 1 && feed.stream.size === 1);
    vi.advanceTimersByTime(HEARTBEAT);
    await untilNow(() => controls(text()).length === 2);
    expect(text()).not.toContain('event: data');
    const { rows } = await client.query(
      `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
       values ('RECORDED', 'test', 'PROPOSAL', 'prop-test', 1, '{}', '[]') returning id`,
    );
    void feed.stream.refresh();
    await untilNow(() => controls(text()).length === 3);
    expect(idOf(controls(text())[2].streamNextOffset)).toBe(rows[0].id);
    expect(text()).not.toContain('event: data');
  });

  test('a stream has 30 seconds to be read, like any other page', async () => {
    const sockets: Socket[] = [];
    const listen = (event: unknown) => sockets.push((event as { socket: Socket }).socket);
    subscribe('http.server.request.start', listen);
    onTestFinished(() => void unsubscribe('http.server.request.start', listen));
    const { text } = await open('offset=now');
    await until('it has begun', () => controls(text()).length === 1);
    expect(sockets.map(({ timeout }) => timeout)).toEqual([30_000]);
  });
});

describe('the official clients', () => {
  test.each(['long-poll', 'sse'] as const)('follow by %s: every change once, in order', async live => {
    const offset = await latest(feed.url);
    const received: Json[] = [];
    const control = new AbortController();
    const response = await stream<Json>({ url: `${feed.url}/feed`, offset, live, json: true, signal: control.signal });
    response.subscribeJson(async ({ items }) => void received.push(...items));
    const written: string[] = [];
    for (let n = 0; n < 10; n += 1) written.push(await revise(`${live} ${n}`));
    await until('all came', () => received.at(-1)?.headers.txid === written.at(-1));
    control.abort();
    await response.closed.catch(() => undefined);
    expect(received.map(({ headers }) => headers.txid)).toEqual(written);
    expect(received.map(({ value }) => value.notes)).toEqual(written.map((_, n) => `${live} ${n}`));
  });

  test('a StreamDB of TanStack DB has what the exports hold, and knows a transaction by the cursor of its change', async () => {
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate: (value: unknown) => ({ value }) } };
    const collections = Object.fromEntries(TYPES.map(type => [type, { schema, type, primaryKey: 'id' }]));
    const db = createStreamDB({
      streamOptions: { url: `${feed.url}/feed`, contentType: 'application/json' },
      state: createStateSchema(collections as never),
    }) as Json;
    onTestFinished(() => db.close());
    await db.preload();
    const txid = await revise('seen in TanStack DB');
    await db.utils.awaitTxId(txid);
    for (const type of TYPES) {
      const records = await exported(feed.url, type);
      // TanStack DB adds properties of its own, and the StreamDB one.
      const withoutOwn = (record: Json) => Object.entries(record).filter(([name]) => !/^[$_]/.test(name));
      const held = [...db.collections[type].entries()].map(([id, record]) => [
        id,
        Object.fromEntries(withoutOwn(record)),
      ]);
      expect(Object.fromEntries(held)).toEqual(Object.fromEntries(records));
    }
  });
});

test('a page of a past state and the exports of that moment agree', async () => {
  const state = new MaterializedState();
  const offset = await catchUp(feed.url, state, '-1');
  const later = new MaterializedState();
  await revise('later than the moment');
  later.applyBatch((await readFeed(feed.url, { offset })).messages as ChangeEvent[]);
  expect(later.get('organisations', 'org-vng')).toMatchObject({ notes: 'later than the moment' });
  await expectExports(feed.url, state, `?knownAt=${offset}`);
});

test('a role with the rights of the README reads it, and one that could read the log before it was migrated', async () => {
  const address = new URL(await copyOnPostgreSql());
  const owner = await openDatabase({ kind: 'postgresql', url: address.href });
  const execute = (statement: string) => owner.em.getConnection().execute(statement);
  const end = changeCursor(await latestPosition(owner.em.fork()));
  const [granted, migrated] = ['granted', 'migrated'].map(part => `feed_${part}_${process.pid}`);
  try {
    for (const role of [granted, migrated]) {
      await execute(`create role ${role} login password 'x'`);
      await execute(`grant select on all tables in schema public to ${role}`);
    }
    for (const right of ['usage on schema', 'select on all tables in schema'])
      await execute(`grant ${right} past, history to ${granted}`);
    await owner.orm.migrator.down({ migrations: ['Migration20261201120000'] });
    await owner.orm.migrator.up();
    for (const username of [granted, migrated]) {
      Object.assign(address, { username, password: 'x' });
      const reader = await openFeed(address.href, () => undefined);
      expect(await catchUp(reader.url, new MaterializedState(), '-1').finally(reader.close)).toBe(end);
    }
  } finally {
    for (const role of [granted, migrated])
      for (const drop of ['owned by', 'role']) await execute(`drop ${drop} ${role}`);
    await owner.close();
  }
});
