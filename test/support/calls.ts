import { readdirSync, readFileSync } from 'node:fs';
import sql, { join, raw } from 'sql-template-tag';
import type { Database } from '../../src/database/open.js';
import { queryRows } from '../../src/graph/sql/query.js';

/** An input or an answer, as a client sends or gets it. */
// biome-ignore lint/suspicious/noExplicitAny: it has the shape that the schema gives it.
export type Json = any;

/** A call of a mutation, and the payload that it comes to when those before it have been made. */
export interface Call {
  mutation: string;
  input: Json;
  payload: Json;
}

const folder = new URL('../mutations/', import.meta.url);

/** One call of every mutation, from `test/mutations`; each builds on those before it, from a freshly seeded register. */
export const allCalls: Call[] = readdirSync(folder)
  .sort()
  .map(file => ({
    mutation: file.replace(/^\d+-|\.json$/g, ''),
    ...JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
  }));

/** Those calls but the last ones, which withdraw what the others recorded. */
export const calls: Call[] = allCalls.slice(
  0,
  allCalls.findIndex(({ mutation }) => mutation === 'withdrawPartnership'),
);

const FIELDS = ['authority', 'partnership', 'programme', 'exchange', 'organisation'] as const;

/** The field of a mutation's payload that holds the record. */
export function recordField(mutation: string): (typeof FIELDS)[number] {
  const lower = mutation.toLowerCase();
  return (lower.includes('partnership') ? 'partnership' : FIELDS.find(field => lower.endsWith(field))) as 'partnership';
}

/** The type of the argument `input` of a mutation. */
export function inputType(mutation: string): string {
  return `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
}

const CHANGE = `kind actor reason subjectType subjectId fields { field before after } subject { __typename id }`;
const CITATIONS = `citations { supports source { title publisher url publishedOn } }`;
const HISTORY = `history(first: 100) { totalCount nodes { kind reason subject { id } } }`;
const NAMES = `names { nl en zh pinyin aliases }`;
const FRAGMENTS = {
  authority: `id version country ${NAMES} name(language: ZH) wikidataId dissolvedOn location { latitude longitude }
    parent { id name children { totalCount } }
    ... on DutchAuthority { dutchLevel: level cbsCode }
    ... on ChineseAuthority { chineseLevel: level gbCode prefecture { id } }
    partnerships { nodes { id dutch { name } chinese { name(language: ZH) } statusPeriods { status } } }
    exchanges(first: 1) { nodes { id title(language: NL) partnership { id } } } ${CITATIONS} ${HISTORY}`,
  partnership: `id version kind status statusSince startedOn endedOn lastEvidenceOn origin motives themes support
    dialogueTopics notes confidence dutch { id name parent { name } } chinese { id ${NAMES} }
    statusPeriods { status from until reason ${CITATIONS} } encouragedBy { id status } nestedIn { id nested { totalCount } }
    programmes { nodes { id name organisations { nodes { id name } } } }
    exchanges { totalCount nodes { id title } } ${CITATIONS} ${HISTORY}`,
  programme: `id version ${NAMES} name description inVngInternationalPortfolio startedOn endedOn funder implementer
    projectCode iatiId budgetEur themes otherPartners notes confidence
    organisations { nodes { id name programmes { totalCount } } } authorities { nodes { id name parent { name } } }
    partnerships { nodes { id statusPeriods { status from } } } exchanges { nodes { id } } ${CITATIONS} ${HISTORY}`,
  exchange: `id version kind subkind title status recurring startedOn endedOn underPartnership participants description
    notes confidence dutch { id name } chinese { id name(language: ZH) parent { id } }
    partnership { id status dutch { id } exchanges { totalCount } } programme { id name } ${CITATIONS} ${HISTORY}`,
  organisation: `id version kind ${NAMES} name role(language: NL) city country startedOn endedOn website
    contactPoints { type value seenIn } notes confidence parent { id name parent { id } }
    programmes { nodes { id name } } ${CITATIONS} ${HISTORY}`,
};
const ERRORS = `userErrors { code rule params path message nl: message(language: NL) zh: message(language: ZH)
  currentVersion changedFields }`;

/** A document that calls a mutation and asks for everything that it can lead to, but times and cursors. */
export function deep(mutation: string): string {
  const field = recordField(mutation);
  return `mutation($input: ${inputType(mutation)}!) {
    ${mutation}(input: $input) { ${field} { ${FRAGMENTS[field]} } change { ${CHANGE} } ${ERRORS} } }`;
}

/** A document that calls a mutation and asks for the least: whether it was written, and why not. */
export function brief(mutation: string): string {
  return `mutation($input: ${inputType(mutation)}!) {
    ${mutation}(input: $input) { ${recordField(mutation)} { id version } change { cursor recordedAt kind } ${ERRORS} } }`;
}

/**
 * Returns a hash of the row versions of every table of the register, by name; those of the past as `history.partnership`. Any
 * write changes it, even one of equal values. Contents, sorted, took most of the time of such tests.
 */
export async function fingerprint({ em }: Database): Promise<Record<string, string>> {
  const tables = await queryRows<{ name: string }>(
    em.fork(),
    sql`select case when schemaname = 'public' then tablename else schemaname || '.' || tablename end as name
      from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const hashes = tables.map(
    ({ name }) =>
      sql`select ${name} as name, count(*) || ' ' || coalesce(sum(hashtextextended(t.ctid || ' ' || t.xmin, 0)), 0) as hash from ${raw(name)} t`,
  );
  const rows = await queryRows<{ name: string; hash: string }>(em.fork(), join(hashes, ' union all '));
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

/** Returns the number of changes in the log. */
export async function changeCount({ em }: Database): Promise<number> {
  const [row] = await queryRows<{ count: number }>(em.fork(), sql`select count(*)::int as count from change`);
  return row?.count ?? 0;
}
