import { Extensions } from 'type-graphql';

/**
 * Names the properties of its record that a field is computed from, if they differ from the field's own name; `dutch.names`
 * is a property of the record that `dutch` refers to, which is joined. A statement then reads no other columns than its
 * fields need. Stored in the field's `extensions.requiredColumns`.
 */
export function RequiresColumns(...properties: string[]): MethodDecorator & PropertyDecorator {
  return Extensions({ requiredColumns: properties }) as MethodDecorator & PropertyDecorator;
}

/**
 * Declares that a field with the argument `language` is a text in this language, of the column that it requires. If a selection
 * needs one language of a column alone, by a constant or a variable that is not null, the statement reads this text, and the
 * property of the record is a string.
 */
export function ReadsOneLanguage(): MethodDecorator & PropertyDecorator {
  return Extensions({ readsOneLanguage: true }) as MethodDecorator & PropertyDecorator;
}
