import sql from 'sql-template-tag';
import { UserErrorCode } from '../change/user-error.js';
import { truncate } from '../graph/errors.js';
import { tableOf } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import type { Candidate, IdentifyOptions } from './candidate.js';
import type { FactsInput, ProposalConcept } from './concept.js';
import { identifySides } from './identify-sides.js';
import type { Leaf } from './leaf.js';
import { cellProblem, isEmpty, type ParsedRow, readableValues } from './parsed-row.js';
import { ProposalPolicy } from './proposal.enums.js';

/** The record that a row is about. */
export type Identity =
  | { kind: 'record'; id: string; isNamed: boolean }
  | { kind: 'new' }
  | { kind: 'ambiguous'; candidates: Candidate[] }
  | { kind: 'unmatched' };

const UNSURE = (candidates: Candidate[]): Identity =>
  candidates.length ? { kind: 'ambiguous', candidates } : { kind: 'unmatched' };

/** Finds the record of each row of a batch: by id, by exact keys, by name. A fixed number of statements. */
export async function identify(em: Fork, rows: readonly ParsedRow[], options: IdentifyOptions): Promise<Identity[]> {
  const { concept, policy } = options;
  const existing = await existingIds(
    em,
    concept,
    rows.flatMap(({ id }) => id ?? []),
  );
  const identities: (Identity | undefined)[] = rows.map(parsed => {
    const { id } = parsed;
    if (id === undefined) return undefined;
    if (existing.has(id)) return { kind: 'record', id, isNamed: true };
    // The register chooses the ids of new records itself.
    if (policy === ProposalPolicy.CREATE_ONLY) return undefined;
    parsed.problems.push(
      cellProblem('id', message('RECORD_MISSING', { id: truncate(id, 120) }), UserErrorCode.NOT_FOUND),
    );
    return { kind: 'unmatched' };
  });
  const open = rows.map((_, index) => index).filter(index => !identities[index]);
  if (open.length === 0) return identities as Identity[];
  const sides = concept.hasSides
    ? await identifySides(
        em,
        open.map(index => rows[index] as ParsedRow),
        options,
      )
    : [];
  const values = open.map(index => readableValues(rows[index] as ParsedRow));
  const idsByRow = await concept.find(em, values);
  const byName = await identifyByName(
    em,
    open.map((_, n) => (idsByRow[n]?.length ? undefined : values[n])),
    options,
  );
  for (const [n, index] of open.entries()) {
    const ids = idsByRow[n];
    const [id] = ids ?? [];
    const unsureSides = sides[n];
    if (unsureSides) identities[index] = UNSURE(unsureSides.candidates);
    else if (id !== undefined && ids?.length === 1) identities[index] = { kind: 'record', id, isNamed: false };
    else if (ids?.length) {
      identities[index] = UNSURE(
        ids.map(candidate => ({ id: candidate, path: 'id', score: 100, why: null, matched: null })),
      );
    } else identities[index] = byName[n] ?? withoutRecord(concept, options, ids !== undefined);
  }
  return identities as Identity[];
}

/** Finds the sides of rows that a person declared new. A side that a row only names, and that is not certain, refuses it. */
export async function identifyNew(em: Fork, rows: readonly ParsedRow[], options: IdentifyOptions): Promise<Identity[]> {
  const { hasSides, leaves } = options.concept;
  const sides = hasSides ? await identifySides(em, rows, options) : [];
  for (const [index, { cells, problems }] of rows.entries()) {
    const lost = sides[index]?.paths.filter(path => isEmpty(cells.get(leaves.get(path) as Leaf))) ?? [];
    problems.push(...lost.map(field => cellProblem(field, message('ROW_VALUE_MISSING', { field }))));
  }
  return rows.map(() => ({ kind: 'new' }));
}

/** Decides on a row for which no record was found. */
function withoutRecord(
  { nameType }: ProposalConcept,
  { policy, matchNames }: IdentifyOptions,
  hasKey: boolean,
): Identity {
  if (policy === ProposalPolicy.CREATE_ONLY) return { kind: 'new' };
  if (policy === ProposalPolicy.UPDATE_ONLY) return { kind: 'unmatched' };
  // Nobody looked for its name: it may be in the register.
  const isSought = hasKey || !nameType || matchNames;
  return isSought ? { kind: 'new' } : { kind: 'unmatched' };
}

async function existingIds(
  em: Fork,
  { subject, prefixes }: ProposalConcept,
  ids: readonly string[],
): Promise<Set<string>> {
  const wanted = ids.filter(id => prefixes.some(prefix => id.startsWith(`${prefix}-`)) && !id.includes('\0'));
  if (wanted.length === 0) return new Set();
  const query = sql`select id from ${tableOf(em, subject.listing.entity)} where id = any(${wanted}::text[])`;
  return new Set((await queryRows<{ id: string }>(em, query)).map(({ id }) => id));
}

const NAME_PATHS = ['names.nl', 'names.en', 'names.zh', 'names.pinyin'];

/** Returns the names of a row, the Dutch one first. */
export const namesOf = (values: FactsInput | undefined): string[] =>
  NAME_PATHS.map(path => values?.[path]).filter(name => typeof name === 'string' && name !== '') as string[];

/** Finds records by name for the rows that have one; undefined for all others, and if no record is meant. */
async function identifyByName(
  em: Fork,
  rows: readonly (FactsInput | undefined)[],
  { concept: { nameType }, matchNames }: IdentifyOptions,
): Promise<(Identity | undefined)[]> {
  const names = rows.map(values => namesOf(values)[0]);
  const open = names.flatMap((name, index) => (name ? [index] : []));
  if (!nameType || !matchNames || open.length === 0) return rows.map(() => undefined);
  const matches = await matchNames(
    em,
    open.map(index => {
      const { country, level, code: official, cbsCode, gbCode, wikidataId, iatiId } = rows[index] as FactsInput;
      const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);
      const codes = [official, cbsCode, gbCode, wikidataId, iatiId].flatMap(code => text(code) ?? []);
      const name = names[index] as string;
      return { type: nameType, name, codes, iatiId: text(iatiId), country: text(country), level: text(level) };
    }),
  );
  const identities: (Identity | undefined)[] = rows.map(() => undefined);
  for (const [n, index] of open.entries()) {
    const { automatic, candidates = [] } = matches[n] ?? {};
    if (automatic !== undefined) identities[index] = { kind: 'record', id: automatic, isNamed: false };
    else if (candidates.length) {
      identities[index] = UNSURE(
        candidates.map(({ id, score, features, matched }) => ({ id, path: 'id', score, why: features, matched })),
      );
    }
  }
  return identities;
}
