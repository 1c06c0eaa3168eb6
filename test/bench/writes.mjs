// npm run bench:writes: Q10, one mutation of ours against the same statements by hand, and mutations a second on one and on four
// connections. Both write to a copy of the register of their own, in turns. The PostgreSQL of the benchmark does not wait for its
// disk; BENCH_DATABASE_URL names one that does.
import { fileURLToPath } from 'node:url';
import { startContestant } from './contestants/process.mjs';
import { openBenchDatabase } from './load/databases.mjs';
import { connect, databaseUrl, startPostgres } from './load/postgres.mjs';
import { cpuOf, cpuOfTree } from './measure/cpu.mjs';
import { dataOf } from './measure/equal.mjs';
import { ask } from './measure/load.mjs';
import { median } from './measure/runs.mjs';
import { bodyFor, questions } from './questions/index.mjs';

const OURS = process.env.BENCH_OURS || fileURLToPath(new URL('../..', import.meta.url));
const KEY = 'benchmark-of-stedenband';
const ROUNDS = 8;
const WRITES_A_SLICE = 240;
/** A process of ours is compiled by then; the statistics of the tables are those of a register that is in use. */
const FIRST_WRITES = 1_200;
const QUERY = `mutation ($input: RecordOrganisationInput!) { recordOrganisation(input: $input) {
  userErrors { message } organisation { id version } } }`;

let turn = 0;
async function write(url) {
  turn += 1;
  const source = { title: 'Benchmark', publisher: 'Stedenband' };
  const input = { kind: 'MINISTRY', names: { en: `Benchmark ${turn}` }, source };
  const answer = await ask(url, JSON.stringify({ query: QUERY, variables: { input } }), KEY);
  const { organisation, userErrors } = dataOf(answer, url).recordOrganisation;
  if (organisation?.version !== 1) throw new Error(`A write was refused: ${JSON.stringify(userErrors)}`);
}

/** Writes from so many connections; returns CPU in milliseconds a mutation, and mutations a second. */
async function slice({ url, pid }, connections, postgres, writes = WRITES_A_SLICE) {
  const parts = () => [cpuOf(pid), postgres ? cpuOfTree(postgres) : 0];
  const [before, began] = [parts(), performance.now()];
  const each = writes / connections;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let n = 0; n < each; n += 1) await write(url);
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const [server, pg] = parts().map((after, part) => (after - before[part]) / writes);
  return { server, pg, cpu: server + pg, rate: writes / seconds };
}

/** Returns the rows of the last write, as far as those of two writes can be equal. */
async function written({ client }) {
  const { rows } = await client.query(`select kind, subject_type, subject_version, authorities,
      (select jsonb_agg(f - 'after' order by f->>'field') from jsonb_array_elements(fields) f where f->>'after' is not null) as fields,
      (select jsonb_build_object('kind', o.kind, 'version', o.version, 'confidence', o.confidence) from organisation o where o.id = subject_id) as row,
      (select array_length(tsvector_to_array(d.terms), 1) from search_document d where d.id = subject_id) as terms,
      (select count(*)::int from citation where organisation_id = subject_id) as citations,
      (select count(*)::int from history.organisation v where v.id = subject_id) as versions
    from change order by id desc limit 1`);
  return JSON.stringify(rows[0]);
}

const NAMES = ['ours', 'hand'];
const slices = Object.fromEntries(NAMES.map(name => [name, { 1: [], 4: [] }]));
const server = await startPostgres();
const maintenance = await connect(server.url);

/** Measures both in turns. That which is started later takes a tenth less, whichever it is. */
async function measure(names) {
  const sides = [];
  try {
    for (const name of names) {
      const copy = `stedenband_bench_writes_${name}`;
      await maintenance.query(`drop database if exists ${copy} with (force)`);
      await maintenance.query(`create database ${copy} template stedenband_bench_register`);
      const url = databaseUrl(server.url, copy);
      const client = await connect(url);
      const contestant = await startContestant(name, { url }, OURS, bodyFor('ours', questions[0], {}), { ADMIN_KEY: KEY, OURS });
      sides.push({ name, copy, client, contestant });
    }
    for (const { contestant, client } of sides) {
      await slice(contestant, 4, server.pid, FIRST_WRITES);
      // As autovacuum does, which is off here: plans of statements that were made for an empty table are made again.
      await client.query('vacuum analyze');
    }
    const rows = await Promise.all(sides.map(written));
    if (new Set(rows).size > 1) throw new Error(`The two do not write the same:\n${rows.join('\n')}`);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { name, contestant } of round % 2 ? sides.toReversed() : sides) {
        for (const connections of [1, 4]) slices[name][connections].push(await slice(contestant, connections, server.pid));
      }
    }
  } finally {
    for (const { client, contestant, copy } of sides) {
      await client.end();
      await contestant.stop();
      await maintenance.query(`drop database if exists ${copy} with (force)`);
    }
  }
}

try {
  await openBenchDatabase(server, 'register', OURS);
  await measure(NAMES);
  await measure(NAMES.toReversed());
  for (const connections of [1, 4]) {
    const of = (name, key) => median(slices[name][connections].map(slice => slice[key]));
    for (const name of NAMES) {
      console.log(
        `${name}, ${connections} connection${connections > 1 ? 's' : ''}: ${of(name, 'cpu').toFixed(2)} ms of CPU (${of(name, 'server').toFixed(2)} + ${of(name, 'pg').toFixed(2)}), ${of(name, 'rate').toFixed(0)} a second`,
      );
    }
    console.log(`Q10, ours / by hand: ${(of('ours', 'cpu') / of('hand', 'cpu')).toFixed(2)} (≤ 1.5)`);
  }
} finally {
  await maintenance.end();
  await server.stop();
}
