// Measures the cost of versions: reads of the past beside reads of the present, and writes with and without them.
import { startContestant } from './contestants/process.mjs';
import { openBenchDatabase } from './load/databases.mjs';
import { connect, databaseUrl } from './load/postgres.mjs';
import { pastAgainstPresent, writesWithVersions, writtenMoment } from './measure/past.mjs';
import { repeat } from './measure/runs.mjs';
import { bodyFor, questions } from './questions/index.mjs';

const NAME = 'stedenband_bench_past';
const KEY = 'benchmark-of-stedenband';

/**
 * @param name `register`, or `scaled`: then only reads are measured.
 * @returns `reads`: by question; `writes`: of each run the CPU of a mutation, and the bytes of the versions of a change.
 */
export async function past(server, { ours, timing, runs }, name) {
  const { some } = await openBenchDatabase(server, name, ours);
  const copies = [`${NAME}_versioned`, `${NAME}_plain`];
  const maintenance = await connect(server.url);
  const open = [];
  const closeAll = async () => {
    for (const close of open.splice(0)) await close();
  };
  const copyRegister = async (copy, prepare) => {
    await maintenance.query(`drop database if exists ${copy} with (force)`);
    await maintenance.query(`create database ${copy} template stedenband_bench_${name}`);
    const url = databaseUrl(server.url, copy);
    const client = await connect(url);
    open.push(() => client.end());
    if (prepare) await client.query(prepare);
    return { client, startOurs: () => startOurs(url) };
  };
  const startOurs = async url => {
    const contestant = await startContestant('ours', { url }, ours, bodyFor('ours', questions[0], {}), { ADMIN_KEY: KEY });
    open.push(contestant.stop);
    return contestant;
  };
  try {
    const versioned = await copyRegister(copies[0]);
    const asked = questions
      .map(question => ({ question, variables: question.variables({ name, some }) }))
      .filter(({ question, variables }) => question.by.includes('ours') && variables)
      .map(({ question, variables }) => ({ question, body: bodyFor('ours', question, variables) }));
    const moment = await writtenMoment(versioned.client);
    const reads = await pastAgainstPresent(versioned.startOurs, moment, asked, server.pid, { ...timing[name], runs });
    if (name !== 'register') return { name, reads };
    const writes = await repeat(runs, async () => {
      await closeAll();
      // New copies: this PostgreSQL has no autovacuum, so rows that were written before would count.
      const [withVersions, without] = [
        await copyRegister(copies[0]),
        await copyRegister(copies[1], 'drop schema history cascade'),
      ];
      const sides = [await withVersions.startOurs(), await without.startOurs()];
      return writesWithVersions(withVersions.client, ...sides, KEY, server.pid);
    });
    return { name, reads, writes };
  } finally {
    await closeAll();
    for (const copy of copies) await maintenance.query(`drop database if exists ${copy} with (force)`);
    await maintenance.end();
  }
}
