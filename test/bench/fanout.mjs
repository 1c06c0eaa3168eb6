// Measures the time for an event to reach every subscriber, and its cost on the server: executed once for all; for comparison
// once for each, where each subscriber has a filter of its own, so that no two share; and the limit, a bare server that sends the
// same bytes. Build first; then: node test/bench/fanout.mjs [subscribers …]
import { execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { connect, databaseUrl, startPostgres } from './load/postgres.mjs';
import { dataOf } from './measure/equal.mjs';
import { ask } from './measure/load.mjs';
import { median } from './measure/runs.mjs';

const KEY = 'fanout-bench-key-0123456789';
/** Events by mode. Those of which each subscriber has its own execution take long. */
const EVENTS = { limit: 30, once: 30, each: 3 };
/** The length of an event of ours. */
const EVENT_BYTES = 408;
/** An event that is not everywhere after this long is given up, in milliseconds. */
const MAX_WAIT_MS = 60_000;
const CLIENTS = 2;

const now = () => performance.timeOrigin + performance.now();
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const path = file => fileURLToPath(new URL(file, import.meta.url));

/** Of the record that is revised. */
let version;

await main(process.argv.slice(2).map(Number));

async function main(sizes) {
  const postgres = await startPostgres();
  const maintenance = await connect(postgres.url);
  const name = `stedenband_bench_${process.pid}`;
  try {
    await maintenance.query(`create database ${name}`);
    const database = databaseUrl(postgres.url, name);
    for (const command of ['migrate', 'seed']) {
      execFileSync(process.execPath, [path(`../../dist/commands/${command}.js`)], {
        env: { PATH: process.env.PATH, DATABASE_URL: database },
        stdio: 'ignore',
      });
    }
    const rows = [];
    for (const subscribers of sizes.length ? sizes : [1_000, 10_000]) {
      for (const mode of Object.keys(EVENTS)) rows.push(await measure(database, subscribers, mode));
    }
    print(rows);
  } finally {
    await maintenance.query(`drop database if exists ${name} with (force)`);
    await maintenance.end();
    await postgres.stop();
  }
}

/** Starts the server of ours, or that of the limit. Returns its process and its address. */
async function startServer(mode, database) {
  const settings = {
    DATABASE_URL: database,
    ADMIN_KEY: KEY,
    PORT: '0',
    // All subscribers are at one address here.
    RATE_LIMIT: 'off',
    RATE_LIMIT_KEY: 'off',
    SOCKETS_PER_ADDRESS: '100000',
    // Each subscription is a line, and its end another.
    LOG_LEVEL: 'warn',
  };
  const args =
    mode === 'limit' ? [path('fanout/limit.mjs')] : ['--import', path('../support/feed-probe.mjs'), path('../../dist/main.js')];
  const server = spawn(process.execPath, ['--expose-gc', ...args], {
    env: { PATH: process.env.PATH, EVENT_BYTES: String(EVENT_BYTES), ...(mode !== 'limit' && settings) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
  return { server, url: /at (http:\S+\/graphql),/.exec(line)[1] };
}

/** Measures one server with so many subscribers and some events. */
async function measure(database, subscribers, mode) {
  const listener = await connect(database);
  await listener.query('listen stedenband_change');
  let committed = 0;
  listener.on('notification', () => {
    committed = now();
  });
  const { server, url } = await startServer(mode, database);
  const clients = [];
  const probe = async (what = 'memory') => {
    server.send(what);
    return (await once(server, 'message'))[0];
  };
  const sendEvent = async () => {
    if (mode !== 'limit') return revise(url);
    committed = now();
    server.send('event');
  };
  try {
    if (mode !== 'limit') await revise(url);
    const before = await probe();
    const last = new Map();
    for (let n = 0; n < CLIENTS; n += 1) {
      const count = Math.floor(subscribers / CLIENTS);
      const client = fork(path('fanout/subscribers.mjs'), [url.replace('http', 'ws'), count, n * count, mode]);
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

    const [delays, waits, cpu] = [[], [], []];
    let failed = 0;
    let highest = connected.rss;
    for (let event = 0; event < EVENTS[mode]; event += 1) {
      const start = (await probe('cpu')).cpu;
      await sendEvent();
      const since = performance.now();
      let longest = 0;
      while (last.get(event)?.times.length !== CLIENTS && performance.now() - since < MAX_WAIT_MS) {
        await sleep(5);
        if (mode !== 'limit') longest = Math.max(longest, await timeOf(() => read(url, '{ __typename }')));
      }
      const arrived = last.get(event);
      delays.push(arrived?.times.length === CLIENTS ? Math.max(...arrived.times) - committed : Number.POSITIVE_INFINITY);
      waits.push(longest);
      failed += arrived?.failed ?? 0;
      const after = await probe('cpu');
      cpu.push(after.cpu - start);
      highest = Math.max(highest, after.rss);
    }
    return {
      subscribers,
      mode,
      delay: median(delays),
      wait: median(waits),
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
    await sleep(20);
  }
}

async function timeOf(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function read(url, query, variables) {
  return dataOf(await ask(url, JSON.stringify({ query, variables }), KEY), 'ours');
}

async function revise(url) {
  version ??= (await read(url, '{ organisation(id: "org-vng") { version } }')).organisation.version;
  const input = { id: 'org-vng', expectedVersion: version, notes: `Version ${version + 1}`, reason: 'To measure' };
  const { reviseOrganisation } = await read(
    url,
    'mutation($input: ReviseOrganisationInput!) { reviseOrganisation(input: $input) { organisation { version } } }',
    { input },
  );
  version = reviseOrganisation.organisation.version;
}

function print(rows) {
  const titles = { limit: 'limit', once: 'once', each: 'for each' };
  const [{ model }] = cpus();
  console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${model.trim()}), Node ${process.version}`);
  const head = [
    'subscribers',
    'executed',
    'commit to last delivery',
    'longest wait of another request',
    'server CPU an event',
    'CPU a subscriber',
    'memory a subscriber: heap, RSS',
    'highest RSS',
    'failed',
  ];
  console.log(`| ${head.join(' | ')} |\n|${' --- |'.repeat(head.length)}`);
  for (const { subscribers, mode, delay, wait, cpu, failed, events, heap, rss, highest } of rows) {
    const cells = [
      subscribers.toLocaleString('en'),
      titles[mode],
      Number.isFinite(delay) ? `${delay.toFixed(0)} ms` : `more than ${MAX_WAIT_MS / 1_000} s`,
      mode === 'limit' ? '–' : `${wait.toFixed(0)} ms`,
      `${cpu.toFixed(0)} ms`,
      `${((cpu * 1_000) / subscribers).toFixed(1)} µs`,
      `${(heap / 1_024).toFixed(1)}, ${(rss / 1_024).toFixed(1)} kB`,
      `${(highest / 2 ** 20).toFixed(0)} MB`,
      `${failed} of ${subscribers * events}`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
