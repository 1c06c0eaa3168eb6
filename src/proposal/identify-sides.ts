import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { partialDateProblem } from '../graph/types/partial-date.js';
import type { Candidate, IdentifyOptions } from './candidate.js';
import type { Leaf } from './leaf.js';
import type { ParsedRow } from './parsed-row.js';
import type { NameMatch } from './row.js';

const SIDES = [
  ['dutch', 'DutchAuthority', 'nl-'],
  ['chinese', 'ChineseAuthority', 'cn-'],
] as const;
type Side = (typeof SIDES)[number];

/** A side that a row names without an id, or with one that a code or a name may contradict. */
interface NamedSide {
  row: number;
  side: Side;
  /** The id that the row has. */
  own?: string;
  name: string;
  codes: string[];
  /** The start of the row, on which the side was there; undefined if it is unknown, or the row has the id of the side. */
  on?: string | undefined;
}

/** The sides of a row that are not certain. */
interface UnsureSides {
  /** Their paths, such as `dutch.id`. */
  paths: string[];
  candidates: Candidate[];
}

/**
 * Finds the sides that rows name by an official code or a name, and puts their ids into the rows. A fixed number of
 * statements.
 *
 * @returns Per row the sides that are not certain; undefined if all are.
 */
export async function identifySides(
  em: Fork,
  rows: readonly ParsedRow[],
  { concept, matchNames }: IdentifyOptions,
): Promise<(UnsureSides | undefined)[]> {
  const named = rows.flatMap((parsed, row) =>
    SIDES.flatMap(side => namedSide(parsed, row, side, concept.leaves) ?? []),
  );
  const unsure: (UnsureSides | undefined)[] = rows.map(() => undefined);
  if (named.length === 0) return unsure;
  const byCode = await authoritiesByCode(
    em,
    named.flatMap(({ codes }) => codes),
  );
  const coded = named.map(({ side, codes, own, ...others }) => {
    const ids = [...new Set(codes.flatMap(code => byCode.get(code) ?? []))].filter(id => id.startsWith(side[2]));
    // An id of no record stays, and is refused: a code does not replace it.
    const isMissing = own !== undefined && !others.name && !ids.includes(own);
    return { ...others, side, codes, id: isMissing ? own : ids.length === 1 ? ids[0] : undefined };
  });
  const open = coded.filter(({ row, side, name, id }) => {
    // A name beside a code may contradict it.
    if (id === undefined || (name && matchNames)) return true;
    setSide(rows[row] as ParsedRow, side, concept.leaves, id);
    return false;
  });
  const matches: NameMatch[] = matchNames
    ? await matchNames(
        em,
        open.map(({ name, codes, side, on }) => ({ type: side[1], name, codes, on })),
      )
    : open.map(() => ({ candidates: [] }));
  for (const [n, { row, side, id: ofCode }] of open.entries()) {
    const { automatic, candidates = [] } = matches[n] ?? {};
    const agreeing = candidates.find(({ id, features }) => id === ofCode && nameValue(features) >= NAME_AGREES);
    const certain = automatic ?? agreeing?.id;
    if (certain !== undefined) setSide(rows[row] as ParsedRow, side, concept.leaves, certain);
    else {
      const sideCandidates = candidates.map(({ id, score, features, matched }) => ({
        id,
        path: `${side[0]}.id`,
        score,
        why: features,
        matched,
      }));
      const others = unsure[row];
      unsure[row] = {
        paths: [...(others?.paths ?? []), `${side[0]}.id`],
        candidates: [...(others?.candidates ?? []), ...sideCandidates],
      };
    }
  }
  return unsure;
}

/** The value of the feature `name` from which a name does not contradict the code beside it. */
const NAME_AGREES = 0.5;

const nameValue = (features: unknown): number =>
  (features as { name: string; value: number }[]).find(({ name }) => name === 'name')?.value ?? 0;

/** Returns the text of a cell; a number, such as a code in JSON or in a spreadsheet, as its digits. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() ? value : undefined;
}

function namedSide(
  { cells, row: { values } }: ParsedRow,
  row: number,
  side: Side,
  leaves: ReadonlyMap<string, Leaf>,
): NamedSide | undefined {
  const [field, , prefix] = side;
  const cell = textOf(cells.get(leaves.get(`${field}.id`) as Leaf));
  const id = cell?.startsWith(prefix) ? cell : undefined;
  const codes = ['cbsCode', 'gbCode', 'code', 'wikidataId'].flatMap(code => textOf(values[`${field}.${code}`]) ?? []);
  const languages = ['name', 'names.nl', 'names.en', 'names.zh', 'names.pinyin'];
  const stated = languages.map(language => textOf(values[`${field}.${language}`])).find(text => text);
  if (id !== undefined)
    return stated || codes.length ? { row, side, own: id, name: stated ?? '', codes: [id, ...codes] } : undefined;
  const name = cell ?? stated ?? '';
  const on = textOf(cells.get(leaves.get('startedOn') as Leaf));
  const isDate = on !== undefined && !partialDateProblem(on);
  return name || codes.length ? { row, side, name, codes, on: isDate ? on : undefined } : undefined;
}

function setSide({ cells }: ParsedRow, [field]: Side, leaves: ReadonlyMap<string, Leaf>, id: string): void {
  cells.set(leaves.get(`${field}.id`) as Leaf, id);
}

async function authoritiesByCode(em: Fork, codes: readonly string[]): Promise<Map<string, string[]>> {
  const byCode = new Map<string, string[]>();
  if (codes.length === 0) return byCode;
  const wanted = [...new Set(codes)];
  const rows = await queryRows<{ id: string; code: string | null; item: string | null }>(
    em,
    sql`select id, code, wikidata_id as item from authority
      where id = any(${wanted}::text[]) or code = any(${wanted}::text[]) or wikidata_id = any(${wanted}::text[])`,
  );
  for (const { id, code, item } of rows) {
    for (const key of [id, code, item]) if (key) byCode.set(key, [...(byCode.get(key) ?? []), id]);
  }
  return byCode;
}
