import sql, { raw, type Sql } from 'sql-template-tag';
import type { Fork } from './fork.js';

/** A MikroORM entity class; may be abstract. */
export type EntityClass<T> = abstract new (...args: never[]) => T;

/** The part of MikroORM's metadata that names tables and columns. */
export interface EntityMetadata {
  root: {
    className: string;
    tableName: string;
    properties: Record<string, EntityProperty>;
    props: EntityProperty[];
    /** The classes that share the table of an abstract class. */
    discriminatorMap?: Record<string, { name: string }>;
  };
}
export interface EntityProperty {
  name: string;
  /** `scalar`, `m:1`, …. */
  kind: string;
  fieldNames?: string[];
  persist?: boolean;
  nullable?: boolean;
  lazy?: boolean;
  /** The entity that a reference refers to. */
  targetMeta?: EntityMetadata;
}

/** Returns the metadata of an entity class, the same object at each call. */
export const metadataOf = <T>(em: Fork, entity: EntityClass<T>): EntityMetadata =>
  em.getMetadata(entity as never) as unknown as EntityMetadata;

/** Returns the properties that are one column each; lazy ones excluded. */
export const storedProperties = ({ root }: EntityMetadata): EntityProperty[] =>
  root.props.filter(({ persist, lazy, fieldNames }) => persist !== false && !lazy && fieldNames?.length === 1);

/** Returns the names of the classes whose records are rows of a table. Their GraphQL types have the same names. */
export const classNamesOf = ({ root: { className, discriminatorMap } }: EntityMetadata): ReadonlySet<string> =>
  new Set(discriminatorMap ? Object.values(discriminatorMap).map(({ name }) => name) : [className]);

/** Returns the column that stores a property. */
export const columnNameOf = ({ fieldNames }: EntityProperty): string => fieldNames?.[0] as string;

/** Returns the column of a property in a row with an alias: `a."sort_name"`. */
export const columnOf = (alias: string, property: EntityProperty): string => `${alias}."${columnNameOf(property)}"`;

/** Returns the table of an entity class: `"partnership"`. */
export function tableOf<T>(em: Fork, entity: EntityClass<T>): Sql {
  return raw(`"${metadataOf(em, entity).root.tableName}"`);
}

/** Returns a function from a row to one of its columns: `p.started_day`. */
export const column =
  (name: string) =>
  (row: Sql): Sql =>
    sql`${row}.${raw(name)}`;

/** Returns an array of names of our own, as a constant: a parameter would be encoded for each statement. */
export const textArray = (names: readonly string[]): Sql => raw(`'{${names.join()}}'::text[]`);

const selectLists = new WeakMap<EntityMetadata, Map<string, Sql>>();

/**
 * Returns the select list of a concept from its entity's metadata, so that a column is named in one place and a row
 * has the shape of the entity, with references as ids:
 *
 *     a."id" as "id", a."sort_name" as "sortName", a."parent_id" as "parent"
 */
export function columnsOf<T>(em: Fork, entity: EntityClass<T>, alias: string): Sql {
  const meta = metadataOf(em, entity);
  let byAlias = selectLists.get(meta);
  if (!byAlias) {
    byAlias = new Map();
    selectLists.set(meta, byAlias);
  }
  let selectList = byAlias.get(alias);
  if (!selectList) {
    selectList = raw(selectListOf(storedProperties(meta), alias));
    byAlias.set(alias, selectList);
  }
  return selectList;
}

/** Returns properties as a select list: `a."sort_name" as "sortName", …`. */
export const selectListOf = (properties: readonly EntityProperty[], alias: string): string =>
  properties.map(property => `${columnOf(alias, property)} as "${property.name}"`).join(', ');

/**
 * Returns the condition that an id is one of these, without its column. A single one is compared with `=`, whose plan PostgreSQL
 * caches; for an array it would plan the statement each time.
 */
export const isOneOf = (ids: readonly string[]): Sql =>
  ids.length === 1 ? sql`= ${ids[0]}` : sql`= any(${[...ids]}::text[])`;
