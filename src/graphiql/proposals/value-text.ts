import { type GraphQLSchema, isEnumType } from 'graphql';
import { enumTypeOf } from '../result/evidence.js';
import { formatValue } from './proposal.js';

/** Formats a value at a path of a record, codes of enums by their labels. A text that is no code stays as it is. */
export function valueText(
  schema: GraphQLSchema | null | undefined,
  type: string,
  path: string,
  value: unknown,
  enumLabel: (type: string, value: string) => string,
): string {
  const enumType = schema?.getType(enumTypeOf(schema, type, path) ?? '');
  return formatValue(value, text =>
    isEnumType(enumType) && enumType.getValue(text) ? enumLabel(enumType.name, text) : text,
  );
}
