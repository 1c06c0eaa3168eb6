import { Args, FieldResolver, Root } from 'type-graphql';
import { ReadsOneLanguage, RequiresColumns } from '../read/requires-columns.js';
import { InLanguage, inLanguage, Language, languageDescription, languageOf, type StoredNames } from '../types/names.js';

/** The resolver of a text in one language, as `@TextField` defines it on the prototype of a resolver class. */
export type TextResolver = (record: object, args: InLanguage) => string | null;

/**
 * Declares a text with a language argument, and beside it `<name>Language`, which tells clients whether the text fell back
 * to another language. Decorates a property of a resolver class, which becomes the resolver:
 *
 *     @TextField('names', { description: '…' })
 *     readonly name!: TextResolver;
 *
 * @param column The property of the record that holds the texts.
 */
export function TextField(
  column: string,
  { description, nullable = false }: { description: string; nullable?: boolean },
): PropertyDecorator {
  const textsOf = (record: object) => (record as Record<string, StoredNames>)[column] as StoredNames;
  const textOf = (record: object, { language }: InLanguage) => {
    const texts = (record as Record<string, StoredNames | string | null>)[column] ?? null;
    // A statement that needs one language has read the text in it.
    return typeof texts === 'string' ? texts : texts && inLanguage(texts, language);
  };
  return (prototype, name) => {
    const field = String(name);
    define(prototype, field, () => String, { description, nullable }, column, textOf);
    ReadsOneLanguage()(prototype, field, undefined as never);
    const ofLanguage = { description: languageDescription(field), nullable };
    define(
      prototype,
      `${field}Language`,
      () => Language,
      ofLanguage,
      column,
      (record, { language }) => languageOf(textsOf(record), language),
    );
  };
}

function define(
  prototype: object,
  name: string,
  type: () => unknown,
  options: { description: string; nullable: boolean },
  column: string,
  resolve: (record: object, args: InLanguage) => unknown,
): void {
  Object.defineProperty(prototype, name, { value: resolve });
  Root()(prototype, name, 0);
  Args(() => InLanguage)(prototype, name, 1);
  (FieldResolver(type as never, options) as PropertyDecorator)(prototype, name);
  RequiresColumns(column)(prototype, name, undefined as never);
}
