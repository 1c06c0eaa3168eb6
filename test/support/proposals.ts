import sql, { join, raw } from 'sql-template-tag';
import { expect } from 'vitest';
import type { Identity } from '../../src/access/identity.js';
import type { Database } from '../../src/database/open.js';
import { tables } from '../../src/export-tables.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ADMIN, type Ask } from './api.js';
import { fingerprint, type Json } from './calls.js';

const PROPOSAL = `id state version basis changeSet revertChangeSet
  counts { total create revise same conflict ambiguous unmatched refused stale }
  items(first: 100) { totalCount nodes { id place verdict subjectId subject { id } decision choice isApplied
    fields { field atBasis now proposed isConflict } candidates { id path score node { id } }
    problems { rule path message } } }`;
const ERRORS = 'userErrors { code rule path message currentVersion }';

/** The source of the proposals of tests. */
export const source = { title: 'List of partnerships', publisher: 'Gemeente Test', url: 'https://example.org/list' };

/** The mutations of proposals over an API, with all that they answer. */
export function proposalCalls(ask: Ask) {
  const call = async (mutation: string, input: Json, identity: Identity = ADMIN): Promise<Json> => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation($input: ${type}!) { ${mutation}(input: $input) { proposal { ${PROPOSAL} } ${ERRORS} } }`;
    const { data, errors } = await ask(document, { input }, identity);
    expect(errors).toBeUndefined();
    return data[mutation];
  };
  /** Submits rows, which must make a proposal. */
  const submit = async (concept: string, rows: Json[], more: Json = {}): Promise<Json> => {
    const input = { concept, source, rows: rows.map(values => ({ values })), ...more };
    const { proposal, userErrors } = await call('submitProposal', input);
    expect(userErrors).toEqual([]);
    expectSum(proposal);
    return proposal;
  };
  const apply = ({ id, basis }: Json, more: Json = {}): Promise<Json> =>
    call('applyProposal', { id, expectedBasis: basis, ...more });
  const decide = ({ id, version }: Json, decisions: Json[]): Promise<Json> =>
    call('decideProposalItems', { id, expectedVersion: version, decisions });
  return { call, submit, apply, decide };
}

/** Checks that the verdicts of a proposal add up to its rows. */
export function expectSum({ counts: { total, ...byVerdict }, items }: Json): void {
  expect(total).toBe(items.totalCount);
  expect(Object.values(byVerdict as Record<string, number>).reduce((sum, count) => sum + count, 0)).toBe(total);
}

/** Returns the verdicts of a proposal, in the order of its rows. */
export const verdicts = ({ items }: Json): string[] => items.nodes.map(({ verdict }: Json) => verdict);

/** Returns a hash of every table of the register but those of proposals, without their changes in the log. */
export async function fingerprintWithoutProposals(database: Database): Promise<Record<string, string>> {
  const hashes = Object.entries(await fingerprint(database));
  const others = hashes.filter(([table]) => !/^(?:history\.)?proposal(?:_item)?$/.test(table));
  const log = sql`select md5(string_agg(t::text, '|' order by t::text)) as hash from change t where subject_type <> 'PROPOSAL'`;
  const [change] = await queryRows<{ hash: string }>(database.em.fork(), log);
  return { ...Object.fromEntries(others), change: change?.hash ?? '' };
}

/** Returns all rows of all exports with their provenance, without what every change changes. */
export async function exportsOf({ em }: Database): Promise<Json> {
  const all: Json = {};
  for (const { name, columns, from, listing } of tables) {
    const kept = columns.filter(column => !['version', 'updatedAt'].includes(column.name));
    const values = kept.map(({ value }) => value);
    const rows = sql`select json_build_array(${join(values)}) as row from ${from} order by ${raw(listing.alias)}.id`;
    all[name] = (await queryRows<{ row: Json }>(em.fork(), rows)).map(({ row }) => row);
  }
  return all;
}

/** Returns the rows of an export as a file has them: JSON, or the texts of a flat file. */
export async function exportedRows(
  { em }: Database,
  name: string,
  isFlat: boolean,
  provenance = false,
): Promise<Json[]> {
  const table = tables.find(candidate => candidate.name === name);
  if (!table) throw new Error(name);
  const columns = table.columns.filter(column => provenance || !column.provenance);
  const values = columns.map(({ value, text }) => (isFlat && text) || value);
  const rows = await queryRows<{ row: Json[] }>(
    em.fork(),
    sql`select json_build_array(${join(values)}) as row from ${table.from} order by ${raw(table.listing.alias)}.id`,
  );
  const flat = (value: Json) => (Array.isArray(value) ? value.join('; ') : value === null ? '' : String(value));
  return rows.map(({ row }) =>
    Object.fromEntries(columns.map((column, index) => [column.name, isFlat ? flat(row[index]) : row[index]])),
  );
}
