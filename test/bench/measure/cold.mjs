// Documents that a server has not seen before: it parses, validates, plans and executes each of them once.
import { dataOf } from './equal.mjs';
import { cpuOf, cpuOfTree } from './cpu.mjs';
import { ask } from './load.mjs';
import { median } from './runs.mjs';

const CONNECTIONS = 4;
const WARM_DOCUMENTS = 60;
let documents = 0;

/** The same question as another text: the name of the operation is new. */
function another(body) {
  documents += 1;
  const { query, operationName, variables } = JSON.parse(body);
  const name = `Cold${documents}`;
  return JSON.stringify({ query: query.replace(`query ${operationName}`, `query ${name}`), operationName: name, variables });
}

/** Sends so many new documents, over a few connections at once. */
async function send(url, body, count) {
  let left = count;
  const client = async () => {
    while (left > 0) {
      left -= 1;
      dataOf(await ask(url, another(body)), url);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
}

/**
 * Measures the CPU of new documents, round after round, contestant after contestant.
 *
 * @param contestants `{ name, url, pid, body }`.
 * @returns A map from the name of a contestant to the CPU of its server and of PostgreSQL, in milliseconds a document.
 */
export async function coldDocuments(contestants, postgres, { rounds, perRound }) {
  const slices = new Map(contestants.map(({ name }) => [name, []]));
  for (const { url, body } of contestants) await send(url, body, WARM_DOCUMENTS);
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, url, pid, body } of round % 2 ? contestants.toReversed() : contestants) {
      const read = () => [cpuOf(pid), postgres ? cpuOfTree(postgres) : 0];
      const before = read();
      await send(url, body, perRound);
      const [server, pg] = read().map((cpu, i) => (cpu - before[i]) / perRound);
      slices.get(name).push({ server, pg, cpu: server + pg });
    }
  }
  const summary = rows => Object.fromEntries(['server', 'pg', 'cpu'].map(key => [key, median(rows.map(row => row[key]))]));
  return new Map([...slices].map(([name, rows]) => [name, summary(rows)]));
}
