import sql from 'sql-template-tag';
import { SearchType } from '../graph/search/search-document.js';
import type { StoredNames } from '../graph/types/names.js';
import { compact } from '../graph/types/text.js';
import { candidateOf } from './candidate.js';
import { type Code, codeIn, codesIn } from './codes.js';
import { better, type Comparison, compareNames } from './compare-names.js';
import { codeValue, dayValue, feature } from './features.js';
import type { Candidate, MatchQuery } from './match.js';
import { formsOf, type NameForms } from './name-forms.js';
import { namesIn } from './names-in.js';
import { countryNamed } from './places.js';
import type { Source } from './retrieval.js';

/** A query for an organisation or a programme, understood. */
export interface NamedQuery {
  codes: readonly Code[];
  iatiId: string | undefined;
  name: NameForms | undefined;
  country: string | undefined;
  on: string | undefined;
}

export function namedQuery({ name, codes = [], iatiId, country, on }: MatchQuery): NamedQuery {
  const code = codeIn(name);
  return {
    codes: [...(code ? [code] : []), ...codesIn(codes)],
    iatiId: iatiId || undefined,
    name: code || name.trim() === '' ? undefined : formsOf(name),
    country: country ? (countryNamed(country) ?? country) : undefined,
    on: on || undefined,
  };
}

/** The columns of an organisation or a programme that a query is compared with. */
export interface NamedRow {
  id: string;
  names: StoredNames;
  country: string | null;
  startedOn: string | null;
  endedOn: string | null;
  iatiId: string | null;
  projectCode: string | null;
}

export const ORGANISATIONS: Source = {
  type: SearchType.ORGANISATION,
  table: sql`organisation`,
  codes: ['id'],
  columns: sql`r.id, r.names, r.country, r.started_on as "startedOn", r.ended_on as "endedOn",
    null as "iatiId", null as "projectCode"`,
};

export const PROGRAMMES: Source = {
  type: SearchType.PROGRAMME,
  table: sql`programme`,
  codes: ['id', 'iati_id', 'project_code'],
  columns: sql`r.id, r.names, null as country, r.started_on as "startedOn", r.ended_on as "endedOn",
    r.iati_id as "iatiId", r.project_code as "projectCode"`,
};

/** Compares a query with an organisation or a programme. */
export function namedCandidate(query: NamedQuery, row: NamedRow): Candidate | undefined {
  if (query.country !== undefined && row.country !== null && query.country !== row.country) return undefined;
  const { iatiId: iati, projectCode: project } = row;
  // A code without a form of its own is compared with both lists; one that is equal decides.
  const equal = query.codes.some(
    ({ scheme, value }) => (scheme === 'iati' ? iati : project) === value && scheme !== 'id',
  );
  const code = equal
    ? 1
    : codeValue(contradicts(query, row) ? [...query.codes, OTHER_ID] : query.codes, { id: row.id });
  const nameMatch = query.name && bestName(query.name, row.names);
  if (!nameMatch && !code) return undefined;
  const day = query.on === undefined ? undefined : dayValue(query.on, { from: row.startedOn, until: row.endedOn });
  const conditions = [
    ...(query.country ? [feature('country', row.country === null ? 0.5 : 1)] : []),
    ...(day === undefined ? [] : [feature('day', day)]),
  ];
  const isNamed = nameMatch?.by === 'equal';
  return candidateOf({ id: row.id, code, nameMatch, hasName: query.name !== undefined, isNamed, conditions });
}

/** A code of no record, in the place of one that a record does not have. */
const OTHER_ID: Code = { scheme: 'id', value: '' };

/**
 * Returns whether a programme has another code than a query of which no code is equal: another IATI id, or, for a code that
 * may be of either list, other codes of both.
 */
function contradicts({ codes, iatiId }: NamedQuery, { iatiId: iati, projectCode: project }: NamedRow): boolean {
  if (iati === null) return false;
  return iatiId !== undefined || (project !== null && codes.some(({ scheme }) => scheme === 'iati'));
}

/** A name with its abbreviation: `Vereniging van Nederlandse Gemeenten (VNG)`. */
const ABBREVIATED = /^([^()]+)\(([^()]+)\)$/;

/** Returns the name that resembles a name most: the whole of it, or the part without or within brackets. */
function bestName({ folded }: NameForms, names: StoredNames): (Comparison & { name: string }) | undefined {
  let best: (Comparison & { name: string }) | undefined;
  for (const name of namesIn(names)) {
    const [, long, short] = ABBREVIATED.exec(name) ?? [];
    for (const text of [name, ...(long ? [long] : [])]) {
      const comparison = compareNames(folded, formsOf(text).folded);
      best = better(best, comparison && { ...comparison, name });
    }
    if (short && compact(short) === folded.replaceAll(' ', ''))
      best = better(best, { value: 0.9, by: 'abbreviation', name });
  }
  return best;
}
