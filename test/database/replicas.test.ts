import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { changeCursor, type LogPosition } from '../../src/change/cursor.js';
import { SHARED_TABLES, TABLES } from '../../src/change/versions.js';
import { openDatabase } from '../../src/database/open.js';
import { UNLOGGED_TABLES } from '../../src/database/replicas/unlogged-tables.js';
import { serve } from '../../src/server/serve.js';
import type { ServiceOptions } from '../../src/server/service.js';
import { type Cluster, type Replica, startCluster } from '../support/cluster.js';
import { KEY, until } from '../support/feed.js';
import { NOTES, post, revise, TIE } from '../support/past.js';
import { UNBOUNDED } from '../support/protection.js';

let cluster: Cluster;
/** `late` is delayed in some tests. */
let [prompt, late]: Replica[] = [];
const open: { close(): Promise<void> }[] = [];

/** A server in this process. */
interface Server {
  url: string;
  lines: string[];
}

async function openServer(replicas: readonly Replica[], maxLagMs = 60_000, more: ServiceOptions = {}): Promise<Server> {
  const urls = replicas.map(({ url }) => url);
  const ports = [cluster.port, ...(replicas.length ? [(prompt as Replica).port] : [])];
  const url = `postgresql://postgres@${ports.map(port => `127.0.0.1:${port}`).join()}/register`;
  const database = await openDatabase({ kind: 'postgresql', url, replicas: { urls, maxLagMs } });
  const lines: string[] = [];
  const log = (line: unknown) => void lines.push(String(line));
  const options = { access: { adminKey: KEY }, protection: UNBOUNDED, ...more };
  const server = await serve(database, '127.0.0.1', 0, log, options);
  open.push({ close: () => server.close().then(database.close) });
  if (replicas.length)
    await until('it listens', async () => (await metric(server.url, 'stedenband_listen_heard')) === 1);
  for (const replica of replicas) await inUse(server.url, replica);
  return { url: server.url, lines };
}

const closeAll = async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
};

beforeAll(async () => {
  cluster = await startCluster();
  prompt = await cluster.startReplica(true);
  late = await cluster.startReplica(true);
});
afterAll(async () => {
  await closeAll();
  await cluster?.remove();
});

async function metric(url: string, name: string): Promise<number | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = text
    .split('\n')
    .find(line => line.startsWith(`${name} `))
    ?.slice(name.length + 1);
  return value === undefined ? undefined : Number(value);
}
const ofReplica = (url: string, name: string, { port }: Replica) =>
  metric(url, `stedenband_replica_${name}{replica="127.0.0.1:${port}"}`);
const inUse = (url: string, replica: Replica, value = 1) =>
  until(`use of the replica is ${value}`, async () => (await ofReplica(url, 'in_use', replica)) === value);

let asked = 0;
/** Asks what no cache has, and returns where the statement ran: the ports of servers. */
const serversOf = (url: string, more: Parameters<typeof post>[1] = {}): Promise<number[]> =>
  serversDuring('from "partnership" p', async () => {
    asked += 1;
    const { status, body } = await post(url, {
      query: `{ partnerships(first: 1) { nodes { id names${asked}: notes } } }`,
      ...more,
    });
    expect([status, body.errors]).toEqual([200, undefined]);
  });

/** Returns the ports of the servers that a statement with a text ran on during some work. */
async function serversDuring(text: string, work: () => Promise<void>): Promise<number[]> {
  const servers = [{ port: cluster.port, rows: rowsOfPrimary }, prompt, late] as Pick<Replica, 'port' | 'rows'>[];
  const since = await Promise.all(
    servers.map(({ rows }) => rows('select clock_timestamp()::text as now').catch(() => [])),
  );
  await work();
  const ran = await Promise.all(
    servers.map(async ({ rows, port }, i) => {
      const now = since[i]?.[0]?.now;
      if (now === undefined) return [];
      const active = await rows(
        `select 1 from pg_stat_activity where application_name = 'stedenband' and query_start >= '${now}' and (query like '%${text}%' or query = 'commit')`,
      );
      return active.length ? [port] : [];
    }),
  );
  return ran.flat();
}

async function rowsOfPrimary(statement: string): Promise<Record<string, unknown>[]> {
  const client = await cluster.session();
  return (await client.query(statement).finally(() => client.end())).rows;
}

const notesOf = async (url: string, headers: Record<string, string> = {}) => {
  const { status, body } = await post(url, { query: NOTES, headers });
  return [status, body.data?.partnership.notes];
};

test('every table is one that the log has changes of, or one that is read from the primary', async () => {
  const rows = await rowsOfPrimary(`select tablename as name from pg_tables where schemaname = 'public'`);
  const logged = [...Object.keys(TABLES), ...SHARED_TABLES];
  const classified = new Set<unknown>([...logged, ...UNLOGGED_TABLES]);
  expect(rows.map(({ name }) => name).filter(name => !classified.has(name))).toEqual([]);
});

