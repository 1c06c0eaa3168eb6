import sql, { join, raw, type Sql } from 'sql-template-tag';
import { type ClassType, Field, InputType } from 'type-graphql';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import { column } from '../sql/columns.js';
import { type Condition, type FilterClass, type FilterScope, predicate, referencePredicate } from './filter.js';

const MAX_RELATION_DEPTH = 2;

/** The records of another concept that a filter has conditions on. */
export interface RelatedRecords {
  filter: () => FilterClass;
  table: string;
  /** One letter. The depth is appended, which makes it unique in the statement: `a1`. */
  alias: string;
}

/** The join from a row to the records of another concept. */
export interface RelationJoin extends RelatedRecords {
  on: (row: Sql, related: Sql) => Sql;
}

/** Returns the position in the filter of a relation. Throws an InputError if relations are nested too deeply. */
function relationScope(scope: FilterScope): FilterScope {
  const depth = scope.depth + 1;
  if (depth > MAX_RELATION_DEPTH) {
    throw new InputError(message('FILTER_TOO_DEEP', { path: scope.path, depth, limit: MAX_RELATION_DEPTH }));
  }
  return { ...scope, depth };
}

/** Returns `exists (select 1 from authority a1 where a1.id = p.dutch_id and a1.country = $1)`. */
function existsRelated({ filter, table, alias, on }: RelationJoin, row: Sql, value: object, scope: FilterScope): Sql {
  const inRelation = relationScope(scope);
  const related = raw(`${alias}${inRelation.depth}`);
  const condition = predicate(filter(), value, related, inRelation);
  return sql`exists (select 1 from ${raw(table)} ${related} where ${on(row, related)} and ${condition})`;
}

/**
 * Returns the condition that a row refers to a record for which a filter holds. A filter on the id alone reads no record:
 *
 *     (p.dutch_id is not null and p.dutch_id = any(array(select id from inside0)))
 *
 * @param reference The column of the row that has the id of the record.
 */
export const toOneFilter =
  (reference: string, relation: RelatedRecords): Condition<object> =>
  (row, value, scope) => {
    const id = column(reference)(row);
    return (
      referencePredicate(relation.filter(), value, id, relationScope(scope)) ??
      existsRelated({ ...relation, on: (_, related) => sql`${related}.id = ${id}` }, row, value, scope)
    );
  };

/** Returns the condition that some or none of the records that refer to a row match a filter. */
export const toManyFilter =
  (relation: RelationJoin): Condition<{ some?: object; none?: object }> =>
  (row, { some, none }, scope) => {
    const parts: Sql[] = [];
    if (some) parts.push(existsRelated(relation, row, some, { ...scope, path: `${scope.path}.some` }));
    if (none) parts.push(sql`not ${existsRelated(relation, row, none, { ...scope, path: `${scope.path}.none` })}`);
    return parts.length ? sql`(${join(parts, ' and ')})` : undefined;
  };

/** Returns the input type of a relation to many, `{ some, none }`, over a concept's filter. */
export function relationFilter(name: string, filter: () => FilterClass): ClassType {
  @InputType(name, { description: 'Conditions on the related records; all must hold.' })
  class RelationFilter {
    @Field(filter, {
      nullable: true,
      description: 'At least one related record meets these conditions. `{}`: there is one.',
    })
    some?: object;
    @Field(filter, { nullable: true, description: 'No related record meets these conditions. `{}`: there is none.' })
    none?: object;
  }
  return RelationFilter;
}
