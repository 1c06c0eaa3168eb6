// Reads of a past moment against reads of the present, and writes with the versions of their rows against writes without.
import { cpuOf, cpuOfTree } from './cpu.mjs';
import { writeVersions } from '../load/versions.mjs';
import { dataOf } from './equal.mjs';
import { ask } from './load.mjs';
import { measure } from './rounds.mjs';
import { median, overRuns, repeat } from './runs.mjs';

/** Versions of each record, and the one that is read. */
const VERSIONS = 10;
const READ_VERSION = 5;
const SLICES = 5;
const WRITES_A_SLICE = 60;

/** Writes ten versions of each record, and returns the moment to read: the cursor of the change that wrote the fifth. */
export async function writtenMoment(client) {
  const ids = await writeVersions(client, VERSIONS);
  const { rows } = await client.query('select mark from change where id = $1', [ids[READ_VERSION - 1]]);
  return Buffer.from(`change-${ids[READ_VERSION - 1]}-${rows[0].mark}`).toString('base64url');
}

/**
 * Measures the questions in the present and at a moment, in several runs.
 *
 * @param start Starts a server of ours on the register.
 * @param asked Questions with their bodies.
 * @returns A list of `name`, `present` and `past` (CPU in milliseconds a request).
 */
export async function pastAgainstPresent(start, moment, asked, postgres, { runs, ...timing }) {
  const results = await repeat(runs, async () => {
    const contestant = await start();
    return runOnce(contestant, moment, asked, postgres, timing).finally(contestant.stop);
  });
  return asked.map(({ question: { name } }, index) => {
    const [present, past] = ['present', 'past'].map(side => overRuns(results.map(result => result[index][side])));
    return { name, present, past };
  });
}

async function runOnce(contestant, moment, asked, postgres, timing) {
  const past = { ...contestant, url: `${contestant.url}?${new URLSearchParams({ knownAt: moment })}` };
  const pairs = [];
  for (const { question, body } of asked) {
    for (const of of [contestant, past]) pairs.push({ question, contestant: of, body, answer: await ask(of.url, body) });
  }
  const results = await measure(pairs, postgres, timing, () => undefined);
  for (const [{ question, contestant: { url } }, { errors }] of results) {
    for (const error of new Set(errors)) console.error(`${question.name}, ${url}: a slice is invalid: ${error}`);
  }
  return asked.map(({ question: { name } }) => {
    const [present, past] = pairs.filter(pair => pair.question.name === name).map(pair => results.get(pair));
    return { present, past };
  });
}

/** Mutations of three kinds, by turns: notes of a tie, a name that many search documents have, a new record with a source. */
function writer({ url }, key) {
  let turn = 0;
  const versions = {};
  const send = async (mutation, input) => {
    const type = `${mutation[0].toUpperCase()}${mutation.slice(1)}Input`;
    const field = mutation.replace(/^[a-z]+/, '').toLowerCase();
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { message } ${field} { id version } } }`;
    const answer = await ask(url, JSON.stringify({ query, variables: { input } }), key);
    const payload = dataOf(answer, 'ours')[mutation];
    if (!payload[field]) throw new Error(`The benchmark's write was refused: ${payload.userErrors[0]?.message}`);
    return payload[field];
  };
  const revise = async (mutation, field, id, facts) => {
    versions[id] ??= dataOf(await ask(url, JSON.stringify({ query: `{ ${field}(id: "${id}") { version } }` })), 'ours')[field].version;
    versions[id] = (await send(mutation, { id, expectedVersion: versions[id], ...facts })).version;
  };
  return async () => {
    turn += 1;
    const kind = turn % 3;
    if (kind === 0) await revise('revisePartnership', 'partnership', 'tie-rotterdam-shanghai', { notes: `Benchmark ${turn}` });
    else if (kind === 1)
      await revise('reviseAuthority', 'authority', 'nl-rotterdam', { names: { nl: `Rotterdam ${turn}`, en: 'Rotterdam', zh: '鹿特丹' } });
    else await send('recordOrganisation', { kind: 'MINISTRY', names: { en: `Benchmark ${turn}` }, source: { title: `T ${turn}`, publisher: 'P' } });
  };
}

/**
 * Measures mutations on two instances by turns: on a register with versions, and on one whose versions were dropped.
 *
 * @returns CPU in milliseconds a mutation of both, and the bytes of the versions of one change.
 */
export async function writesWithVersions(client, versioned, plain, key, postgres) {
  const size = async () =>
    Number((await client.query(`select sum(pg_total_relation_size(c.oid)) as bytes from pg_class c
      join pg_namespace n on n.oid = relnamespace where nspname = 'history' and relkind = 'r'`)).rows[0].bytes);
  const sides = [versioned, plain].map(contestant => ({ contestant, write: writer(contestant, key), slices: [] }));
  for (const { write } of sides) for (let i = 0; i < WRITES_A_SLICE; i += 1) await write();
  const before = await size();
  for (let slice = 0; slice < SLICES; slice += 1) {
    for (const { contestant, write, slices } of slice % 2 ? sides.toReversed() : sides) {
      const cpu = () => cpuOf(contestant.pid) + (postgres ? cpuOfTree(postgres) : 0);
      const start = cpu();
      for (let i = 0; i < WRITES_A_SLICE; i += 1) await write();
      slices.push((cpu() - start) / WRITES_A_SLICE);
    }
  }
  const bytes = ((await size()) - before) / (SLICES * WRITES_A_SLICE);
  const [withVersions, without] = sides.map(({ slices }) => median(slices));
  return { withVersions, without, bytes };
}
