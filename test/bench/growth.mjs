// npm run bench:growth -- [changes]: grows the log of the register by 100,000 changes, or by the number that is given, with
// the triggers of the register, and measures what a change takes of the disk, how long verifying and the migration of such
// a register take, and what reads of the present cost beside it. A run that was cut off goes on where it was. Writes
// nothing; the figures go into RESULTS.md by hand.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startContestant } from './contestants/process.mjs';
import { openBenchDatabase } from './load/databases.mjs';
import { connect, databaseUrl, startPostgres } from './load/postgres.mjs';
import { progress } from './load/progress.mjs';
import { ask } from './measure/load.mjs';
import { measure } from './measure/rounds.mjs';
import { bodyFor, questions } from './questions/index.mjs';

const ours = fileURLToPath(new URL('../..', import.meta.url));
const CHANGES = Number(process.argv[2] ?? 100_000);
const NAME = `stedenband_growth_${CHANGES}`;
const BATCH = 2_000;
const ROUNDS = { rounds: 4, seconds: 2, warmMs: 500 };

/** One revision of the notes of a random record, as `change/write.ts` makes it: row, search document, change. */
const REVISE = `
create or replace function revise_at_random() returns void language plpgsql as $$
declare
  before record; words text := 'Note ' || md5(random()::text) || ' of the council, ' || repeat(left(md5(random()::text), 12) || ' ', 6);
  is_tie boolean := random() < 0.5; kept text := case when is_tie then 'partnership' else 'exchange' end;
begin
  execute format('select id, version, notes from %I offset floor(random() * (select count(*) from %1$I)) limit 1', kept) into before;
  execute format('update %I set notes = $1, version = version + 1, updated_at = now() where id = $2', kept) using words, before.id;
  update search_document set terms = title || to_tsvector('simple', words), fields = fields || jsonb_build_object('notes', lower(words))
    where id = before.id;
  insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields) values
    ('REVISED', 'bench', upper(kept), before.id, before.version + 1, '{nl-delft}', jsonb_build_array(
      jsonb_build_object('field', 'notes', 'before', before.notes, 'after', words)));
end $$`;

async function grow(url) {
  const client = await connect(url);
  try {
    await client.query(REVISE);
    const show = progress('changes', CHANGES);
    const seeded = (await client.query(`select count(*)::int as count from change where actor = 'seed'`)).rows[0].count;
    for (;;) {
      const { rows } = await client.query('select count(*)::int as count from change');
      const done = rows[0].count - seeded;
      show(done);
      if (done >= CHANGES) break;
      await client.query(`do $$ begin for n in 1..${Math.min(BATCH, CHANGES - done)} loop perform revise_at_random(); end loop; end $$`);
      // The PostgreSQL of the benchmark does not do so by itself.
      await client.query('vacuum partnership, exchange, search_document, search_word, search_variant');
    }
    await client.query('vacuum (analyze)');
  } finally {
    await client.end();
  }
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

/** Runs a command of ours; returns its seconds and the most memory that it took, in MB. */
async function time(command, url) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ours, 'dist/commands', `${command}.js`)], {
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
  if (code) throw new Error(`${command} ended with ${code}.`);
  return `${((performance.now() - began) / 1000).toFixed(1)} s, ${most.toFixed(0)} MB`;
}

const server = await startPostgres();
const contestants = [];
try {
  const register = await openBenchDatabase(server, 'register', ours);
  const url = databaseUrl(server.url, NAME);
  const maintenance = await connect(server.url);
  const { rowCount } = await maintenance.query('select from pg_database where datname = $1', [NAME]);
  if (!rowCount) await maintenance.query(`create database ${NAME} template stedenband_bench_register`);
  await maintenance.end();
  const before = await bytesOf(register.url);
  await grow(url);
  const after = await bytesOf(url);
  for (const part of ['log', 'versions', 'tables'])
    console.log(`${part}: ${((after[part] - before[part]) / CHANGES).toFixed(0)} bytes a change, ${(after[part] / 1e6).toFixed(0)} MB`);
  console.log(`verify: ${await time('verify', url)}`);

  const pairs = [];
  for (const database of [register, { ...register, url }]) {
    const contestant = await startContestant('ours', database, ours, bodyFor('ours', questions[0], {}), { RATE_LIMIT: 'off' });
    contestants.push(contestant);
    for (const question of questions.slice(0, 7)) {
      const body = bodyFor('ours', question, question.variables(register));
      pairs.push({ question, contestant, body, answer: await ask(contestant.url, body) });
    }
  }
  const results = await measure(pairs, server.pid, ROUNDS, () => undefined);
  for (const { name } of questions.slice(0, 7)) {
    const [small, large] = pairs.filter(({ question }) => question.name === name).map(pair => results.get(pair));
    console.log(`${name}: ${small.cpu.toFixed(3)} → ${large.cpu.toFixed(3)} ms of CPU (${(large.cpu / small.cpu).toFixed(2)}), spread ${small.spread.toFixed(2)}`);
  }
  for (const contestant of contestants.splice(0)) await contestant.stop();

  const client = await connect(url);
  await client.query('drop schema past cascade; drop schema history cascade');
  await client.query(`delete from mikro_orm_migrations
    where name in ('Migration20261126100000', 'Migration20261126115000', 'Migration20261129140000')`);
  await client.end();
  console.log(`migration: ${await time('migrate', url)}`);
  console.log(`versions that the migration filled: ${((await bytesOf(url)).versions / 1e6).toFixed(0)} MB`);
} finally {
  for (const contestant of contestants) await contestant.stop();
  await server.stop();
}
process.exit(0);
