import sql from 'sql-template-tag';
import { SearchType } from '../graph/search/search-document.js';
import type { StoredNames } from '../graph/types/names.js';
import { partialDateProblem } from '../graph/types/partial-date.js';
import type { AuthorityQuery } from './authority-query.js';
import { candidateOf, type FoundName } from './candidate.js';
import { better, compareNames } from './compare-names.js';
import { codeValue, dayValue, feature } from './features.js';
import { isOfLevel } from './levels.js';
import type { Candidate, Feature } from './match.js';
import type { ParsedName } from './name-forms.js';
import { type FormsReader, namesIn } from './names-in.js';
import { isShared, provinceAbbreviated } from './places.js';
import type { Source } from './retrieval.js';

/** The columns of an authority that a query is compared with. */
export interface AuthorityRow {
  id: string;
  country: string;
  level: string;
  names: StoredNames;
  code: string | null;
  wikidataId: string | null;
  dissolvedOn: string | null;
  /** Names of the province and the prefecture that it is in, and the code of its province. */
  parent: StoredNames | null;
  prefecture: StoredNames | null;
  parentCode: string | null;
  parentId: string | null;
  prefectureId: string | null;
  /** The authority that it became part of, and the successors of that one, nearest first; null if it has none. */
  successors: readonly Successor[] | null;
}

interface Successor {
  id: string;
  dissolvedOn: string | null;
}

/** Limits the successors of successors that are followed. */
const MAX_SUCCESSORS = 10;

/** The successors of a row: the rules of the register forbid cycles. */
const successors = sql`case when r.succeeded_by_id is not null then (
  with recursive successor as (
    select 1 as place, s.id, s.dissolved_on, s.succeeded_by_id from authority s where s.id = r.succeeded_by_id
    union all
    select place + 1, s.id, s.dissolved_on, s.succeeded_by_id from successor
      join authority s on s.id = successor.succeeded_by_id where place < ${MAX_SUCCESSORS}
  ) select json_agg(json_build_object('id', id, 'dissolvedOn', dissolved_on) order by place) from successor) end`;

export const AUTHORITIES: Source = {
  type: SearchType.AUTHORITY,
  table: sql`authority`,
  codes: ['id', 'code', 'wikidata_id'],
  columns: sql`r.id, r.country, r.level, r.names, r.code, r.wikidata_id as "wikidataId", r.dissolved_on as "dissolvedOn",
    parent.names as parent, parent.code as "parentCode", prefecture.names as prefecture,
    r.parent_id as "parentId", r.prefecture_id as "prefectureId", ${successors} as successors`,
  joins: sql`left join authority parent on parent.id = r.parent_id left join authority prefecture on prefecture.id = r.prefecture_id`,
};

/** Compares a query with an authority. Undefined if neither a code nor a name of it resembles the query. */
export function authorityCandidate(
  query: AuthorityQuery,
  row: AuthorityRow,
  formsOf: FormsReader,
): Candidate | undefined {
  if (query.country !== undefined && query.country !== row.country) return undefined;
  const code = codeValue(query.codes, {
    id: row.id,
    cbs: row.country === 'NL' ? row.code : '',
    gb: row.country === 'CN' ? row.code : '',
    wikidata: row.wikidataId,
  });
  const nameMatch = query.name && bestName(query.name, row, formsOf);
  if (!nameMatch && !code) return undefined;
  const isWithin = (area: string) => isArea(area, row, formsOf);
  const { stated, qualifiers = [] } = query.name ?? {};
  const isPlace = stated && (isOwnName(stated.text, row, formsOf) || isWithin(stated.text));
  const areas = [...qualifiers, ...(isPlace ? [stated.text] : [])].filter(text => !isOwnName(text, row, formsOf));
  const levels =
    query.levels ?? (isPlace ? undefined : stated?.levels) ?? (nameMatch?.isWhole ? undefined : query.name?.levels);
  const within = [query.within, ...(nameMatch?.area ? [nameMatch.area] : []), ...areas.filter(isWithin)].filter(
    area => area !== undefined,
  );
  const { id, day } = onDay(query.on, row);
  const conditions: Feature[] = [
    ...(within.length > 0 ? [feature('within', within.every(isWithin) ? 1 : 0)] : []),
    ...(areas.every(isWithin) ? [] : [feature('qualifier', 0)]),
    ...(levels ? [feature('level', isOfLevel(row.level, levels) ? 1 : 0)] : []),
    ...(query.country ? [feature('country', 1)] : []),
    ...(day === undefined ? [] : [feature('day', day)]),
  ];
  const isNamed =
    nameMatch?.by === 'equal' &&
    !isShared(query.name?.core ?? '', {
      within: within.length > 0,
      country: query.country !== undefined,
    });
  return candidateOf({ id, code, nameMatch, hasName: query.name !== undefined, isNamed, conditions });
}

/** Returns the authority on a day, and as how it existed then: of a dissolved one that which it had become part of. */
function onDay(on: string | undefined, row: AuthorityRow): { id: string; day: number | undefined } {
  const own = { id: row.id, day: dayValue(on, { until: row.dissolvedOn }) };
  if (on === undefined || partialDateProblem(on) || own.day !== 0) return own;
  const later = (row.successors ?? []).map(({ id, dissolvedOn }) => ({
    id,
    day: dayValue(on, { until: dissolvedOn }),
  }));
  return later.find(({ day }) => day !== 0) ?? own;
}

interface AuthorityName extends FoundName {
  /** The name is equal with the words for its level. */
  isWhole: boolean;
  /** The area that stands before or behind the name: `江苏南京`. */
  area?: string;
}

/** Returns the name of an authority that resembles a name most. */
function bestName(asked: ParsedName, row: AuthorityRow, formsOf: FormsReader): AuthorityName | undefined {
  let best: AuthorityName | undefined;
  const areas = [...namesIn(row.parent), ...namesIn(row.prefecture)];
  for (const name of namesIn(row.names)) {
    const own = formsOf(name);
    const isWhole = own.compact === asked.compact;
    const comparison = isWhole ? { value: 1, by: 'equal' as const } : compareNames(asked.coreWords, own.coreWords);
    best = better(best, comparison && { ...comparison, name, isWhole });
    if (best?.value === 1) continue;
    const area = areas.find(text => {
      const area = formsOf(text);
      return [area.core, area.compact].some(words => [words + own.core, own.core + words].includes(asked.core));
    });
    if (area) best = { name, value: 1, by: 'equal', isWhole: false, area };
  }
  return best;
}

const isOwnName = (text: string, { names }: AuthorityRow, formsOf: FormsReader): boolean =>
  namesIn(names).some(name => formsOf(name).core === formsOf(text).core);

/** Returns whether a text names the province or the prefecture of an authority. */
function isArea(text: string, row: AuthorityRow, formsOf: FormsReader): boolean {
  const { parent, prefecture, parentId, prefectureId, parentCode } = row;
  if ([parentId, prefectureId, parentCode].includes(provinceAbbreviated(text) ?? text)) return true;
  const { core } = formsOf(text);
  return [...namesIn(parent), ...namesIn(prefecture)].some(name => formsOf(name).core === core);
}
