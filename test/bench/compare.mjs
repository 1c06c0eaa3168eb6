// npm run bench:compare -- <folder>: measures this checkout against another built one, such as a worktree of the commit before,
// in one run; with --embedded on the embedded database of each. Two runs of the benchmark cannot be compared: the machine differs
// by more between them than a change does.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startContestant } from './contestants/process.mjs';
import { openBenchDatabase } from './load/databases.mjs';
import { connect, databaseUrl, startPostgres } from './load/postgres.mjs';
import { ask } from './measure/load.mjs';
import { measure } from './measure/rounds.mjs';
import { median } from './measure/runs.mjs';
import { bodyFor, questions } from './questions/index.mjs';

const ours = fileURLToPath(new URL('../..', import.meta.url));
const {
  values: { embedded },
  positionals: [other, rounds = '9'],
} = parseArgs({ options: { embedded: { type: 'boolean', default: false } }, allowPositionals: true });
if (!other) throw new Error('Name the folder of the other checkout; it must be built.');
const timing = { rounds: Number(rounds), seconds: 1, warmMs: 300 };

/** The starts of each checkout. */
const STARTS = 7;

/** Moves the database of a checkout aside, because the migrations of the two can differ. */
async function openOwn(server, folder, name) {
  const database = await openBenchDatabase(server, 'register', folder);
  const client = await connect(server.url);
  try {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`alter database stedenband_bench_register rename to ${name}`);
  } finally {
    await client.end();
  }
  return { ...database, url: databaseUrl(server.url, name) };
}

/** Starts both in turn, and prints the medians from the start of the process to the first answer. */
async function compareStarts(checkouts) {
  const times = new Map();
  const first = bodyFor('ours', questions[0], {});
  const work = await mkdtemp(join(tmpdir(), 'stedenband-compare-'));
  const names = embedded ? ['new folder', 'again'] : ['start'];
  for (let round = 0; round < STARTS; round += 1) {
    for (const { label, folder, database } of checkouts) {
      const env = embedded ? { DATA_DIR: join(work, `${label}${round}`) } : {};
      for (const name of names) {
        const contestant = await startContestant('cached', database, folder, first, env);
        await contestant.stop();
        const key = `${label} ${name}`;
        times.set(key, [...(times.get(key) ?? []), contestant.firstMs]);
      }
    }
  }
  await rm(work, { recursive: true });
  for (const name of names) {
    const [before, after] = checkouts.map(({ label }) => median(times.get(`${label} ${name}`)));
    console.log(`first answer, ${name}: ${before.toFixed()} → ${after.toFixed()} ms; medians of ${STARTS}, in turn`);
  }
}

const server = await startPostgres();
const started = [];
try {
  const pairs = [];
  const checkouts = [];
  for (const [label, folder] of Object.entries({ other, ours })) {
    const database = embedded ? { url: '' } : await openOwn(server, folder, `stedenband_compare_${label}`);
    checkouts.push({ label, folder, database });
  }
  await compareStarts(checkouts);
  for (const { label, folder, database } of checkouts) {
    const env = embedded ? { DATA_DIR: 'memory' } : {};
    for (const name of ['ours', 'cached']) {
      const contestant = await startContestant(name, database, folder, bodyFor('ours', questions[0], {}), env);
      started.push(contestant);
      // Q6 and Q7 ask for what a database has.
      for (const question of questions.slice(0, embedded ? 5 : 7)) {
        const body = bodyFor('ours', question, question.variables(database));
        const answer = await ask(contestant.url, body);
        pairs.push({ label, name, question: question.name, contestant, body, answer });
      }
    }
  }
  const results = await measure(pairs, server.pid, timing, () => {});
  console.log(`CPU, ms a request, and requests a second; ${rounds} rounds of ${timing.seconds} s, interleaved; medians, ± widest distance of two rounds`);
  for (const [pair, { cpu, rps, spread }] of results) {
    if (pair.label !== 'ours') continue;
    const [, before] = [...results].find(
      ([{ label, name, question }]) => label === 'other' && name === pair.name && question === pair.question,
    );
    const figures = [before.cpu, cpu].map(value => value.toFixed(4)).join(' → ');
    const rates = [before.rps, rps].map(value => value.toFixed(0)).join(' → ');
    console.log(
      `${pair.question} ${pair.name.padEnd(6)} ${figures}  ratio ${(cpu / before.cpu).toFixed(3)}  ± ${Math.round(100 * Math.max(spread, before.spread))} %  ${rates} a second`,
    );
  }
} finally {
  await Promise.all(started.map(({ stop }) => stop()));
  await server.stop();
}
