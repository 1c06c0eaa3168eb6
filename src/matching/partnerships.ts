import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import { codeIn, codesIn } from './codes.js';
import { dayValue, feature } from './features.js';
import { type Candidate, type Match, type MatchQuery, scoreOf } from './match.js';

/** The sides of a partnership as a row names them; which is Dutch may be open. */
export type SidePair = readonly [first: string, other: string];

/** Separators of the sides: most with a space on each side, since names have hyphens, too. */
const BETWEEN = / (?:[-‐-―~×x&+]|<?->?|en|and|met|with) |[–—↔/与和]/iu;

/** Returns the pairs of names that the name of a partnership may be: one, unless only hyphens without spaces separate them. */
export function sidesIn({ name, dutch, chinese }: MatchQuery): SidePair[] {
  if (dutch || chinese) return [[dutch ?? '', chinese ?? '']];
  const parts = name
    .split(/\s/)
    .filter(Boolean)
    .join(' ')
    .split(BETWEEN)
    .map(part => part.trim());
  if (parts.length === 2) return [[parts[0] ?? '', parts[1] ?? '']];
  if (parts.length > 2 || codeIn(name)) return [];
  const hyphens = [...name.matchAll(/-/g)].map(({ index }) => index);
  return hyphens.slice(0, 3).map(at => [name.slice(0, at), name.slice(at + 1)] as const);
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
  em: EntityManager,
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

/** Returns the candidate for a query with the id of a partnership. */
export function partnershipByCode({ id }: PartnershipRow): Candidate {
  const features = [feature('code', 1)];
  return { id, score: scoreOf(features), features, matched: null, matchedBy: 'code', isCertain: true };
}
