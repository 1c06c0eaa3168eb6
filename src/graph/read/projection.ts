import type { EntityManager } from '@mikro-orm/sql';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Selection } from '../execute/plan.js';
import type { EntityClass } from '../sql/columns.js';
import {
  assemble,
  constantRequests,
  type EagerListColumn,
  type EagerListPlanner,
  type EagerReads,
  type EagerRecord,
  planKeys,
} from './eager.js';

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

/** What a statement reads of a record: the columns that are asked for, and the records it refers to, as far as they are. */
export interface Projection {
  /** Equal for two that read the same. */
  key: string;
  /** The record's own columns: `p."started_on" as "startedOn", …`. */
  columns: Sql;
  /** What those are called. */
  names: string[];
  /** Columns of the referred records, and the joins to them from a subquery `page`; undefined when none is asked for. */
  joins: { columns: Sql; from: Sql } | undefined;
  /** Puts what came along into a row: records in place of their ids, and lists. */
  nest: ((row: object) => void) | undefined;
}

/** References of references come along too, up to this many in one statement; what is beyond is loaded by id. */
const MAX_JOINS = 6;
/** So many lists come along with one concept's records; what is beyond is loaded for all records together. */
const MAX_EAGER_LISTS = 6;

/** By concept, then by what is asked: of an interface the same is asked of several concepts. */
const projections = new WeakMap<Meta, WeakMap<Selection | Meta, Projection>>();

/**
 * What to read of a concept's records for what an operation asks of them: the columns of the fields that are selected,
 * those that a field says it `@Reads`, and always the id. A reference whose fields are selected is joined. Without a
 * selection, all columns but lazy ones and no references. Lists whose fields say how come along as well.
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
  let ofConcept = projections.get(meta);
  if (!ofConcept) {
    ofConcept = new WeakMap();
    projections.set(meta, ofConcept);
  }
  let found = ofConcept.get(selection ?? meta);
  if (!found) {
    found = buildProjection(em, meta, alias, selection);
    ofConcept.set(selection ?? meta, found);
  }
  return found;
}

function buildProjection(em: EntityManager, meta: Meta, alias: string, selection: Selection | undefined): Projection {
  const columns: Sql[] = [];
  const from: string[] = [];
  let listed = 0;

  const joinReferences = (meta: Meta, asked: Selection | undefined, prefix: string): EagerRecord[] => {
    const found: EagerRecord[] = [];
    for (const name of asked?.fields.keys() ?? []) {
      const { kind, targetMeta, fieldNames } = meta.root.properties[name] ?? {};
      const nestedSelection = asked?.child(name);
      if (kind !== 'm:1' || !targetMeta || !nestedSelection || from.length >= MAX_JOINS) continue;
      const path = `${prefix}${name}`;
      // A name that no table has, nor anything else in a statement.
      const alias = `"@${path}"`;
      const [at, properties] = [
        from.length,
        propertiesOf(targetMeta, nestedSelection).filter(one => one.name !== 'id'),
      ];
      const reference = prefix ? `"@${prefix.slice(0, -1)}"."${fieldNames?.[0]}"` : `page."${name}"`;
      from.push(`left join "${targetMeta.root.tableName}" ${alias} on ${alias}.id = ${reference}`);
      const its = properties.map(({ name }) => ({ name, column: `${path}.${name}` }));
      columns.push(
        ...properties.map(({ fieldNames }, i) => raw(`${alias}."${fieldNames?.[0]}" as "${its[i]?.column}"`)),
      );
      const nestedEager = eagerReads(targetMeta, nestedSelection, `${path}.`);
      // Its id stands in the record that refers to it: for that alone nothing is joined.
      if (!its.length && !nestedEager.joined.length && !nestedEager.lists.length) from.splice(at, 1);
      found.push({ property: name, properties: its, ...nestedEager });
    }
    return found;
  };
  const joinLists = (asked: Selection | undefined, id: Sql): EagerListColumn[] => {
    const found: EagerListColumn[] = [];
    for (const { definition, plans } of asked?.fields.values() ?? []) {
      const ahead = definition.extensions.eagerList as EagerListPlanner | undefined;
      for (const list of ahead?.(em, id, plans.flatMap(constantRequests)) ?? []) {
        if (listed >= MAX_EAGER_LISTS) return found;
        const column = `~list${listed}`;
        listed += 1;
        columns.push(sql`(select json_agg(list) from (${list.rows}) list) as ${raw(`"${column}"`)}`);
        found.push({ ...list, column });
      }
    }
    return found;
  };
  const eagerReads = (its: Meta, asked: Selection | undefined, prefix: string): EagerReads => ({
    joined: joinReferences(its, asked, prefix),
    lists: joinLists(asked, raw(prefix ? `"@${prefix.slice(0, -1)}".id` : 'page.id')),
  });

  const own = propertiesOf(meta, selection).map(
    ({ name, fieldNames }) => [`${alias}."${fieldNames?.[0]}"`, name] as const,
  );
  const its = eagerReads(meta, selection, '');
  return {
    key: [...own.flat(), ...columns.map(({ text }) => text), ...planKeys(its)].join(),
    columns: raw(own.map(([column, name]) => `${column} as "${name}"`).join(', ')),
    names: own.map(([, name]) => name),
    joins: columns.length ? { columns: join(columns), from: raw(from.join(' ')) } : undefined,
    nest: its.joined.length || its.lists.length ? row => assemble(row, row, its) : undefined,
  };
}

function propertiesOf({ root }: Meta, selection: Selection | undefined): Property[] {
  const stored = root.props.filter(
    ({ persist, lazy, fieldNames }) => persist !== false && !lazy && fieldNames?.length === 1,
  );
  if (!selection) return stored;
  const asked = new Set(['id']);
  for (const [name, { definition }] of selection.fields) {
    for (const one of (definition.extensions.requiredColumns as string[] | undefined) ?? [name]) asked.add(one);
  }
  return stored.filter(({ name }) => asked.has(name));
}
