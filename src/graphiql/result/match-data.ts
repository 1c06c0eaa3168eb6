import type { ReaderLanguage } from './format.js';
import type { Column, Row } from './table-data.js';

/** The types of records that names can be matched to; those of `/reconcile`. */
export const MATCH_TYPES = ['Authority', 'Organisation', 'Programme', 'Partnership'] as const;
export type MatchType = (typeof MATCH_TYPES)[number];

/** A record that a name may mean, as `/reconcile` returns it. */
export interface Candidate {
  id: string;
  name: string;
  description: string;
  score: number;
  /** It is the record, without a question. */
  match: boolean;
}

/** A pasted name and the records that it may mean. */
export interface MatchedName {
  name: string;
  candidates: readonly Candidate[];
}

/** Limits the queries of a request; the server refuses more. */
const MAX_BATCH = 100;

/**
 * Matches names to records of a type, each distinct name once.
 *
 * @param fetchMatches A `fetch` of the moment at which the records are read.
 * @throws Error with the message of the server.
 */
export async function matchNames(
  names: readonly string[],
  type: MatchType,
  language: ReaderLanguage,
  fetchMatches: typeof fetch,
): Promise<MatchedName[]> {
  const distinct = [...new Set(names)].filter(name => name !== '');
  const byName = new Map<string, readonly Candidate[]>();
  for (let start = 0; start < distinct.length; start += MAX_BATCH) {
    const batch = distinct.slice(start, start + MAX_BATCH);
    const queries = Object.fromEntries(batch.map((query, i) => [`q${i}`, { query, type }]));
    const response = await fetchMatches(new URL('reconcile', location.href), {
      method: 'POST',
      headers: { 'accept-language': language },
      body: new URLSearchParams({ queries: JSON.stringify(queries) }),
    });
    const results = await response.json();
    if (!response.ok || results.errors) throw new Error(results.errors?.[0]?.message ?? response.statusText);
    batch.forEach((name, i) => {
      byName.set(name, results[`q${i}`].result);
    });
  }
  return names.map(name => ({ name, candidates: byName.get(name) ?? [] }));
}

/** Returns the id that stands for a name: the choice of the analyst, or else the record that matched without a question. */
export function idOf({ name, candidates }: MatchedName, choices: ReadonlyMap<string, string>): string {
  return choices.get(name) ?? candidates.find(({ match }) => match)?.id ?? '';
}

/** The columns of the file. */
export const MATCH_COLUMNS: readonly Pick<Column, 'name'>[] = ['name', 'id', 'label', 'score'].map(name => ({ name }));

/** Returns the rows of the file, one for each pasted name, so that a column of ids can be pasted beside them. */
export function matchRows(matched: readonly MatchedName[], choices: ReadonlyMap<string, string>): Pick<Row, 'cells'>[] {
  return matched.map(row => {
    const id = idOf(row, choices);
    const chosen = row.candidates.find(candidate => candidate.id === id);
    return {
      cells: new Map<string, string | number | null>([
        ['name', row.name],
        ['id', id],
        ['label', chosen?.name ?? null],
        ['score', chosen?.score ?? null],
      ]),
    };
  });
}
