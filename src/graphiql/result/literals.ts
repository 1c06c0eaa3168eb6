import { parseValue, valueFromASTUntyped } from 'graphql';

/** Converts a value of a form to a literal of a type; codes of enums stand without quotes. */
export function literalOf(value: unknown, isEnum: boolean): string {
  if (Array.isArray(value)) return `[${value.map(member => literalOf(member, isEnum)).join(', ')}]`;
  return isEnum ? String(value) : JSON.stringify(value);
}

/** Converts a literal to a value of a form; a list without its empty texts, which stand for a choice that is yet to be made. */
export function valueIn(literal: string): unknown {
  const value = valueFromASTUntyped(parseValue(literal));
  return Array.isArray(value) ? value.filter(member => member !== '') : value;
}
