import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Column, ColumnType } from './format.js';
import type { ExportColumn } from './table.js';

/** The fact that a column has, as the schema describes it. */
export interface Fact {
  column: Column;
  description: string | null;
  /** The enums of its codes: two for the level of an authority, whose codes depend on its country. */
  codeLists: GraphQLEnumType[];
  /** The types of the records whose ids it has: an object type, and the interfaces that it implements. */
  recordTypes: readonly string[];
}

const SCALARS: Readonly<Record<string, ColumnType>> = {
  PartialDate: 'partialDate',
  DateTime: 'instant',
  Int: 'integer',
  Float: 'number',
  Latitude: 'number',
  Longitude: 'number',
  Boolean: 'boolean',
};

type Field = GraphQLField<unknown, unknown>;

/** Returns the fields with a name of a type: of an interface also those that only some of its types have. */
function fieldsNamed(schema: GraphQLSchema, type: GraphQLNamedType, name: string): Field[] {
  const own = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  if (own) return [own];
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  return types.flatMap(possible => possible.getFields()[name] ?? []);
}

function columnType(type: GraphQLOutputType): ColumnType {
  const nullable = getNullableType(type);
  const named = getNamedType(type);
  if (isListType(nullable)) return isObjectType(named) ? 'records' : 'texts';
  return SCALARS[named.name] ?? 'text';
}

/** Returns the type of the records that a field of Query lists. */
export function recordTypeOf(schema: GraphQLSchema, list: string): GraphQLNamedType | undefined {
  const connection = schema.getQueryType()?.getFields()[list]?.type;
  const [nodes] = connection ? fieldsNamed(schema, getNamedType(connection), 'nodes') : [];
  return nodes && getNamedType(nodes.type);
}

/** Looks the fact of a column up in the schema, by the path that is its name. */
export function factOf(schema: GraphQLSchema, list: string, exported: ExportColumn): Fact {
  const { name, members, dayOf } = exported;
  let owner: GraphQLNamedType | undefined;
  let fields: Field[] = [];
  let type = recordTypeOf(schema, list);
  for (const member of (dayOf ?? name).split('.')) {
    const matches = type ? fieldsNamed(schema, type, member) : [];
    // `title.nl`: the argument of a text is a member of its columns.
    if (!matches[0]) {
      if (fields[0] && isTextField(fields[0])) break;
      fields = [];
      break;
    }
    owner = type;
    fields = matches;
    type = getNamedType(matches[0].type);
  }
  const [field] = fields;
  const inferred = members ? 'records' : field ? columnType(field.type) : 'text';
  return {
    column: { name, type: exported.type ?? inferred, ...(members && { members }) },
    description: field?.description ?? null,
    codeLists: fields.map(({ type }) => getNamedType(type)).filter(isEnumType),
    recordTypes: field?.name === 'id' && name.includes('.') ? typeNames(owner) : [],
  };
}

const typeNames = (type: GraphQLNamedType | undefined): string[] =>
  isObjectType(type) ? [type.name, ...type.getInterfaces().map(({ name }) => name)] : type ? [type.name] : [];

const isTextField = ({ type }: Field): boolean => getNamedType(type).name === 'String';
