import { registerEnumType } from 'type-graphql';

/** Returns the number of values of an enum of strings. */
export const enumSize = (values: Record<string, string>): number => Object.keys(values).length;

/**
 * Registers an enum with its description and one per value; a value without a description does not compile.
 */
export function describedEnum<V extends string>(
  name: string,
  values: Record<string, V>,
  description: string,
  descriptions: Record<V, string>,
): void {
  registerEnumType(values, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      Object.entries<string>(descriptions).map(([value, text]) => [value, { description: text }]),
    ) as never,
  });
}
