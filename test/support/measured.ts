import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Json } from './calls.js';
import { ask, sleep } from './feed.js';
import type { Built } from './feed-server.js';
import { questions } from './questions.js';

const READERS = 4;
/** Each reader asks 25 questions in a second at most: the figures are those of a server at work, not of one that is flooded. */
const PAUSE_MS = 40;

/** The module that a server is started with, so that its memory can be measured. */
export const probe = fileURLToPath(new URL('./memory-probe.mjs', import.meta.url));

/** The questions that have an answer. */
export const asked = questions.filter(({ errors }) => errors === undefined);

/** Asks the questions over and over until the end; each is computed, not served from the cache. */
async function read(url: string, durations: number[], isOver: () => boolean, first: number): Promise<void> {
  for (let n = first; !isOver(); n += 1) {
    const { query, variables } = asked[n % asked.length] as (typeof asked)[number];
    const start = performance.now();
    await ask(url, query, variables, { 'cache-control': 'no-cache' });
    durations.push(performance.now() - start);
    await sleep(PAUSE_MS);
  }
}

/** Returns the duration that one of a hundred exceeds. */
export const p99 = (durations: readonly number[]): number =>
  durations.toSorted((a, b) => a - b)[Math.floor(durations.length * 0.99)] as number;

/** Does some work, and measures its time, the memory that the server needs for it, and the reads meanwhile. */
export async function measured<Result>({ url, child }: Built, hasReaders: boolean, work: () => Promise<Result>) {
  const memory = async (what: string): Promise<Json> => {
    child.send(what);
    return (await once(child, 'message'))[0];
  };
  const before = await memory('start');
  const durations: number[] = [];
  let isOver = false;
  const readers = Array.from({ length: hasReaders ? READERS : 0 }, (_, n) =>
    read(url, durations, () => isOver, n * 11),
  );
  const start = performance.now();
  const result = await work().finally(() => {
    isOver = true;
  });
  const duration = performance.now() - start;
  await Promise.all(readers);
  const { peakRss, peakHeap } = await memory('end');
  const figures = { duration, growth: peakRss - before.rss, heap: peakHeap - before.heap, p99: p99(durations) };
  return { result, ...figures };
}
