// The measuring itself: round after round, question after question, contestant after contestant, each for a moment, so
// that whatever else the machine does meets all of them alike.
import { cpuOf, cpuOfTree } from './cpu.mjs';
import { ask, load, warm } from './load.mjs';
import { median } from './runs.mjs';

/**
 * One slice.
 *
 * @returns CPU of the server and of PostgreSQL in milliseconds a request, requests a second, p50 and p99; or `error`.
 */
async function slice(contestant, postgres, body, expected, { seconds, warmMs }) {
  const { url, pid } = contestant;
  await warm(url, body, warmMs);
  const before = [cpuOf(pid), postgres ? cpuOfTree(postgres) : 0];
  const { requests, ms, p50, p99, errors } = await load(url, body, seconds);
  const after = [cpuOf(pid), postgres ? cpuOfTree(postgres) : 0];
  if (errors) return { error: `${errors} of ${requests} requests failed` };
  if (requests === 0) return { error: 'no request was answered' };
  if ((await ask(url, body)) !== expected) return { error: 'it gave another answer after the slice' };
  return {
    server: (after[0] - before[0]) / requests,
    pg: (after[1] - before[1]) / requests,
    rps: (requests / ms) * 1000,
    p50,
    p99,
  };
}

/** Medians of the slices without errors, and the errors of the others. */
function summary(slices) {
  const good = slices.filter(({ error }) => !error);
  const errors = slices.flatMap(({ error }) => error ?? []);
  if (good.length === 0) return { errors };
  const of = key => median(good.map(slice => slice[key]));
  const cpu = good.map(({ server, pg }) => server + pg);
  return {
    server: of('server'),
    pg: of('pg'),
    cpu: median(cpu),
    spread: (Math.max(...cpu) - Math.min(...cpu)) / median(cpu),
    rps: of('rps'),
    p50: of('p50'),
    p99: of('p99'),
    errors,
  };
}

/**
 * Measures all pairs of question and contestant. First each is loaded for `firstSeconds`: V8 compiles the code of a new process for
 * some seconds, which a server that runs for days does not pay.
 *
 * @param pairs What to measure: `question`, `contestant`, `body`, and the `answer` that every request must get.
 * @param onSlice Called before each slice with how many there were, of how many.
 * @returns A map from a pair to its summary.
 */
export async function measure(pairs, postgres, { firstSeconds = 0, rounds, ...timing }, onSlice) {
  if (firstSeconds) for (const { contestant, body } of pairs) await load(contestant.url, body, firstSeconds);
  const slices = new Map(pairs.map(pair => [pair, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Every other round goes backwards, so that nobody always runs after the same neighbour.
    for (const pair of round % 2 ? pairs.toReversed() : pairs) {
      onSlice(round * pairs.length + pairs.indexOf(pair), rounds * pairs.length);
      slices.get(pair).push(await slice(pair.contestant, postgres, pair.body, pair.answer, timing));
    }
  }
  return new Map([...slices].map(([pair, values]) => [pair, summary(values)]));
}
