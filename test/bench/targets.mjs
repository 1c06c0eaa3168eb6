// The ratios of the issue, by database, question and rival: CPU of ours (or what `of` names) against theirs, at most.

const each = (names, most) => Object.fromEntries(names.map(name => [name, most]));

const LIMITS = { ...each(['Q1', 'Q5'], 1), ...each(['Q2', 'Q4'], 1.15), Q3: 1.1, ...each(['Q6', 'Q7'], 1.5) };

export const rivals = [
  {
    title: 'ours / PostGraphile',
    of: 'ours',
    to: 'postgraphile',
    register: { ...each(['Q1', 'Q4', 'Q5'], 0.4), Q2: 0.5, Q3: 0.33 },
    scaled: { ...each(['Q1', 'Q4'], 0.4), ...each(['Q2', 'Q5'], 0.5), Q3: 0.33 },
  },
  {
    title: 'ours / Mercurius',
    of: 'ours',
    to: 'mercurius',
    register: { ...each(['Q1', 'Q2', 'Q3', 'Q4'], 0.65), Q5: 1 },
    scaled: each(['Q1', 'Q2', 'Q3'], 0.7),
  },
  // The issue knows Mercurius with its own loaders only; against the better one there is no target.
  { title: 'ours / Mercurius, tuned', of: 'ours', to: 'mercuriusShared' },
  {
    title: 'ours / limit',
    of: 'ours',
    to: 'limit',
    register: LIMITS,
    scaled: LIMITS,
  },
  {
    title: 'ours cached / floor',
    of: 'cached',
    to: 'floor',
    register: each(['Q1', 'Q2', 'Q3', 'Q4', 'Q5'], 1.15),
    scaled: each(['Q1', 'Q2', 'Q3', 'Q4', 'Q5'], 1.15),
  },
];

/** CPU of a new document of ours against Mercurius', at most. */
export const COLD_MERCURIUS = 0.9;
/** Throughput of the cached answers against PostGraphile's, at least. */
export const CACHED_THROUGHPUT = 10;
/** SQL statements a request of ours sends, at most. */
export const STATEMENTS = { Q1: 1, Q2: 4, Q3: 1, Q4: 2, Q5: 1, Q6: 1, Q7: 1 };
/** CPU of ours on the scaled register against the small one, at most. */
export const SCALED = { Q1: 1.3, Q3: 1.3 };
/** CPU of page 500 against page 1, at most; a little above 1, which no two measurements are apart. */
export const PAGE_500 = 1.05;
/** The first answer after the start of the process, in milliseconds. */
export const FIRST_ANSWER = { ours: 300, embedded: 700, embeddedAgain: 600 };
/** Requests a second of 304 against those of the cached 200, at least. */
export const UNCHANGED = 1.4;
/** Limits the median delay until a committed change is visible through another instance, in milliseconds. */
export const VISIBLE = 10;

/** Reads of the past against reads of the present, and writes with versions against writes without. */
export const PAST = 3;
export const WITH_VERSIONS = 1.5;
