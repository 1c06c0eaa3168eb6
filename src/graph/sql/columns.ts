import type { EntityManager } from '@mikro-orm/sql';
import { raw, type Sql } from 'sql-template-tag';

/** A MikroORM entity class, as the metadata knows it; abstract ones too. */
export type EntityClass<T> = abstract new (...args: never[]) => T;

const selectLists = new WeakMap<object, Map<string, Sql>>();

/** The table an entity class is stored in. */
export function tableOf<T>(em: EntityManager, entity: EntityClass<T>): Sql {
  return raw(`"${em.getMetadata(entity as never).tableName}"`);
}

/**
 * The select list of a concept, from its entity's own metadata: `a."started_on" as "startedOn", …`. So a row has the
 * shape of the entity, with relations as ids, and a column is named in one place. Lazy properties are left out.
 */
export function columnsOf<T>(em: EntityManager, entity: EntityClass<T>, alias: string): Sql {
  const meta = em.getMetadata(entity as never);
  let byAlias = selectLists.get(meta);
  if (!byAlias) {
    byAlias = new Map();
    selectLists.set(meta, byAlias);
  }
  let found = byAlias.get(alias);
  if (!found) {
    const columns = meta.root.props
      .filter(({ persist, lazy, fieldNames }) => persist !== false && !lazy && fieldNames?.length === 1)
      .map(({ name, fieldNames }) => `${alias}."${fieldNames[0]}" as "${name}"`);
    found = raw(columns.join(', '));
    byAlias.set(alias, found);
  }
  return found;
}
