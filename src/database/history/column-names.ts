import type { EntityManager } from '@mikro-orm/sql';
import { columnNameOf, type EntityMetadata } from '../../graph/sql/columns.js';

/** Returns a function that renames the properties of an entity to the columns of its table; other names stay. */
export function columnNames(em: EntityManager): (table: string) => (property: string) => string {
  const byTable = new Map<string, Map<string, string>>();
  for (const { tableName, props } of em.getMetadata().getAll().values() as Iterable<EntityMetadata['root']>) {
    const columns = byTable.get(tableName) ?? new Map<string, string>();
    byTable.set(tableName, columns);
    for (const property of props ?? []) {
      if (property.fieldNames?.length === 1) columns.set(property.name, columnNameOf(property));
    }
  }
  return table => property => byTable.get(table)?.get(property) ?? property;
}
