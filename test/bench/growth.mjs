// npm run bench:growth -- [changes]: grows the log of the register by 100,000 changes, or by the number that is given, fills
// the versions from it as the migration of an older register does, and measures what a change takes of the disk, how long
// filling and verifying take, and what reads of the present cost beside the register without these changes. Writes nothing;
// the figures go into RESULTS.md by hand.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startContestant } from './contestants/process.mjs';
import { openBenchDatabase } from './load/databases.mjs';
import { connect, databaseUrl, startPostgres } from './load/postgres.mjs';
import { ask } from './measure/load.mjs';
import { measure } from './measure/rounds.mjs';
import { blocksPerRequest } from './measure/statements.mjs';
import { bodyFor, questions } from './questions/index.mjs';

const ours = fileURLToPath(new URL('../..', import.meta.url));
const CHANGES = Number(process.argv[2] ?? 100_000);
const NAME = `stedenband_growth_${CHANGES}`;
const ROUNDS = { rounds: 9, seconds: 1, warmMs: 300 };

/**
 * Revisions of the notes of partnerships and exchanges in turn, as `change/write.ts` logs them, in one statement: the triggers
 * that write versions one by one would take hours.
 */
const LOG = `
with record as (
  select kind, id, version, notes, row_number() over (order by md5(id)) - 1 as place, count(*) over () as records from (
    select 'PARTNERSHIP' as kind, id, version, notes from partnership union all select 'EXCHANGE', id, version, notes from exchange) r),
revision as (
  select n, kind, id, version + 1 + n / records as version, notes,
    'Note ' || md5(n::text) || ' of the council, ' || repeat(left(md5('word' || n), 12) || ' ', 6) as words
  from generate_series(0, $1::int - 1) n join record on place = n % records)
insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields, recorded_at)
select 'REVISED', 'bench', kind, id, version, '{nl-delft}', jsonb_build_array(jsonb_build_object('field', 'notes',
    'before', coalesce(lag(words) over (partition by id order by n), notes), 'after', words)),
  (select max(recorded_at) from change) + n * interval '1 us'
from revision order by n`;

/** Gives the rows, and their search documents, the values after the newest change. */
const NEWEST = kind => `
  update ${kind} r set notes = c.fields->0->>'after', version = c.subject_version, updated_at = now()
  from (select distinct on (subject_id) * from change where actor = 'bench' order by subject_id, id desc) c where c.subject_id = r.id`;
const DOCUMENTS = `
  update search_document d set terms = title || to_tsvector('simple', c.words), fields = d.fields || jsonb_build_object('notes', lower(c.words))
  from (select distinct on (subject_id) subject_id, fields->0->>'after' as words from change where actor = 'bench'
    order by subject_id, id desc) c where c.subject_id = d.id`;

async function grow(url) {
  const client = await connect(url);
  try {
    await client.query('begin');
    await client.query('alter table change disable trigger user');
    await client.query(LOG, [CHANGES]);
    for (const statement of [NEWEST('partnership'), NEWEST('exchange'), DOCUMENTS]) await client.query(statement);
    await client.query('alter table change enable trigger user');
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** Removes dead rows, and tells the planner what there is: the PostgreSQL of the benchmark does not do so by itself. */
async function vacuum(url) {
  const client = await connect(url);
  await client.query('vacuum (analyze)');
  await client.end();
}

/** Bytes of the log, of the versions and of the tables, indexes included. */
async function bytesOf(url) {
  const client = await connect(url);
  try {
    const { rows } = await client.query(`
      select sum(pg_total_relation_size(c.oid)) filter (where relname = 'change')::float as log,
        sum(pg_total_relation_size(c.oid)) filter (where nspname = 'history')::float as versions,
        sum(pg_total_relation_size(c.oid)) filter (where nspname = 'public' and relname <> 'change')::float as tables
      from pg_class c join pg_namespace n on n.oid = relnamespace where relkind = 'r' and nspname in ('public', 'history')`);
    return rows[0];
  } finally {
    await client.end();
  }
}

/** Runs a script; returns its seconds and the most memory that it took, in MB. */
async function time(script, url) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ours, script)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DATABASE_URL: url },
  });
  let most = 0;
  const watch = setInterval(() => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  }, 100);
  const [code] = await once(child, 'close');
  clearInterval(watch);
  if (code) throw new Error(`${script} ended with ${code}.`);
  return `${((performance.now() - began) / 1000).toFixed(1)} s, ${most.toFixed(0)} MB`;
}

const server = await startPostgres();
const contestants = [];
try {
  const register = await openBenchDatabase(server, 'register', ours);
  const url = databaseUrl(server.url, NAME);
  const maintenance = await connect(server.url);
  await maintenance.query(`drop database if exists ${NAME} with (force)`);
  await maintenance.query(`create database ${NAME} template stedenband_bench_register`);
  await maintenance.end();
  const before = await bytesOf(register.url);
  await grow(url);
  await vacuum(url);
  console.log(`versions filled from the log: ${await time('test/bench/load/fill-versions.mjs', url)}`);
  await vacuum(url);
  const after = await bytesOf(url);
  for (const part of ['log', 'versions', 'tables'])
    console.log(`${part}: ${((after[part] - before[part]) / CHANGES).toFixed(0)} bytes a change, ${(after[part] / 1e6).toFixed(0)} MB`);
  console.log(`verify: ${await time('dist/commands/verify.js', url)}`);

  const pairs = [];
  for (const database of [register, { ...register, url }]) {
    const contestant = await startContestant('ours', database, ours, bodyFor('ours', questions[0], {}), { RATE_LIMIT: 'off' });
    contestants.push(contestant);
    for (const question of questions.slice(0, 7)) {
      const body = bodyFor('ours', question, question.variables(register));
      pairs.push({ question, database: new URL(database.url).pathname.slice(1), contestant, body, answer: await ask(contestant.url, body) });
    }
  }
  const results = await measure(pairs, server.pid, ROUNDS, () => undefined);
  const client = await connect(server.url);
  for (const { name } of questions.slice(0, 7)) {
    const both = pairs.filter(({ question }) => question.name === name);
    const [small, large] = both.map(pair => results.get(pair));
    const blocks = [];
    for (const pair of both) blocks.push(await blocksPerRequest(client, pair.database, pair.contestant.url, pair.body));
    console.log(
      `${name}: ${small.cpu.toFixed(3)} → ${large.cpu.toFixed(3)} ms of CPU (${(large.cpu / small.cpu).toFixed(2)}), spread ${small.spread.toFixed(2)}; ${blocks.map(count => count.toFixed(0)).join(' → ')} blocks`,
    );
  }
  await client.end();
  for (const contestant of contestants.splice(0)) await contestant.stop();
} finally {
  for (const contestant of contestants) await contestant.stop();
  await server.stop();
}
process.exit(0);
