// The two databases of the benchmark: the register as it is, and the scaled one. Both stay for the next run, with a
// comment that says what they were made of.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { copyRows } from './copy.mjs';
import { withoutIndexes } from './indexes.mjs';
import { connect, databaseUrl } from './postgres.mjs';
import { progress } from './progress.mjs';
import { SIZES, scaled } from './scaled.mjs';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const peerFunctions = join(here, '../contestants/postgraphile.sql');

/**
 * Makes a database of the benchmark, or takes the one that is there when it was made of the same.
 *
 * @param ours The folder of the built checkout whose migrations, seeds and search texts are used.
 */
export async function openBenchDatabase(server, name, ours) {
  const database = `stedenband_bench_${name}`;
  const url = databaseUrl(server.url, database);
  const fingerprint = fingerprintOf(name, ours);
  const maintenance = await connect(server.url);
  try {
    const { rows } = await maintenance.query(
      `select shobj_description(oid, 'pg_database') as made from pg_database where datname = $1`,
      [database],
    );
    if (rows[0]?.made !== fingerprint) {
      const began = performance.now();
      await maintenance.query(`drop database if exists ${database} with (force)`);
      await maintenance.query(`create database ${database}`);
      await fill(url, name, ours);
      await maintenance.query(`comment on database ${database} is '${fingerprint}'`);
      console.error(`${name}: loaded in ${Math.round((performance.now() - began) / 1000)} s`);
    } else {
      console.error(`${name}: taken from the last run`);
    }
    if (!process.env.BENCH_DATABASE_URL) await maintenance.query('checkpoint');
  } finally {
    await maintenance.end();
  }
  return { name, url, some: await someOf(url, name) };
}

function fingerprintOf(name, ours) {
  const files = globSync(['dist/database/migrations/*.js', 'seeds/*.json', 'dist/graph/{types/text,search/search-terms}.js'], {
    cwd: ours,
  });
  const own = name === 'scaled' ? globSync(['*.mjs'], { cwd: here }).map(file => join(here, file)) : [];
  const hash = createHash('sha256');
  for (const file of [...files.map(file => join(ours, file)), ...own, peerFunctions].sort())
    hash.update(readFileSync(file));
  return hash.digest('hex');
}

async function fill(url, name, ours) {
  for (const command of ['migrate', 'seed']) {
    await run(process.execPath, [join(ours, 'dist/commands', `${command}.js`)], {
      cwd: ours,
      env: { ...process.env, DATABASE_URL: url },
    });
  }
  const client = await connect(url);
  try {
    if (name === 'scaled') await scale(client, ours);
    await client.query(readFileSync(peerFunctions, 'utf8'));
    await client.query('vacuum (analyze)');
  } finally {
    await client.end();
  }
}

async function scale(client, ours) {
  const [terms, text, status] = await Promise.all(
    ['graph/search/search-terms.js', 'graph/types/text.js', 'partnership/status.js'].map(file => import(join(ours, 'dist', file))),
  );
  const tables = scaled(await realOf(client), { ...terms, ...text, ...status });
  // Every reference is made from a row that is there; checking them again a million times would take longer than the rest.
  const trusted = await client.query('set session_replication_role = replica').then(
    () => true,
    () => false,
  );
  if (!trusted) console.error('scaled: without superuser rights every foreign key is checked, which takes longer');
  const makeIndexes = await withoutIndexes(
    client,
    tables.map(({ table }) => table),
  );
  for (const { table, columns, count, rows } of tables) {
    const show = progress(table, count);
    await copyRows(client, table, columns, rows(), done => show(Math.min(done, count)));
    show(count);
  }
  let show;
  await makeIndexes((done, total) => {
    show ??= progress('indexes', total);
    show(done);
  });
}

/** Reads the contents of the seeds: numbers of each, and the provinces for generated authorities. */
async function realOf(client) {
  const real = { provinces: { nl: [], cn: [] } };
  for (const table of Object.keys(SIZES)) {
    real[table] = (await client.query(`select count(*)::int as count from ${table}`)).rows[0].count;
  }
  const { rows } = await client.query(
    `select lower(country) as country, id from authority where level = 'PROVINCE' order by id`,
  );
  for (const { country, id } of rows) real.provinces[country].push(id);
  return real;
}

/** Reads values for the questions: a word to search for, and keys of a hundred authorities. */
async function someOf(url, name) {
  const client = await connect(url);
  try {
    const { rows } = await client.query('select id from authority order by id desc limit 100');
    const typeOf = id => (id.startsWith('nl-') ? 'DutchAuthority' : 'ChineseAuthority');
    return {
      authorities: rows.map(({ id }) => ({ __typename: typeOf(id), id })),
      word: name === 'scaled' ? 'Waterdijk' : 'Rotterdam',
    };
  } finally {
    await client.end();
  }
}
