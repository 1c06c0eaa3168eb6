import type { EntityManager } from '@mikro-orm/sql';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { EntityClass } from './columns.js';
import type { Selection } from './execute/selection.js';

/** As much of MikroORM's metadata as it takes to name columns. */
interface Meta {
  root: { tableName: string; properties: Record<string, Property>; props: Property[] };
}
interface Property {
  name: string;
  kind: string;
  fieldNames?: string[];
  persist?: boolean;
  lazy?: boolean;
  targetMeta?: Meta;
}

/** A record that comes along with the one that refers to it. */
interface Joined {
  /** The property that refers to it. */
  property: string;
  /** What its columns are called: `dutch.`, `partnership.dutch.`. */
  prefix: string;
  properties: string[];
  joined: Joined[];
}

/** What a statement reads of a record: the columns that are asked for, and the records it refers to, as far as they are. */
export interface Projection {
  /** Equal for two that read the same. */
  key: string;
  /** The record's own columns: `p."started_on" as "startedOn", …`. */
  columns: Sql;
  /** Columns of the referred records, and the joins to them from a subquery `page`; undefined when none is asked for. */
  joins: { columns: Sql; from: Sql } | undefined;
  /** Puts referred records into a row, in place of their ids. */
  nest(row: object): void;
}

/** References of references come along too, up to this many in one statement; what is beyond is loaded by id. */
const MOST_JOINS = 6;

/** By concept, then by what is asked: of an interface the same is asked of several concepts. */
const known = new WeakMap<Meta, WeakMap<Selection | Meta, Projection>>();

/**
 * What to read of a concept's records for what an operation asks of them: the columns of the fields that are selected,
 * those that a field says it `@Reads`, and always the id. A reference whose fields are selected is joined. Without a
 * selection, all columns but lazy ones and no references.
 *
 * What that gains against reading all columns and loading references by id stands in `test/bench/RESULTS.md`.
 */
export function projectionOf<T>(
  em: EntityManager,
  entity: EntityClass<T>,
  alias: string,
  selection: Selection | undefined,
): Projection {
  const meta = em.getMetadata(entity as never) as unknown as Meta;
  let ofConcept = known.get(meta);
  if (!ofConcept) {
    ofConcept = new WeakMap();
    known.set(meta, ofConcept);
  }
  let found = ofConcept.get(selection ?? meta);
  if (!found) {
    found = project(meta, alias, selection);
    ofConcept.set(selection ?? meta, found);
  }
  return found;
}

function project(meta: Meta, alias: string, selection: Selection | undefined): Projection {
  const columns: string[] = [];
  const from: string[] = [];
  const joinsOf = (its: Meta, asked: Selection | undefined, prefix: string): Joined[] => {
    const found: Joined[] = [];
    for (const [name, { below }] of asked?.fields ?? []) {
      const { kind, targetMeta, fieldNames } = its.root.properties[name] ?? {};
      const beyond = asked?.below(name);
      if (kind !== 'm:1' || !targetMeta || !beyond || !below.length || from.length >= MOST_JOINS) continue;
      const path = `${prefix}${name}`;
      // A name that no table has, nor anything else in a statement.
      const alias = `"@${path}"`;
      const reference = prefix ? `"@${prefix.slice(0, -1)}"."${fieldNames?.[0]}"` : `page."${name}"`;
      from.push(`left join "${targetMeta.root.tableName}" ${alias} on ${alias}.id = ${reference}`);
      const properties = propertiesOf(targetMeta, beyond);
      columns.push(...properties.map(one => `${alias}."${one.fieldNames?.[0]}" as "${path}.${one.name}"`));
      const joined = joinsOf(targetMeta, beyond, `${path}.`);
      found.push({ property: name, prefix: `${path}.`, properties: properties.map(one => one.name), joined });
    }
    return found;
  };
  const own = propertiesOf(meta, selection).map(({ name, fieldNames }) => `${alias}."${fieldNames?.[0]}" as "${name}"`);
  const joined = joinsOf(meta, selection, '');
  return {
    key: [...own, ...columns].join(),
    columns: raw(own.join(', ')),
    joins: joined.length ? { columns: raw(columns.join(', ')), from: raw(from.join(' ')) } : undefined,
    nest: row => {
      for (const one of joined) nest(row as Row, row as Row, one);
    },
  };
}

type Row = Record<string, unknown>;

function nest(into: Row, row: Row, { property, prefix, properties, joined }: Joined): void {
  if (into[property] === null) return;
  const record: Row = {};
  for (const name of properties) record[name] = row[prefix + name];
  for (const one of joined) nest(record, row, one);
  into[property] = record;
}

function propertiesOf({ root }: Meta, selection: Selection | undefined): Property[] {
  const stored = root.props.filter(
    ({ persist, lazy, fieldNames }) => persist !== false && !lazy && fieldNames?.length === 1,
  );
  if (!selection) return stored;
  const asked = new Set(['id']);
  for (const [name, { definition }] of selection.fields) {
    for (const one of (definition.extensions.reads as string[] | undefined) ?? [name]) asked.add(one);
  }
  return stored.filter(({ name }) => asked.has(name));
}

/** A list with what its records refer to; the place of each in the list is kept. */
export function listWithJoins(list: Sql, projection: Projection): Sql {
  return projection.joins ? sql`${withJoins(numbered(list), projection)} order by page."~"` : list;
}

/** A page with a number for each row, since a join may give them in any order. */
export function numbered(page: Sql): Sql {
  return sql`select *, row_number() over () as "~" from (${page}) page`;
}

/** Records in no order, with what they refer to. */
export function withJoins(records: Sql, { joins }: Projection): Sql {
  return joins ? sql`select page.*, ${joins.columns} from (${records}) page ${joins.from}` : records;
}

/** Columns that say where a row stands in its list, for its cursor: `~0`, `~1`, …. */
export function positions(expressions: readonly Sql[]): Sql {
  return expressions.length
    ? sql`, ${join(expressions.map((one, i) => sql`${one}::text as ${raw(`"~${i}"`)}`))}`
    : empty;
}
