import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Reads the options of the benchmark. `--quick` is for a look, not for figures to quote. `--only` and `--on` narrow it down (`--on past,past-scaled` to
 * what versions cost), and then nothing is written to RESULTS.md. BENCH_OURS measures another built checkout of ours.
 */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      on: { type: 'string' },
      rounds: { type: 'string' },
    },
  });
  const timing = values.quick ? { rounds: 3, seconds: 1, warmMs: 400 } : { rounds: 5, seconds: 3, warmMs: 800 };
  if (values.rounds) timing.rounds = Number(values.rounds);
  return {
    quick: values.quick,
    timing,
    // 600 new documents to each contestant.
    cold: values.quick ? { rounds: 3, perRound: 50 } : { rounds: 5, perRound: 120 },
    only: values.only?.split(','),
    databases: values.on?.split(',') ?? ['register', 'scaled', 'past', 'past-scaled'],
    whole: !values.only && !values.on && !values.rounds,
    ours: process.env.BENCH_OURS || fileURLToPath(new URL('../..', import.meta.url)),
  };
}
