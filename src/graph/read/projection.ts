import type { EntityManager } from '@mikro-orm/sql';
import { raw, type Sql } from 'sql-template-tag';
import type { Selection } from '../execute/plan.js';
import {
  columnNameOf,
  type EntityClass,
  type EntityMetadata,
  type EntityProperty,
  metadataOf,
  selectListOf,
  storedProperties,
} from '../sql/columns.js';
import {
  assemble,
  constantRequests,
  type EagerList,
  type EagerListPlanner,
  type EagerReads,
  type EagerRecord,
  listKeys,
  type RowAssembler,
} from './eager.js';
import { type Joins, StatementBuilder } from './statement-builder.js';

/** The columns that a statement reads of a concept's records, the references that it joins, the lists that it fetches. */
export interface Projection {
  /** Equal for projections that read the same. */
  key: string;
  /** The record's own columns: `p."id" as "id", p."dutch_id" as "dutch"`. */
  columns: Sql;
  /** The names of those columns: `id`, `dutch`. */
  names: string[];
  /** The columns of references and lists, and the joins of a subquery `page` to them; `undefined` if there are none. */
  joins: Joins | undefined;
  /** Assembles a row: referred records in place of their ids, and lists. `undefined` if the row is complete. */
  assemble: RowAssembler | undefined;
}

/** By concept, then by selection: one selection of an interface applies to several concepts. */
const projections = new WeakMap<EntityMetadata, WeakMap<Selection | EntityMetadata, Projection>>();

/**
 * Returns the projection of a concept for a selection, built once per planned document: the columns of the selected
 * fields (see `@RequiresColumns`) and the id. References with selected fields are joined, lists with constant arguments
 * are fetched. Without a selection: all columns except lazy ones, no joins, no lists.
 *
 * The gain over reading all columns and loading references by id is in `test/bench/RESULTS.md`.
 */
export function projectionOf<T>(
  em: EntityManager,
  entity: EntityClass<T>,
  alias: string,
  selection: Selection | undefined,
): Projection {
  const meta = metadataOf(em, entity);
  let bySelection = projections.get(meta);
  if (!bySelection) {
    bySelection = new WeakMap();
    projections.set(meta, bySelection);
  }
  let projection = bySelection.get(selection ?? meta);
  if (!projection) {
    projection = buildProjection(em, meta, alias, selection);
    bySelection.set(selection ?? meta, projection);
  }
  return projection;
}

function buildProjection(
  em: EntityManager,
  meta: EntityMetadata,
  alias: string,
  selection: Selection | undefined,
): Projection {
  const own = selection ? selectedProperties(meta, selection) : storedProperties(meta);
  const builder = new StatementBuilder();
  const page: Parent = { path: '', id: 'page.id', reference: ({ name }) => `page."${name}"` };
  const reads = selection ? addReads(em, builder, meta, selection, page) : { records: [], lists: [] };
  const columns = selectListOf(own, alias);
  return {
    key: [columns, ...builder.columnTexts, ...listKeys(reads)].join(),
    columns: raw(columns),
    names: own.map(({ name }) => name),
    joins: builder.build(),
    assemble: reads.records.length || reads.lists.length ? row => assemble(row, row, reads) : undefined,
  };
}

/** A record in a statement: the subquery `page`, or a joined reference. */
interface Parent {
  /** The prefix of the names of its columns: empty, or `dutch.`. */
  path: string;
  /** The expression of its id. */
  id: string;
  /** The expression of one of its references. */
  reference: (property: EntityProperty) => string;
}

/** Adds the references of a record, depth first, then its lists. */
function addReads(
  em: EntityManager,
  builder: StatementBuilder,
  meta: EntityMetadata,
  selection: Selection,
  parent: Parent,
  lists = plannedLists(em, selection, parent.id),
): EagerReads {
  const records = selectedReferences(meta, selection).flatMap(reference =>
    addReference(em, builder, reference, parent),
  );
  return { records, lists: lists.flatMap(list => (builder.canAddList ? [builder.addList(list)] : [])) };
}

interface Reference {
  property: EntityProperty;
  target: EntityMetadata;
  selection: Selection;
}

/** Adds a reference; returns an empty array if it is to be loaded by id because the statement has all its joins. */
function addReference(
  em: EntityManager,
  builder: StatementBuilder,
  { property, target, selection }: Reference,
  parent: Parent,
): EagerRecord[] {
  const path = `${parent.path}${property.name}`;
  // No table and no other alias begins with @.
  const alias = `"@${path}"`;
  const read = selectedProperties(target, selection).filter(({ name }) => name !== 'id');
  const lists = builder.canAddList ? plannedLists(em, selection, `${alias}.id`) : [];
  // The id is a column of the record that refers to it: nothing is joined for the id alone.
  const needsJoin = read.length > 0 || lists.length > 0 || selectedReferences(target, selection).length > 0;
  if (!needsJoin) return [{ property: property.name, properties: [], records: [], lists: [] }];
  if (!builder.canJoin) return [];
  builder.addJoin(target.root.tableName, alias, parent.reference(property));
  const properties = read.map(column => {
    const name = `${path}.${column.name}`;
    builder.addColumn(alias, columnNameOf(column), name);
    return { name: column.name, column: name };
  });
  const joined: Parent = {
    path: `${path}.`,
    id: `${alias}.id`,
    reference: nested => `${alias}."${columnNameOf(nested)}"`,
  };
  return [{ property: property.name, properties, ...addReads(em, builder, target, selection, joined, lists) }];
}

/** Returns the selected fields that are references and have a selection of their own. */
function selectedReferences({ root }: EntityMetadata, selection: Selection): Reference[] {
  return [...selection.fields.keys()].flatMap(name => {
    const property = root.properties[name];
    const nested = selection.child(name);
    return property?.kind === 'm:1' && property.targetMeta && nested
      ? [{ property, target: property.targetMeta, selection: nested }]
      : [];
  });
}

/** Returns the lists under a record that can be fetched with it. */
function plannedLists(em: EntityManager, selection: Selection, id: string): EagerList[] {
  return [...selection.fields.values()].flatMap(({ definition, plans }) => {
    const planner = definition.extensions.eagerList as EagerListPlanner | undefined;
    return planner?.(em, raw(id), plans.flatMap(constantRequests)) ?? [];
  });
}

/** Returns the columns that the selected fields read, and the id. */
function selectedProperties(meta: EntityMetadata, { fields }: Selection): EntityProperty[] {
  const names = new Set(['id']);
  for (const [field, { definition }] of fields) {
    for (const name of (definition.extensions.requiredColumns as string[] | undefined) ?? [field]) names.add(name);
  }
  return storedProperties(meta).filter(({ name }) => names.has(name));
}
