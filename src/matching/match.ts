/** The types of records that a name can be matched to: names of the schema. `Authority` is either country. */
export const MATCH_TYPES = [
  'Authority',
  'DutchAuthority',
  'ChineseAuthority',
  'Organisation',
  'Programme',
  'Partnership',
] as const;
export type MatchType = (typeof MATCH_TYPES)[number];

/** A row from elsewhere, for which a record is sought. */
export interface MatchQuery {
  type: MatchType;
  /** The name as it came, in any language and spelling; an id or a code too. May be empty beside `codes`. */
  name: string;
  /** Ids and official codes: of the register, CBS (`GM0599`, `599`), GB/T 2260, Wikidata, IATI. Codes of other lists are ignored. */
  codes?: readonly string[] | undefined;
  /** The code of `codes` that is certainly an IATI id: a programme with another one contradicts it. */
  iatiId?: string | undefined;
  /** `NL` or `CN`; no record of another country is found. */
  country?: string | undefined;
  /** A level of `DutchAuthorityLevel` or `ChineseAuthorityLevel`, or a word for one: gemeente, province, 市. */
  level?: string | undefined;
  /** The area that the authority is in, its province or prefecture: a name or an id. */
  within?: string | undefined;
  /** The day that the row is about, as a partial date: of an authority that was dissolved before, its successor is the one. */
  on?: string | undefined;
  /** The sides of a partnership, each as an id, a code or a name. The name, `Rotterdam – Shanghai`, gives them too. */
  dutch?: string | undefined;
  chinese?: string | undefined;
}

/** The parts of a score, in the order in which they are listed. */
export const FEATURES = ['code', 'name', 'dutch', 'chinese', 'within', 'qualifier', 'level', 'country', 'day'] as const;
export type FeatureName = (typeof FEATURES)[number];

/** One comparison of a query with a record: from 0, which contradicts, to 1, which agrees. */
export interface Feature {
  name: FeatureName;
  value: number;
  weight: number;
}

/** The kinds of likeness between a name and one of a record. */
export type NameMatch = 'equal' | 'older' | 'abbreviation' | 'slip' | 'part';

export interface Candidate {
  id: string;
  /** The weighted mean of the features, from 0 to 100. */
  score: number;
  features: Feature[];
  /** The name of the record that resembles the query most, as the register spells it; null if only a code does. */
  matched: string | null;
  /** The kind of likeness. */
  matchedBy: NameMatch | 'code';
  /** Name or code is equal, and nothing in the query contradicts. */
  isCertain: boolean;
}

export interface Match {
  /** The id of the record, if one candidate is certain and clearly ahead of the others. */
  automatic?: string;
  /** The best candidates, best first. */
  candidates: Candidate[];
}

/** Limits the candidates of a query. */
export const MAX_CANDIDATES = 10;

/** The points that the first candidate must be ahead of the second. */
const CLEAR_LEAD = 10;

/** Returns the score of features: their weighted mean, from 0 to 100 with one decimal. */
export function scoreOf(features: readonly Feature[]): number {
  const weights = features.reduce((sum, { weight }) => sum + weight, 0);
  const values = features.reduce((sum, { value, weight }) => sum + value * weight, 0);
  return weights === 0 ? 0 : Math.round((values / weights) * 1_000) / 10;
}

/**
 * Sorts candidates, best first, and decides whether the first one is the record. A wrong decision is worse than ten questions.
 * A record that was found in several ways, such as by its own name and by that of a predecessor, is one candidate.
 */
export function decide(candidates: readonly Candidate[], max = MAX_CANDIDATES): Match {
  const ordered = [...candidates].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const sorted = [...Map.groupBy(ordered, ({ id }) => id).values()].flatMap(([best]) => best ?? []);
  const [first, second] = sorted;
  const isAhead = first !== undefined && first.score - (second?.score ?? 0) >= CLEAR_LEAD;
  return {
    ...(first?.isCertain && isAhead && { automatic: first.id }),
    candidates: sorted.slice(0, max),
  };
}
