import { feature } from './features.js';
import { type Candidate, type Feature, type NameMatch, scoreOf } from './match.js';

/** The least likeness of a name beside a code that is equal: with another name, the code may be mistyped. */
export const MIN_NAME_BESIDE_CODE = 0.5;

/** The best name of a record for a query. */
export interface FoundName {
  name: string;
  value: number;
  by: NameMatch;
}

/** The comparisons of a query with a record. */
interface Compared {
  id: string;
  /** As `codeValue` returns it. */
  code: number | undefined;
  /** Undefined if no name of the record resembles that of the query. */
  nameMatch: FoundName | undefined;
  /** True if the query has a name. */
  hasName: boolean;
  /** True if the name alone tells the record from all others. */
  isNamed: boolean;
  /** Further comparisons: one below 1 leaves the candidate uncertain. */
  conditions: readonly Feature[];
}

/** Scores a record by its code, its name and further comparisons, and decides whether it is certain. */
export function candidateOf({ id, code, nameMatch, hasName, isNamed, conditions }: Compared): Candidate {
  const likeness = nameMatch?.value ?? 0;
  const features = [
    ...(code === undefined ? [] : [feature('code', code)]),
    ...(hasName ? [feature('name', likeness)] : []),
    ...conditions,
  ];
  const isIdentified = code === 1 ? !hasName || likeness >= MIN_NAME_BESIDE_CODE : code === undefined && isNamed;
  return {
    id,
    score: scoreOf(features),
    features,
    matched: nameMatch?.name ?? null,
    matchedBy: nameMatch?.by ?? 'code',
    isCertain: isIdentified && conditions.every(({ value }) => value === 1),
  };
}
