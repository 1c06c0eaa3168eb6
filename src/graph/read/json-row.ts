import { GraphQLBoolean, GraphQLEnumType, GraphQLInt, type GraphQLLeafType } from 'graphql';
import { raw, type Sql } from 'sql-template-tag';
import type { FieldPlan, ObjectPlan, Selection, TypePlan } from '../execute/plan.js';
import { columnOf, type EntityMetadata, type EntityProperty } from '../sql/columns.js';
import { sqlInLanguage } from '../types/names.js';
import { PartialDate } from '../types/partial-date.js';
import { languageRead, requiredColumns } from './read-columns.js';

/** PostgreSQL accepts no more arguments of a function. */
const MAX_ARGUMENTS = 100;

/**
 * Returns the column `json` of a list's rows: each row as the response has it, by response names.
 *
 *     concat('{"id":"', p."id", '","name":"', replace(…), '","startedOn":', coalesce('"' || p."started_on" || '"', 'null'),
 *       ',"chinese":', (select concat('{"id":"', "@1"."id", '"}') from "authority" "@1" where "@1".id = p."chinese_id"), '}') as json
 *
 * `row_to_json` would look up the type of each value in each row. Control characters of texts stay as they are: `escapeControls`
 * writes them as JSON has them.
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
  const json = jsonObject(meta, alias, type.item.plan(), 1);
  return json === undefined ? undefined : raw(`${json} as json`);
}

/** A value as SQL: an expression whose text is JSON, or JSON between quotation marks. */
interface JsonValue {
  expression: string;
  quoted: boolean;
  nullable: boolean;
}

/** Returns an object as SQL: the constants of its JSON and its values in turn. */
function jsonObject(meta: EntityMetadata, alias: string, { fields }: ObjectPlan, depth: number): string | undefined {
  const parts: string[] = [];
  let constant = '';
  for (const field of fields) {
    constant += `${constant || parts.length ? ',' : '{'}"${field.responseName}":`;
    if (field.fieldDefinition.name === '__typename') {
      constant += `"${field.parent.name}"`;
      continue;
    }
    const value = jsonValue(meta, alias, field, depth);
    if (value === undefined) return undefined;
    const { expression, quoted, nullable } = value;
    if (quoted && !nullable) {
      parts.push(`'${constant}"'`, expression);
      constant = '"';
    } else {
      const json = quoted ? `'"' || ${expression} || '"'` : `${expression}::text`;
      parts.push(`'${constant}'`, nullable ? `coalesce(${json}, 'null')` : json);
      constant = '';
    }
  }
  parts.push(`'${constant}}'`);
  return parts.length > MAX_ARGUMENTS ? undefined : `concat(${parts.join(', ')})`;
}

/** Returns the value of a field; `undefined` if its JSON would not be its value in the response. */
function jsonValue(meta: EntityMetadata, alias: string, field: FieldPlan, depth: number): JsonValue | undefined {
  const { fieldDefinition: definition, type, resolve } = field;
  const { name } = definition;
  const { properties } = meta.root;
  const selected = { definition, plans: [field] };
  const language = languageRead(selected);
  if (language) {
    const [column = ''] = requiredColumns(selected);
    const text = sqlInLanguage(columnOf(alias, properties[column] as EntityProperty), language);
    return { expression: escaped(text), quoted: true, nullable: type.nullable };
  }
  const property = properties[name];
  // A row without a value would break the type of the field, which is an error that the executor reports.
  if (!property || (property.nullable && !type.nullable)) return undefined;
  if (property.kind === 'm:1') return property.nullable ? undefined : referenceOf(alias, property, type, depth);
  if (resolve || property.kind !== 'scalar') return undefined;
  const value = { expression: columnOf(alias, property), quoted: true, nullable: property.nullable === true };
  if (type.kind === 'text') return name === 'id' ? value : { ...value, expression: escaped(value.expression) };
  if (type.kind !== 'leaf') return undefined;
  if (UNQUOTED.has(type.type)) return { ...value, quoted: false };
  return type.type === PartialDate || isEnumOfNames(type.type) ? value : undefined;
}

function referenceOf(alias: string, property: EntityProperty, type: TypePlan, depth: number): JsonValue | undefined {
  if (type.kind !== 'object' || !property.targetMeta) return undefined;
  // No table and no other alias begins with @.
  const target = `"@${depth}"`;
  const json = jsonObject(property.targetMeta, target, type.plan(), depth + 1);
  if (json === undefined) return undefined;
  const { tableName } = property.targetMeta.root;
  const expression = `(select ${json} from "${tableName}" ${target} where ${target}.id = ${columnOf(alias, property)})`;
  return { expression, quoted: false, nullable: true };
}

/** Returns a text for a place between quotation marks. */
const escaped = (text: string): string => String.raw`replace(replace(${text}, E'\\', E'\\\\'), '"', E'\\"')`;

/** Types whose stored values PostgreSQL writes as JSON has them. */
const UNQUOTED: ReadonlySet<GraphQLLeafType> = new Set([GraphQLBoolean, GraphQLInt]);

const isEnumOfNames = (type: GraphQLLeafType): boolean =>
  type instanceof GraphQLEnumType && type.getValues().every(({ name, value }) => name === value);
