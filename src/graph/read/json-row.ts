import { GraphQLBoolean, GraphQLEnumType, GraphQLInt, type GraphQLLeafType } from 'graphql';
import { raw, type Sql } from 'sql-template-tag';
import type { FieldPlan, ObjectPlan, Selection, TypePlan } from '../execute/plan.js';
import { columnOf, type EntityMetadata, type EntityProperty } from '../sql/columns.js';
import { sqlInLanguage } from '../types/names.js';
import { PartialDate } from '../types/partial-date.js';
import { languageRead, requiredColumns } from './read-columns.js';

/** PostgreSQL cuts names of columns off after so many bytes. A response name has no other characters than ASCII. */
const MAX_NAME_LENGTH = 63;

/**
 * Returns the columns of a list's rows whose JSON is that of the response, by their response names:
 *
 *     p."id" as "id", (select row_to_json(r) from (
 *       select "@1"."id" as "id" from "authority" "@1" where "@1".id = p."chinese_id") r) as "chinese"
 *
 * `undefined` if the list cannot be read so: its selection has more than `nodes` and `__typename`, or its records have a field
 * that is neither a column, nor a text in one language, nor a record with such fields that each row refers to.
 *
 * @param connection The selection of the list, in its only place.
 */
export function jsonRow(meta: EntityMetadata, alias: string, connection: Selection): Sql | undefined {
  const { nodes, __typename, ...others } = Object.fromEntries(connection.fields);
  const [field, ...again] = nodes?.plans ?? [];
  const type = field?.type;
  if (type?.kind !== 'list' || type.item.kind !== 'object' || again.length || Object.keys(others).length)
    return undefined;
  const columns = selectList(meta, alias, type.item.plan(), 1);
  return columns === undefined ? undefined : raw(columns);
}

function selectList(meta: EntityMetadata, alias: string, { fields }: ObjectPlan, depth: number): string | undefined {
  const columns: string[] = [];
  for (const field of fields) {
    const value = expressionOf(meta, alias, field, depth);
    if (value === undefined || field.responseName.length > MAX_NAME_LENGTH) return undefined;
    columns.push(`${value} as "${field.responseName}"`);
  }
  return columns.join(', ');
}

/** Returns the expression of a field whose JSON is its value in the response; `undefined` if it has none. */
function expressionOf(meta: EntityMetadata, alias: string, field: FieldPlan, depth: number): string | undefined {
  const { fieldDefinition: definition, type, parent, resolve } = field;
  const { name } = definition;
  if (name === '__typename') return `'${parent.name}'::text`;
  const { properties } = meta.root;
  const selected = { definition, plans: [field] };
  const language = languageRead(selected);
  if (language) {
    const [column = ''] = requiredColumns(selected);
    return sqlInLanguage(columnOf(alias, properties[column] as EntityProperty), language);
  }
  const property = properties[name];
  // A row without a value would break the type of the field, which is an error that the executor reports.
  if (!property || (property.nullable && !type.nullable)) return undefined;
  if (property.kind === 'm:1') return property.nullable ? undefined : referenceOf(alias, property, type, depth);
  return !resolve && property.kind === 'scalar' && isEqualInJson(type) ? columnOf(alias, property) : undefined;
}

function referenceOf(alias: string, property: EntityProperty, type: TypePlan, depth: number): string | undefined {
  if (type.kind !== 'object' || !property.targetMeta) return undefined;
  // No table and no other alias begins with @.
  const target = `"@${depth}"`;
  const columns = selectList(property.targetMeta, target, type.plan(), depth + 1);
  if (columns === undefined) return undefined;
  const { tableName } = property.targetMeta.root;
  return `(select row_to_json(r) from (select ${columns} from "${tableName}" ${target} where ${target}.id = ${columnOf(alias, property)}) r)`;
}

/** Returns whether the JSON of a stored value is that of the serialized one. */
const isEqualInJson = (type: TypePlan): boolean =>
  type.kind === 'text' || (type.kind === 'leaf' && (EQUAL_IN_JSON.has(type.type) || isEnumOfNames(type.type)));

const EQUAL_IN_JSON: ReadonlySet<GraphQLLeafType> = new Set([PartialDate, GraphQLBoolean, GraphQLInt]);

const isEnumOfNames = (type: GraphQLLeafType): boolean =>
  type instanceof GraphQLEnumType && type.getValues().every(({ name, value }) => name === value);
