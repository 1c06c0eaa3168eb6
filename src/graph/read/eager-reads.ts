import type { EntityManager } from '@mikro-orm/sql';
import { raw } from 'sql-template-tag';
import type { Selection } from '../execute/plan.js';
import { columnNameOf, type EntityMetadata, type EntityProperty, storedProperties } from '../sql/columns.js';
import { constantRequests, type EagerList, type EagerListPlanner, type EagerReads, type EagerRecord } from './eager.js';
import type { StatementBuilder } from './statement-builder.js';

/** A record in a statement: the subquery `page`, or a joined reference. */
export interface Parent {
  /** The prefix of the names of its columns: empty, or `dutch.`. */
  path: string;
  /** The expression of its id. */
  id: string;
  /** The expression of one of its references. */
  reference: (property: EntityProperty) => string;
}

/** Adds the references of a record, depth first, then its lists. */
export function addReads(
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
export function selectedProperties(meta: EntityMetadata, { fields }: Selection): EntityProperty[] {
  const names = new Set(['id']);
  for (const [field, { definition }] of fields) {
    for (const name of (definition.extensions.requiredColumns as string[] | undefined) ?? [field]) names.add(name);
  }
  return storedProperties(meta).filter(({ name }) => names.has(name));
}
