import type { ReaderLanguage } from './format.js';
import type { Candidate } from './match-data.js';

/** Record that a reader may mean. */
export interface FoundRecord {
  readonly id: string;
  readonly name: string;
  /** Place, period or kind that tells it from others. */
  readonly description: string;
  /** Type in words. */
  readonly type: string;
}

interface Suggestion {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly notable: readonly { readonly name: string }[];
}

interface TypedCandidate extends Candidate {
  readonly type: readonly { readonly name: string }[];
}

export const MAX_FOUND = 8;

/** Score from which a candidate is the name itself: equal, an older one (Nanking), or with one slip (Nanjng). */
const MIN_NAME_SCORE = 70;

async function read<T>(response: Response): Promise<T> {
  const body = await response.json();
  if (!response.ok || body.errors) throw new Error(body.errors?.[0]?.message ?? response.statusText);
  return body;
}

/**
 * Returns the records that a text may mean, best first: those that the matcher takes it for, in any language and spelling,
 * then those whose names begin with it, then the other candidates of the matcher.
 *
 * @param fetchRecords A `fetch` of the moment at which the records are read.
 * @throws Error with the message of the server.
 */
export async function lookUp(
  text: string,
  language: ReaderLanguage,
  fetchRecords: typeof fetch,
  signal: AbortSignal,
): Promise<FoundRecord[]> {
  const name = text.trim();
  if (name === '') return [];
  const options = { headers: { 'accept-language': language }, signal };
  const ask = (path: string, parameters: Record<string, string>) =>
    fetchRecords(String(new URL(`${path}?${new URLSearchParams(parameters)}`, location.href)), options);
  const queries = JSON.stringify({ name: { query: name, limit: MAX_FOUND } });
  const [matched, suggested] = await Promise.all([
    ask('reconcile', { queries }).then(read<{ name: { result: TypedCandidate[] } }>),
    ask('reconcile/suggest/entity', { prefix: name, limit: String(MAX_FOUND) }).then(read<{ result: Suggestion[] }>),
  ]);
  return mergeFound(matched.name.result, suggested.result);
}

/** Merges candidates of the matcher and suggestions, each record once. */
export function mergeFound(candidates: readonly TypedCandidate[], suggestions: readonly Suggestion[]): FoundRecord[] {
  const isName = ({ score }: TypedCandidate) => score >= MIN_NAME_SCORE;
  const found = new Map<string, FoundRecord>();
  const add = (id: string, name: string, description: string, type: string | undefined) => {
    if (!found.has(id)) found.set(id, { id, name, description, type: type ?? '' });
  };
  const addCandidate = ({ id, name, description, type }: TypedCandidate) => add(id, name, description, type[0]?.name);
  candidates.filter(isName).forEach(addCandidate);
  for (const { id, name, description, notable } of suggestions) add(id, name, description, notable[0]?.name);
  candidates.filter(candidate => !isName(candidate)).forEach(addCandidate);
  return [...found.values()].slice(0, MAX_FOUND);
}
