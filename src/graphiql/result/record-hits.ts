/** Record that a text may mean. */
export interface RecordHit {
  readonly id: string;
  readonly name: string;
  /** Place, period or kind that tells it from others. */
  readonly description: string;
  /** Type in words. */
  readonly type: string;
}

/** Suggestion of `/reconcile/suggest/entity`. */
export interface Suggestion {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly notable: readonly { readonly name: string }[];
}

/** Candidate of `/reconcile`, with a score from 0 to 100. */
export interface TypedCandidate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly score: number;
  readonly type: readonly { readonly name: string }[];
}

export const MAX_RECORDS = 8;

/** Score from which a candidate is the name itself: equal, an older one (Nanking), or with one slip (Nanjng). */
const MIN_NAME_SCORE = 70;

/** Merges candidates of the matcher and suggestions, each record once. */
export function mergeHits(candidates: readonly TypedCandidate[], suggestions: readonly Suggestion[]): RecordHit[] {
  const isName = ({ score }: TypedCandidate) => score >= MIN_NAME_SCORE;
  const records = new Map<string, RecordHit>();
  const add = (id: string, name: string, description: string, type: string | undefined) => {
    if (!records.has(id)) records.set(id, { id, name, description, type: type ?? '' });
  };
  const addCandidate = ({ id, name, description, type }: TypedCandidate) => add(id, name, description, type[0]?.name);
  candidates.filter(isName).forEach(addCandidate);
  for (const { id, name, description, notable } of suggestions) add(id, name, description, notable[0]?.name);
  candidates.filter(candidate => !isName(candidate)).forEach(addCandidate);
  return [...records.values()].slice(0, MAX_RECORDS);
}
