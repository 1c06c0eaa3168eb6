// Measures a cache beyond its speed: the saving of an unchanged response, and the delay until a committed change is
// visible through another instance.
import { dataOf } from './equal.mjs';
import { ask, HEADERS, load } from './load.mjs';

const WRITES = 20;
const TIE = 'tie-rotterdam-shanghai';

/**
 * Throughput of 304 against 200 of the same GET.
 *
 * @returns {Promise<number | undefined>} nothing when the answer has no ETag
 */
export async function unchangedAgainstWhole({ url }, query, { rounds, seconds }) {
  const address = `${url}?${new URLSearchParams({ query })}`;
  const etag = (await fetch(address, { headers: HEADERS })).headers.get('etag');
  if (!etag) return undefined;
  const again = await fetch(address, { headers: { ...HEADERS, 'if-none-match': etag } });
  if (again.status !== 304) return undefined;
  const counts = { whole: 0, unchanged: 0 };
  for (let round = 0; round < rounds; round += 1) {
    counts.whole += (await load(address, undefined, seconds)).requests;
    counts.unchanged += (await load(address, undefined, seconds, etag)).requests;
  }
  return counts.unchanged / counts.whole;
}

/**
 * Measures the time from the response of a mutation on one instance until another shows the write, in milliseconds.
 *
 * @returns median and most of twenty writes
 */
export async function visibility(writer, reader, key) {
  const read = JSON.stringify({ query: `{ partnership(id: "${TIE}") { notes version } }` });
  const waits = [];
  let { version } = dataOf(await ask(reader.url, read), 'ours cached').partnership;
  for (let i = 0; i < WRITES; i += 1) {
    const query = `mutation { revisePartnership(input: { id: "${TIE}", expectedVersion: ${version}, notes: "Benchmark ${i}" }) { userErrors { message } partnership { version } } }`;
    const answer = await ask(writer.url, JSON.stringify({ query }), key);
    const written = performance.now();
    const { userErrors, partnership } = dataOf(answer, 'ours').revisePartnership;
    if (!partnership) throw new Error(`The benchmark's write was refused: ${userErrors[0]?.message}`);
    version = partnership.version;
    while (dataOf(await ask(reader.url, read), 'ours cached').partnership.version < version) {
      if (performance.now() - written > 5_000) throw new Error('A committed change is not seen within five seconds.');
    }
    waits.push(performance.now() - written);
  }
  waits.sort((a, b) => a - b);
  return { median: waits[WRITES / 2], most: waits.at(-1) };
}