describe('two replicas', () => {
  let server: Server;
  beforeAll(async () => {
    server = await openServer([prompt as Replica, late as Replica]);
  });
  afterAll(closeAll);

  test('read in turn, and the primary does not', async () => {
    const ran: number[] = [];
    for (let i = 0; i < 6; i += 1) ran.push(...(await serversOf(server.url)));
    const [first, second] = [prompt?.port, late?.port];
    expect(ran.toSorted()).toEqual([first, first, first, second, second, second].toSorted());
  });

  test('match names for the reconciliation service', async () => {
    const queries = JSON.stringify({ q: { query: 'Rotterdam', type: 'Authority' } });
    const match = async () => {
      const response = await fetch(`${server.url}/reconcile?${new URLSearchParams({ queries })}`);
      expect(await response.json()).toMatchObject({ q: { result: [{ id: 'nl-rotterdam', match: true }] } });
    };
    const ran: number[] = [];
    for (let i = 0; i < 2; i += 1) ran.push(...(await serversDuring('from "authority" a', match)));
    expect(ran.toSorted()).toEqual([prompt?.port, late?.port].toSorted());
  });

  test('what the log has no changes of is read from the primary', async () => {
    const { status, body } = await post(server.url, {
      query: '{ webhooks { id } }',
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect([status, body.errors]).toEqual([200, undefined]);
    expect(await ofReplica(server.url, 'failures_total', prompt as Replica)).toBe(0);
    expect(await ofReplica(server.url, 'failures_total', late as Replica)).toBe(0);
  });
});

describe('a replica that is delayed by 5 s', () => {
  let server: Server;
  let other: Server;
  beforeAll(async () => {
    other = await openServer([]);
    server = await openServer([late as Replica], undefined, { cacheBytes: 4_000_000 });
  });
  afterAll(closeAll);
  afterEach(() => late?.set('recovery_min_apply_delay', '0'));

  test('is not read from by those who have seen more, on any transport and out of the cache', async () => {
    expect(await serversOf(server.url)).toEqual([late?.port]);
    await late?.set('recovery_min_apply_delay', '5s');
    for (let i = 0; i < 15; i += 1) {
      await notesOf(server.url);
      await revise(server.url, `own ${i}`);
      expect(await notesOf(server.url)).toEqual([200, `own ${i}`]);
      const { cursor } = await revise(other.url, `write ${i}`);
      expect(await notesOf(server.url, { 'register-read-after': cursor })).toEqual([200, `write ${i}`]);
      const { headers, body } = await post(server.url, { query: NOTES });
      expect([body.data.partnership.notes, headers.get('register-cursor')]).toEqual([`write ${i}`, cursor]);
    }
    expect(await late?.rows(`select 1 from partnership where notes = 'write 14'`)).toEqual([]);
    expect(await serversOf(server.url)).toEqual([cluster.port]);
    await late?.set('recovery_min_apply_delay', '0');
    await until('it is read from again', async () => (await serversOf(server.url))[0] === late?.port);
  });

  test('reads past moments that it has', async () => {
    const { cursor: before } = await revise(server.url, 'before');
    await until('it has the change', async () => (await serversOf(server.url))[0] === late?.port);
    await late?.set('recovery_min_apply_delay', '5s');
    const { cursor: after } = await revise(server.url, 'after');
    const at = (knownAt: string) => ({ search: { knownAt } });
    expect(await serversOf(server.url, at(before))).toEqual([late?.port]);
    expect(await serversOf(server.url, at(after))).toEqual([cluster.port]);
    const { body } = await post(server.url, { query: NOTES, ...at(after) });
    expect(body.data.partnership.notes).toBe('after');
  });

  test('reads no past from which texts were removed since', async () => {
    const { cursor } = await revise(server.url, 'a secret');
    await until('it has the change', async () => (await serversOf(server.url))[0] === late?.port);
    await late?.set('recovery_min_apply_delay', '5s');
    const asked = { query: NOTES, search: { knownAt: cursor } };
    expect((await post(server.url, asked)).body.data.partnership.notes).toBe('a secret');
    const { body } = await post(other.url, {
      query: `mutation { redactField(input: { id: "${TIE}", field: "notes", reason: "test" }) { changes { cursor } userErrors { message } } }`,
      headers: { authorization: `Bearer ${KEY}` },
    });
    const redacted = body.data.redactField.changes.at(-1).cursor;
    for (let i = 0; i < 3; i += 1) {
      const answer = await post(server.url, { ...asked, headers: { 'register-read-after': redacted } });
      expect(answer.body.data.partnership.notes).not.toBe('a secret');
    }
  });

  test('calls no cursor of the primary one of another register', async () => {
    await until('it has all changes', async () => (await serversOf(server.url))[0] === late?.port);
    await late?.set('recovery_min_apply_delay', '5s');
    // Not notified of, so that this server does not know of it.
    const [change] = await rowsOfPrimary(
      `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
         values ('REVISED', 'test', 'ORGANISATION', 'org-none', 1, '{}', '[]') returning id, mark`,
    );
    const cursor = changeCursor(change as unknown as LogPosition);
    const after = `changes(after: "${cursor}", first: 5) { nodes { id: cursor } }`;
    const before = `changes(before: "${cursor}", last: 1) { nodes { id: cursor } }`;
    for (const fields of [`after: ${after} before: ${before}`, after, before]) {
      const { body } = await post(server.url, { query: `{ ${fields} }` });
      expect(body.errors).toBeUndefined();
    }
  });

  test('is left out while it lags more than REPLICA_MAX_LAG_MS, and comes back', async () => {
    const strict = await openServer([late as Replica], 300);
    const { cursor } = await revise(strict.url, 'at first');
    await until('it has the change', async () => (await serversOf(strict.url))[0] === late?.port);
    await late?.set('recovery_min_apply_delay', '5s');
    await revise(strict.url, 'then');
    await inUse(strict.url, late as Replica, 0);
    await until('the log says so', () => strict.lines.length === 1);
    expect(await ofReplica(strict.url, 'lag_milliseconds', late as Replica)).toBeGreaterThan(300);
    expect(await serversOf(strict.url, { search: { knownAt: cursor } })).toEqual([cluster.port]);
    await late?.set('recovery_min_apply_delay', '0');
    await inUse(strict.url, late as Replica);
    expect(await ofReplica(strict.url, 'lag_milliseconds', late as Replica)).toBe(0);
    const name = `replica 127.0.0.1:${late?.port}`;
    await until('the log says so', () => strict.lines.length === 2);
    expect(strict.lines).toEqual([`${name} is not read from`, `${name} is read from again`]);
  });
});

describe('replicas that are killed', () => {
  let server: Server;
  beforeAll(async () => {
    server = await openServer([prompt as Replica, late as Replica]);
  });
  afterAll(closeAll);

  let ended = true;
  afterEach(() => {
    ended = true;
  });

  /** Reads without a pause until it is ended. Returns the statuses of all answers. */
  function reading(): () => Promise<Set<unknown>> {
    ended = false;
    const statuses = new Set<unknown>();
    const loops = Array.from({ length: 4 }, async () => {
      while (!ended) {
        const { status, body } = await post(server.url, {
          query: '{ partnerships(first: 5) { nodes { notes dutch { name } } } }',
        });
        statuses.add(body.errors ?? status);
      }
    });
    return async () => {
      ended = true;
      await Promise.all(loops);
      return statuses;
    };
  }

  /** Waits until the statements have ended that a killed replica began, and that the primary was asked again. */
  const readOnlyFrom = ({ port }: { port: number }) =>
    until('all reads are there', async () => String(await serversOf(server.url)) === String(port));

  test('fail no request, and come back', async () => {
    const end = reading();
    await prompt?.kill();
    await inUse(server.url, prompt as Replica, 0);
    await readOnlyFrom(late as Replica);
    await late?.kill();
    await inUse(server.url, late as Replica, 0);
    await readOnlyFrom(cluster);
    const ready = await fetch(`${server.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, expect.objectContaining({ status: 'ok' })]);
    await prompt?.start();
    await late?.start();
    for (const replica of [prompt, late] as Replica[]) await inUse(server.url, replica);
    expect(await end()).toEqual(new Set([200]));
  });

  // The last test: it kills the primary.
  test('answer while the primary is away, and after the promotion of one', async () => {
    await revise(server.url, 'before the failover');
    await until('both have it', async () => (await serversOf(server.url))[0] === late?.port);
    await until('both have it', async () => (await serversOf(server.url))[0] === prompt?.port);
    await cluster.kill();
    await until('replicas answer', async () => (await notesOf(server.url))[0] === 200);
    const end = reading();
    await prompt?.promote();
    const write = () => revise(server.url, 'after the failover').catch(() => undefined);
    let written: Awaited<ReturnType<typeof write>>;
    await until('the promoted one is written', async () => {
      written = await write();
      return written !== undefined;
    });
    expect(await notesOf(server.url, { 'register-read-after': written?.cursor as string })).toEqual([
      200,
      'after the failover',
    ]);
    await until('the other follows', async () => (await serversOf(server.url)).includes(late?.port as number));
    expect(await end()).toEqual(new Set([200]));
  });
});
