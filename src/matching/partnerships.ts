import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { MIN_NAME_BESIDE_CODE } from './candidate.js';
import { codeIn, codesIn } from './codes.js';
import { dayValue, feature } from './features.js';
import { type Candidate, type Feature, type Match, type MatchQuery, scoreOf } from './match.js';

/** The sides of a partnership as a row names them; which is Dutch may be open. */
export type SidePair = readonly [first: string, other: string];

/** Separators that no name has. */
const BETWEEN = / (?:[-‐-―~×x&+]|<?->?) |[–—↔/]/iu;
/** Separators that names have, too: Peel en Maas, Noord-Holland, 呼和浩特. */
const WITHIN = / (?:en|and|met|with) |[-与與和]/giu;
const MAX_PAIRS = 4;

/** Returns the pairs of names that the name of a partnership may be: one, unless names have what separates them. */
export function sidesIn({ name, dutch, chinese }: MatchQuery): SidePair[] {
  if (dutch || chinese) return [[dutch ?? '', chinese ?? '']];
  const text = name.normalize('NFKC').split(/\s/).filter(Boolean).join(' ');
  const [first = '', ...others] = text.split(BETWEEN);
  if (others.length > 0) return others.length === 1 ? [[first.trim(), (others[0] as string).trim()]] : [];
  if (codeIn(name)) return [];
  const places = [...text.matchAll(WITHIN)].slice(0, MAX_PAIRS);
  return places.map(({ index, 0: { length } }) => [text.slice(0, index), text.slice(index + length)]);
}

/** Returns the ids of partnerships that a query names. */
export const partnershipIds = ({ name, codes = [] }: MatchQuery): string[] =>
  [...codesIn(codes), ...[codeIn(name)].filter(code => code !== undefined)].flatMap(({ scheme, value }) =>
    scheme === 'id' && value.startsWith('tie-') ? [value] : [],
  );

export interface PartnershipRow {
  id: string;
  dutch: string;
  chinese: string;
  startedOn: string | null;
  endedOn: string | null;
}

/** Reads the partnerships with one of these ids, or between any of these sides, in one statement. */
export function partnershipsBetween(
  em: Fork,
  ids: readonly string[],
  sides: readonly string[],
): Promise<PartnershipRow[]> {
  return queryRows(
    em,
    sql`select id, dutch_id as dutch, chinese_id as chinese, started_on as "startedOn", ended_on as "endedOn"
      from partnership where id = any(${[...ids]}::text[])
        or dutch_id = any(${[...sides]}::text[]) and chinese_id = any(${[...sides]}::text[])`,
  );
}

/** Compares a pair of sides, each matched to authorities of either country, with a partnership. */
export function partnershipCandidate(
  on: string | undefined,
  row: PartnershipRow,
  [first, other]: readonly [Match, Match],
): Candidate | undefined {
  const byOrder = [
    [first, other],
    [other, first],
  ].map(([dutch, chinese]) => {
    const ofDutch = dutch?.candidates.find(({ id }) => id === row.dutch);
    const ofChinese = chinese?.candidates.find(({ id }) => id === row.chinese);
    if (!ofDutch || !ofChinese) return undefined;
    const isCertain = dutch?.automatic === row.dutch && chinese?.automatic === row.chinese;
    const features = [feature('dutch', ofDutch.score / 100), feature('chinese', ofChinese.score / 100)];
    return { isCertain, features, matched: `${ofDutch.matched ?? row.dutch} – ${ofChinese.matched ?? row.chinese}` };
  });
  const [ofSides] = byOrder.filter(candidate => candidate !== undefined);
  if (!ofSides) return undefined;
  const day = on === undefined ? undefined : dayValue(on, { from: row.startedOn, until: row.endedOn });
  const features = [...ofSides.features, ...(day === undefined ? [] : [feature('day', day)])];
  return {
    id: row.id,
    score: scoreOf(features),
    features,
    matched: ofSides.matched,
    matchedBy: 'equal',
    isCertain: ofSides.isCertain && (day === undefined || day === 1),
  };
}

/**
 * Compares a query that has the id of a partnership with that one. Sides and a day that contradict the id leave it uncertain.
 *
 * @param pairs The pairs of sides that the query may have, each side undefined if it names none.
 */
export function partnershipByCode(
  on: string | undefined,
  row: PartnershipRow,
  pairs: readonly (readonly [Match | undefined, Match | undefined])[],
): Candidate {
  const orders = pairs.flatMap(([first, other]) => [
    [first, other],
    [other, first],
  ]);
  const sides = orders.map(([dutch, chinese]) => [
    ...(dutch ? [sideFeature('dutch', dutch, row.dutch)] : []),
    ...(chinese ? [sideFeature('chinese', chinese, row.chinese)] : []),
  ]);
  const [ofSides = []] = sides.sort((a, b) => scoreOf(b) - scoreOf(a));
  const day = on === undefined ? undefined : dayValue(on, { from: row.startedOn, until: row.endedOn });
  const features = [feature('code', 1), ...ofSides, ...(day === undefined ? [] : [feature('day', day)])];
  const isCertain = ofSides.every(({ value }) => value > 0) && (day === undefined || day === 1);
  return { id: row.id, score: scoreOf(features), features, matched: null, matchedBy: 'code', isCertain };
}

/** Compares a side with that of a partnership; 0 if a part of its score contradicts. */
function sideFeature(name: 'dutch' | 'chinese', { candidates }: Match, id: string): Feature {
  const candidate = candidates.find(other => other.id === id);
  const agrees = candidate?.features.every(({ value }) => value >= MIN_NAME_BESIDE_CODE);
  return feature(name, candidate && agrees ? candidate.score / 100 : 0);
}

/** Returns a candidate by its sides for a query that has the id of another partnership. */
export function besideCode(candidate: Candidate): Candidate {
  const features = [feature('code', 0), ...candidate.features];
  return { ...candidate, features, score: scoreOf(features), isCertain: false };
}
