/** Converts a value of a form to a literal of a type; codes of enums stand without quotes. */
export function literalOf(value: unknown, isEnum: boolean): string {
  if (Array.isArray(value)) return `[${value.map(member => literalOf(member, isEnum)).join(', ')}]`;
  return isEnum ? String(value) : JSON.stringify(value);
}

/** Converts a literal to a value of a form. */
export function valueIn(literal: string): unknown {
  if (literal.startsWith('['))
    return literal
      .slice(1, -1)
      .split(',')
      .map(member => valueIn(member.trim()))
      .filter(member => member !== '');
  try {
    return JSON.parse(literal);
  } catch {
    return literal;
  }
}
