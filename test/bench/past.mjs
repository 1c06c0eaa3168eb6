// Measures the cost of versions: reads of the past beside reads of the present, and writes with and without them.
import { startContestant } from './contestants/process.mjs';
import { openBenchDatabase } from './load/databases.mjs';
import { connect, databaseUrl } from './load/postgres.mjs';
import { pastAgainstPresent, writesWithVersions } from './measure/past.mjs';
import { bodyFor, questions } from './questions/index.mjs';

const NAME = 'stedenband_bench_past';
const KEY = 'benchmark-of-stedenband';

/**
 * @param name `register`, or `scaled`: then only reads are measured.
 * @returns `reads`: by question; `writes`: CPU of a mutation, and bytes of the versions of a change.
 */
export async function past(server, { ours, timing }, name) {
  const { some } = await openBenchDatabase(server, name, ours);
  const copies = [`${NAME}_versioned`, `${NAME}_plain`];
  const maintenance = await connect(server.url);
  const open = [];
  const start = async (copy, prepare) => {
    await maintenance.query(`drop database if exists ${copy} with (force)`);
    await maintenance.query(`create database ${copy} template stedenband_bench_${name}`);
    const url = databaseUrl(server.url, copy);
    const client = await connect(url);
    open.push(() => client.end());
    if (prepare) await client.query(prepare);
    const contestant = await startContestant('ours', { url }, ours, bodyFor('ours', questions[0], {}), { ADMIN_KEY: KEY });
    open.push(contestant.stop);
    return { client, contestant };
  };
  try {
    const versioned = await start(copies[0]);
    const asked = questions
      .map(question => ({ question, variables: question.variables({ name, some }) }))
      .filter(({ question, variables }) => question.by.includes('ours') && variables)
      .map(({ question, variables }) => ({ question, body: bodyFor('ours', question, variables) }));
    const reads = await pastAgainstPresent(versioned.client, versioned.contestant, asked, server.pid, timing);
    if (name !== 'register') return { name, reads };
    // After the reads: some records have hundreds of versions then.
    const plain = await start(copies[1], 'drop schema history cascade');
    const writes = await writesWithVersions(versioned.client, versioned.contestant, plain.contestant, KEY, server.pid);
    return { name, reads, writes };
  } finally {
    for (const close of open) await close();
    for (const copy of copies) await maintenance.query(`drop database if exists ${copy} with (force)`);
    await maintenance.end();
  }
}
