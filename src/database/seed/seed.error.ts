import type { SeedProblem } from './seed.problem.js';

/** Thrown for invalid seeds, with all problems at once. In a file of its own: each start loads it, without the rules of seeds. */
export class SeedError extends Error {
  override name = 'SeedError';

  constructor(readonly problems: readonly SeedProblem[]) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    super([`The seeds have ${count}; nothing was loaded.`, ...problems.map(({ message }) => message)].join('\n'));
  }
}
