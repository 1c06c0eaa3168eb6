import { raw } from 'sql-template-tag';
import { classNamesOf, columnOf, type EntityMetadata, type EntityProperty } from '../sql/columns.js';
import type { Fork } from '../sql/fork.js';
import { constantRequests, type EagerList, type EagerListPlanner, type EagerReads, type EagerRecord } from './eager.js';
import { firstOf, type RecordReads, readColumns, requiredPaths } from './read-columns.js';
import type { StatementBuilder } from './statement-builder.js';

/** A record in a statement: the subquery `page`, or a joined reference. */
export interface Parent {
  /**
   * The prefix of the names of its references: empty, or the number of its join, `1.`. PostgreSQL cuts names off after 63 bytes,
   * which the path of a record would exceed.
   */
  prefix: string;
  /** The expression of its id. */
  id: string;
  /** The expression of one of its references. */
  reference: (property: EntityProperty) => string;
}

/** Adds the references of a record, depth first, then its lists. */
export function addReads(
  em: Fork,
  builder: StatementBuilder,
  meta: EntityMetadata,
  reads: RecordReads,
  parent: Parent,
  lists = plannedLists(em, reads, parent.id),
): EagerReads {
  const records = readReferences(meta, reads).flatMap(reference => addReference(em, builder, reference, parent));
  return { records, lists: lists.flatMap(list => (builder.canAddList ? [builder.addList(list)] : [])) };
}

interface Reference {
  property: EntityProperty;
  target: EntityMetadata;
  reads: RecordReads;
}

/** Adds a reference; returns an empty array if it is to be loaded by id because the statement has all its joins. */
function addReference(
  em: Fork,
  builder: StatementBuilder,
  { property, target, reads }: Reference,
  parent: Parent,
): EagerRecord[] {
  const joinName = `${parent.prefix}${property.name}`;
  // No table and no other alias begins with @.
  const alias = `"@${joinName}"`;
  const read = readColumns(target, reads).filter(({ name }) => name !== 'id');
  const lists = builder.canAddList ? plannedLists(em, reads, `${alias}.id`) : [];
  // The id is a column of the record that refers to it: nothing is joined for the id alone.
  const needsJoin = read.length > 0 || lists.length > 0 || readReferences(target, reads).length > 0;
  if (!needsJoin) return [{ property: property.name, properties: [], records: [], lists: [] }];
  if (!builder.canJoin) return [];
  const joinNumber = builder.addJoin(target.root.tableName, alias, parent.reference(property));
  const properties = read.map(({ name, expression }) => {
    const column = `${joinName}.${name}`;
    builder.addColumn(expression(alias), column);
    return { name, column };
  });
  const joined: Parent = {
    prefix: `${joinNumber}.`,
    id: `${alias}.id`,
    reference: nested => columnOf(alias, nested),
  };
  return [{ property: property.name, properties, ...addReads(em, builder, target, reads, joined, lists) }];
}

/** Returns the references of which more than the id is read: those with a selection, or with columns in a path. */
function readReferences(meta: EntityMetadata, reads: RecordReads): Reference[] {
  const { selection } = reads;
  const paths = requiredPaths(reads);
  const names = new Set([...(selection?.fields.keys() ?? []), ...paths.map(firstOf)]);
  return [...names].flatMap(name => {
    const property = meta.root.properties[name];
    if (property?.kind !== 'm:1' || !property.targetMeta) return [];
    const target = property.targetMeta;
    const nested = {
      selection: selection?.child(name)?.ofTypes(classNamesOf(target)),
      paths: paths.filter(path => path.startsWith(`${name}.`)).map(path => path.slice(name.length + 1)),
    };
    return nested.selection || nested.paths.length ? [{ property, target, reads: nested }] : [];
  });
}

/** Returns the lists under a record that can be fetched with it. */
function plannedLists(em: Fork, { selection }: RecordReads, id: string): EagerList[] {
  return [...(selection?.fields.values() ?? [])].flatMap(({ definition, plans }) => {
    const planner = definition.extensions.eagerList as EagerListPlanner | undefined;
    return planner?.(em, raw(id), plans.flatMap(constantRequests)) ?? [];
  });
}
