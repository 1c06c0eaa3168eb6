// npm run bench:catch-up: measures how long subscribers take to resume over a log of 100,000 changes, and what other clients
// notice of it. Writes nothing; the figures go into RESULTS.md by hand.
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { startContestant } from './contestants/process.mjs';
import { openBenchDatabase } from './load/databases.mjs';
import { connect, databaseUrl, startPostgres } from './load/postgres.mjs';
import { cpuOf, cpuOfTree } from './measure/cpu.mjs';
import { ask } from './measure/load.mjs';
import { median } from './measure/runs.mjs';
import { bodyFor, questions } from './questions/index.mjs';

const ours = fileURLToPath(new URL('../..', import.meta.url));
const CHANGES = 100_000;
/** Changes of one authority among them. */
const MATCHES = 771;
/** Subscribers that resume at once from one address: ten sockets with twenty subscriptions each. */
const SOCKETS = 10;
const SUBSCRIPTIONS = 20;
const NAME = 'stedenband_catch_up';

/** The last change is the only one of its record: a subscriber that receives it has passed all others. */
async function fill(url) {
  const client = await connect(url);
  const insert = (count, subject, authorities) =>
    client.query(
      `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
       select 'REVISED', 'bench', 'EXCHANGE', ${subject}, 1, ${authorities},
         jsonb_build_array(jsonb_build_object('field', 'notes', 'before', null, 'after', repeat(md5(n::text), 10)))
       from generate_series(1, ${count}) n`,
    );
  try {
    const every = Math.floor(CHANGES / MATCHES);
    await insert(CHANGES, `'exch-' || n`, `case when n % ${every} = 0 then array['nl-delft'] else array['nl-gouda'] end`);
    await insert(1, `'exch-last'`, `array['nl-gouda']`);
    await client.query('analyze change');
  } finally {
    await client.end();
  }
}

/** Subscribes from the start of the log, and resolves at the given number of events, with the milliseconds. */
function resume(socket, id, filter, count) {
  const query = `subscription($filter: ChangeFilter, $after: ChangeCursor) {
    changes(filter: $filter, after: $after) { cursor kind subjectId } }`;
  return new Promise((resolve, reject) => {
    const began = performance.now();
    let events = 0;
    socket.on('message', data => {
      const message = JSON.parse(data);
      if (message.id !== id) return;
      if (message.type !== 'next' || message.payload.errors) return reject(new Error(String(data)));
      events += 1;
      if (events === count) {
        resolve(performance.now() - began);
        socket.send(JSON.stringify({ id, type: 'complete' }));
      }
    });
    socket.on('close', code => reject(new Error(`closed with ${code}`)));
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables: { filter, after: start } } }));
  });
}

async function openSocket(url) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}`, 'graphql-transport-ws');
  socket.setMaxListeners(0);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send('{"type":"connection_init"}');
  await new Promise(resolve => socket.once('message', resolve));
  return socket;
}

/** Sends Q3 with another id each time for a while, and returns the median of the milliseconds. */
async function latency(url, until) {
  const times = [];
  let failed = 0;
  for (let n = 0; !until(n); n += 1) {
    const body = JSON.stringify({ query: `{ partnership(id: "tie-rotterdam-shanghai") { id a${n % 20}: startedOn } }` });
    const began = performance.now();
    const text = await ask(url, body).catch(() => undefined);
    if (!text || text.includes('"errors"')) failed += 1;
    times.push(performance.now() - began);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  return { p50: median(times), failed, count: times.length };
}

const server = await startPostgres();
let contestant;
let start;
try {
  await openBenchDatabase(server, 'register', ours);
  const maintenance = await connect(server.url);
  await maintenance.query(`drop database if exists ${NAME} with (force)`);
  await maintenance.query(`create database ${NAME} template stedenband_bench_register`);
  await maintenance.end();
  const url = databaseUrl(server.url, NAME);
  await fill(url);
  contestant = await startContestant('ours', { url }, ours, bodyFor('ours', questions[0], {}), { RATE_LIMIT: 'off' });
  const first = JSON.parse(await ask(contestant.url, '{"query":"{ changes(first: 1) { nodes { cursor } } }"}'));
  start = first.data.changes.nodes[0].cursor;
  const cpu = () => cpuOf(contestant.pid) + cpuOfTree(server.pid);

  const socket = await openSocket(contestant.url);
  for (const [title, filter, count] of [
    ['no match but the last change', { subjectIds: ['exch-last'] }, 1],
    [`${MATCHES} matches`, { authority: 'nl-delft' }, MATCHES],
    ['unfiltered', {}, CHANGES],
  ]) {
    const times = [];
    const used = [];
    for (let n = 0; n < (count === CHANGES ? 1 : 5); n += 1) {
      const before = cpu();
      times.push(await resume(socket, `${title}${n}`, filter, count));
      used.push(cpu() - before);
    }
    console.log(`${title}: ${median(times).toFixed(0)} ms, ${median(used).toFixed(0)} ms of CPU`);
  }

  const quiet = await latency(contestant.url, n => n === 200);
  const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => openSocket(contestant.url)));
  let resuming = true;
  const all = Promise.all(
    sockets.flatMap((each, s) =>
      Array.from({ length: SUBSCRIPTIONS }, (_, n) =>
        resume(each, `${n}`, { subjectIds: ['exch-last', `exch-none-${s}-${n}`] }, 1),
      ),
    ),
  ).finally(() => {
    resuming = false;
  });
  const busy = await latency(contestant.url, () => !resuming);
  const times = await all;
  console.log(
    `${times.length} at once, each with a filter of its own: the last after ${Math.max(...times).toFixed(0)} ms; ` +
      `another client's p50 ${quiet.p50.toFixed(2)} → ${busy.p50.toFixed(2)} ms (${busy.count} requests, ${busy.failed} failed)`,
  );
} finally {
  await contestant?.stop();
  await server.stop();
}
process.exit(0);
