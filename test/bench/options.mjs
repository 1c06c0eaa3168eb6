import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const LOOK = { firstSeconds: 0, rounds: 3, seconds: 1, warmMs: 400 };
const QUICK = { register: LOOK, scaled: LOOK };
/**
 * Short slices in turn, since the machine changes within seconds. The scaled register has one of three seconds: its slowest
 * request takes half a second, and those that the end of a slice interrupts cost CPU and are not counted.
 */
const FULL = {
  register: { firstSeconds: 2, rounds: 3, seconds: 2, warmMs: 600 },
  scaled: { firstSeconds: 2, rounds: 1, seconds: 3, warmMs: 600 },
};

/**
 * Reads the options of the benchmark. `--quick` is one run, for a look and not for figures to quote. `--only` and `--on` narrow it down (`--on past,past-scaled` to
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
  const timing = values.quick ? QUICK : FULL;
  const rounds = values.rounds && { rounds: Number(values.rounds) };
  return {
    quick: values.quick,
    /** Each with servers that were started for it. */
    runs: values.quick ? 1 : 3,
    timing: { register: { ...timing.register, ...rounds }, scaled: { ...timing.scaled, ...rounds } },
    // New documents to each contestant.
    cold: { rounds: 3, perRound: values.quick ? 50 : 100 },
    only: values.only?.split(','),
    databases: values.on?.split(',') ?? ['register', 'scaled', 'past', 'past-scaled'],
    whole: !values.only && !values.on && !values.rounds,
    ours: process.env.BENCH_OURS || fileURLToPath(new URL('../..', import.meta.url)),
  };
}
