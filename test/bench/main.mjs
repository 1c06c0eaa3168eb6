// npm run bench: measures ours against what anyone would pick instead, on one machine, in one run.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startContestant, titles } from './contestants/process.mjs';
import { openBenchDatabase } from './load/databases.mjs';
import { connect, databaseUrl, startPostgres } from './load/postgres.mjs';
import { progress } from './load/progress.mjs';
import { unchangedAgainstWhole, visibility } from './measure/cache.mjs';
import { coldDocuments } from './measure/cold.mjs';
import { dataOf, difference } from './measure/equal.mjs';
import { firstAnswers } from './measure/first.mjs';
import { ask } from './measure/load.mjs';
import { measure } from './measure/rounds.mjs';
import { mergeRuns, repeat } from './measure/runs.mjs';
import { statementsPerRequest } from './measure/statements.mjs';
import { readOptions } from './options.mjs';
import { past } from './past.mjs';
import { bodyFor, COLD, questions } from './questions/index.mjs';
import { report, writeResults } from './report.mjs';

const options = readOptions();
const { ours } = options;
const countOf = concept => JSON.parse(readFileSync(join(ours, 'seeds', `${concept}.json`), 'utf8')).length;
const titleOf = {
  register: `The register (${['authorities', 'partnerships', 'exchanges'].map(concept => `${countOf(concept)} ${concept}`).join(', ')})`,
  scaled: 'Scaled (5,000 authorities, 100,000 partnerships, 1,000 programmes, 1,000,000 exchanges)',
};

