import { Extensions } from 'type-graphql';

/**
 * Decorator of a field: which properties of its record the field is made from, where that is not the one of its own
 * name. A list then reads no other columns than those its fields are made from.
 */
export function RequiresColumns(...properties: string[]): MethodDecorator & PropertyDecorator {
  return Extensions({ requiredColumns: properties }) as MethodDecorator & PropertyDecorator;
}
