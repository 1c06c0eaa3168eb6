import type { Fork } from '../graph/sql/fork.js';
import { AUTHORITIES, type AuthorityRow, authorityCandidate } from './authorities.js';
import { type AuthorityQuery, authorityQuery } from './authority-query.js';
import { type Candidate, decide, type Match, type MatchQuery } from './match.js';
import type { NameForms } from './name-forms.js';
import {
  type NamedQuery,
  type NamedRow,
  namedCandidate,
  namedQuery,
  ORGANISATIONS,
  PROGRAMMES,
} from './named-records.js';
import { formsReader } from './names-in.js';
import {
  besideCode,
  partnershipByCode,
  partnershipCandidate,
  partnershipIds,
  partnershipsBetween,
  sidesIn,
} from './partnerships.js';
import { type Corrections, correctionsOf, recordsFor, type Sought, type Source, tsqueryOf } from './retrieval.js';

/**
 * Matches a batch of rows from elsewhere to records, each by itself. Takes at most one statement for misspelt words, one for
 * each of authorities, organisations and programmes, and one for partnerships, however many queries there are.
 *
 * @returns One match per query, in their order.
 */
export async function matchRecords(em: Fork, queries: readonly MatchQuery[]): Promise<Match[]> {
  const ties = queries.map(query => (query.type === 'Partnership' ? sidesIn(query) : []));
  const sides = [...new Set(ties.flat(2))].filter(side => side.trim() !== '');
  const sideQueries = sides.map((name): MatchQuery => ({ type: 'Authority', name }));
  const others = queries.filter(({ type }) => type !== 'Partnership');
  const matches = await matchNamed(em, [...others, ...sideQueries]);
  const bySide = new Map(sides.map((side, i) => [side, matches[others.length + i] as Match]));
  const tied = await matchPartnerships(em, queries, ties, bySide);
  let next = 0;
  return queries.map((query, i) => (query.type === 'Partnership' ? (tied[i] as Match) : (matches[next++] as Match)));
}

/** A query and how its records are found and compared. */
interface Plan {
  source: Source;
  names: readonly NameForms[];
  codes: readonly string[];
  compare: (row: never) => Candidate | undefined;
}

async function matchNamed(em: Fork, queries: readonly MatchQuery[]): Promise<Match[]> {
  if (queries.length === 0) return [];
  const plans = queries.map(planner());
  const names = plans.flatMap(plan => plan.names);
  const corrections: Corrections = names.length > 0 ? await correctionsOf(em, names) : new Map();
  const candidates = plans.map((): Candidate[] => []);
  await Promise.all(
    [AUTHORITIES, ORGANISATIONS, PROGRAMMES].map(async source => {
      const batch = plans.flatMap((plan, n) => (plan.source === source ? [sought(n, plan, corrections)] : []));
      if (batch.length === 0) return;
      for (const row of await recordsFor<object>(em, source, batch)) {
        const candidate = plans[row.n]?.compare(row as never);
        if (candidate) candidates[row.n]?.push(candidate);
      }
    }),
  );
  return candidates.map(list => decide(list));
}

/** Returns a function that plans the queries of a batch. */
function planner(): (query: MatchQuery) => Plan {
  const formsOf = formsReader();
  return query => {
    if (query.type === 'Organisation' || query.type === 'Programme') {
      const asked: NamedQuery = namedQuery(query);
      const source = query.type === 'Organisation' ? ORGANISATIONS : PROGRAMMES;
      return planOf(source, asked, (row: NamedRow) => namedCandidate(asked, row));
    }
    const asked: AuthorityQuery = authorityQuery(query);
    return planOf(AUTHORITIES, asked, (row: AuthorityRow) => authorityCandidate(asked, row, formsOf));
  };
}

const planOf = <Row>(
  source: Source,
  { name, codes }: AuthorityQuery | NamedQuery,
  compare: (row: Row) => Candidate | undefined,
): Plan => ({ source, names: name ? [name] : [], codes: [...new Set(codes.map(({ value }) => value))], compare });

function sought(n: number, { names: [name], codes }: Plan, corrections: Corrections): Sought {
  const keys = name ? [name.folded, name.compact, name.coreWords, name.core, name.traditional ?? name.core] : [];
  return { n, query: name && tsqueryOf(name, corrections), keys: [...new Set(keys)], codes };
}

async function matchPartnerships(
  em: Fork,
  queries: readonly MatchQuery[],
  ties: readonly (readonly (readonly [string, string])[])[],
  bySide: ReadonlyMap<string, Match>,
): Promise<Match[]> {
  const NONE: Match = { candidates: [] };
  const ids = queries.map(query => (query.type === 'Partnership' ? partnershipIds(query) : []));
  const sides = [...bySide.values()].flatMap(({ candidates }) => candidates.map(({ id }) => id));
  const isAsked = ids.some(list => list.length > 0) || sides.length > 0;
  const rows = isAsked ? await partnershipsBetween(em, ids.flat(), [...new Set(sides)]) : [];
  return queries.map(({ on }, i) => {
    const pairs = (ties[i] ?? []).map(
      pair => pair.map(side => bySide.get(side)) as [Match | undefined, Match | undefined],
    );
    const codes = ids[i] ?? [];
    const byId = new Map<string, Candidate>();
    for (const row of rows) {
      if (codes.includes(row.id)) byId.set(row.id, partnershipByCode(on || undefined, row, pairs));
      for (const [first = NONE, other = NONE] of byId.has(row.id) ? [] : pairs) {
        const bySides = partnershipCandidate(on || undefined, row, [first, other]);
        const candidate = bySides && codes.length > 0 ? besideCode(bySides) : bySides;
        if (candidate && candidate.score > (byId.get(row.id)?.score ?? 0)) byId.set(row.id, candidate);
      }
    }
    return decide([...byId.values()]);
  });
}