/** Starts all contestants on a database; the first question they get is Q1. */
async function startAll(database) {
  const started = {};
  try {
    for (const name of Object.keys(titles)) {
      const env = name === 'floor' ? { LIMIT: started.limit.url } : {};
      started[name] = await startContestant(name, database, ours, bodyFor(name, questions[0], {}), env);
    }
    return started;
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}

const stopAll = started => Promise.all(Object.values(started).map(({ stop }) => stop()));

/** The cursor of ours before page 500 of 20: what a client has who read on until there. */
async function cursorOfPage500({ url }) {
  const query =
    'query ($after: String) { exchanges(first: 100, after: $after) { pageInfo { hasNextPage endCursor } } }';
  let after = null;
  for (let read = 0; read < 9_980; read += 100) {
    const first = Math.min(100, 9_980 - read);
    const body = JSON.stringify({ query: query.replace('100', String(first)), variables: { after } });
    const { pageInfo } = dataOf(await ask(url, body), 'ours').exchanges;
    if (!pageInfo.hasNextPage) return undefined;
    after = pageInfo.endCursor;
  }
  return after;
}

/** The questions of this run, each with its contestants and what they must answer. Stops when they do not agree. */
async function agreed(database, started) {
  const fields = dataOf(
    await ask(started.ours.url, JSON.stringify({ query: '{ __schema { queryType { fields { name } } } }' })),
    'ours',
  );
  const rootFields = new Set(fields.__schema.queryType.fields.map(({ name }) => name));
  const pairs = [];
  for (const question of questions) {
    if (options.only && !options.only.includes(question.file ?? question.name)) continue;
    if (question.needs && !rootFields.has(question.needs)) {
      console.error(`${question.name}: not yet, ours has no ${question.needs}`);
      continue;
    }
    const variables = question.variables(database);
    if (!variables) continue;
    let reference;
    for (const name of question.by) {
      const contestant = started[name];
      const body = bodyFor(name, question, variables);
      const answer = await ask(contestant.url, body);
      const data = dataOf(answer, titles[name]);
      reference ??= { name, data };
      const differs = difference(reference.data, data);
      if (differs) {
        throw new Error(
          `${question.name} on ${database.name}: ${titles[reference.name]} and ${titles[name]} differ at ${differs}`,
        );
      }
      pairs.push({ question, contestant, body, answer });
    }
  }
  console.error(`${database.name}: all contestants give the same data`);
  return pairs;
}

/** A map of maps: by question, by contestant. */
function byQuestion(pairs, results) {
  const byName = new Map();
  for (const pair of pairs) {
    const { name } = pair.question;
    if (!byName.has(name)) byName.set(name, new Map());
    byName.get(name).set(pair.contestant.name, results(pair));
  }
  return byName;
}

async function bench(server, name) {
  const database = await openBenchDatabase(server, name, ours);
  const runs = await repeat(options.runs, () => runOn(server, database));
  const colds = runs.flatMap(({ cold }) => cold ?? []);
  return {
    name,
    title: titleOf[name],
    results: mergeRuns(runs.map(({ results }) => results), mergeRuns),
    statements: runs[0].statements,
    cold: colds.length ? mergeRuns(colds) : undefined,
  };
}

/** Starts all contestants, measures them and stops them. */
async function runOn(server, database) {
  const { name } = database;
  const started = await startAll(database);
  const client = await connect(server.url);
  try {
    database.some.cursor = await cursorOfPage500(started.ours);
    const pairs = await agreed(database, started);
    const counts = new Map();
    for (const pair of pairs) {
      const { contestant, body } = pair;
      if (contestant.name === 'floor') continue;
      const datname = new URL(database.url).pathname.slice(1);
      counts.set(pair, await statementsPerRequest(client, datname, server.hasStatements, contestant.url, body));
    }
    const show = progress(`${name}: measuring`, 1_000);
    const results = await measure(pairs, server.pid, options.timing[name], (done, total) =>
      show(Math.floor((done / total) * 1_000)),
    );
    show(1_000);
    for (const [{ question, contestant }, { errors }] of results) {
      for (const error of new Set(errors))
        console.error(`${question.name}, ${titles[contestant.name]}: a slice is invalid: ${error}`);
    }
    return {
      cold: await cold(name, started, server.pid),
      results: byQuestion(pairs, pair => results.get(pair)),
      statements: byQuestion(pairs, pair => counts.get(pair)),
    };
  } finally {
    await client.end();
    await stopAll(started);
  }
}

/** The price of documents that nobody sent before, on the small register. */
function cold(name, started, postgres) {
  if (name !== 'register' || (options.only && !options.only.includes(COLD.name))) return undefined;
  const contestants = COLD.by.map(by => ({ ...started[by], body: bodyFor(by, COLD, {}) }));
  return coldDocuments(contestants, postgres, options.cold);
}

/** Names the measured commit, and states if the files differ from it. */
function commitOf() {
  try {
    const git = (...args) =>
      execFileSync('git', args, { cwd: ours, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return `commit ${git('rev-parse', '--short', 'HEAD')}${git('status', '--short', '--', 'src', 'seeds') ? ' with changes' : ''}`;
  } catch {
    return `the checkout in ${ours}`;
  }
}

/** The start of each contestant, and what a cache must be measured by, on a copy of the register that may be written to. */
async function aside(server) {
  const copy = 'stedenband_bench_copy';
  const client = await connect(server.url);
  const database = { url: databaseUrl(server.url, copy) };
  const key = 'benchmark-of-stedenband';
  const started = [];
  const start = async (name, env = {}) => {
    const contestant = await startContestant(name, database, ours, bodyFor(name, questions[0], {}), {
      ADMIN_KEY: key,
      ...env,
    });
    started.push(contestant);
    return contestant;
  };
  try {
    await client.query(`drop database if exists ${copy} with (force)`);
    await client.query(`create database ${copy} template stedenband_bench_register`);
    const names = Object.keys(titles).filter(name => name !== 'floor');
    const first = await repeat(options.runs, () => firstAnswers(names, start));
    const [writer, reader] = [await start('ours'), await start('cached')];
    const { query } = JSON.parse(bodyFor('ours', questions[0], {}));
    return {
      first: mergeRuns(first, starts => starts),
      unchanged: await repeat(options.runs, () => unchangedAgainstWhole(reader, query, options.timing.register)),
      visible: await repeat(options.runs, () => visibility(writer, reader, key)),
    };
  } finally {
    await Promise.all(started.map(({ stop }) => stop()));
    await client.query(`drop database if exists ${copy} with (force)`);
    await client.end();
  }
}

const server = await startPostgres();
try {
  const measured = [];
  const pasts = [];
  let failure;
  for (const name of options.databases) {
    if (!name.startsWith('past')) measured.push(await bench(server, name));
    else {
      // The results before it are printed: they took most of an hour.
      await past(server, options, name === 'past' ? 'register' : 'scaled').then(
        result => pasts.push(result),
        error => {
          failure = error;
        },
      );
    }
  }
  const { settingNames } = await import(join(ours, 'dist/config/settings.js'));
  const text = report({
    measured,
    aside: options.databases.includes('register') && !options.only ? await aside(server) : undefined,
    pasts,
    hasCache: settingNames.includes('RESPONSE_CACHE'),
    machine: {
      date: new Date().toISOString().slice(0, 10),
      commit: commitOf(),
      node: process.versions.node,
      postgres: server.version,
      ...server,
      ...options,
    },
  });
  console.log(`\n${text}`);
  if (failure) throw failure;
  if (options.whole) writeResults(text);
} finally {
  await server.stop();
}
