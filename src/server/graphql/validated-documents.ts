import type { GraphQLError, GraphQLSchema } from 'graphql';
import { parseAndValidate } from './prepare-operation.js';

const MAX_CACHED_DOCUMENTS = 1_000;
/** Longer ones are read anew each time, so that what is kept stays small; in characters. */
const MAX_CACHED_DOCUMENT_LENGTH = 8_000;

/** Remembers which documents are good, for a server behind it that parses by itself and would validate any. */
export class ValidatedDocuments {
  readonly #valid = new Set<string>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** What is wrong with a document, if anything. */
  validate(query: string): readonly GraphQLError[] | undefined {
    if (this.#valid.has(query)) return undefined;
    const { errors } = parseAndValidate(this.schema, query);
    if (errors) return errors;
    if (query.length > MAX_CACHED_DOCUMENT_LENGTH) return undefined;
    this.#valid.add(query);
    if (this.#valid.size > MAX_CACHED_DOCUMENTS) this.#valid.delete(this.#valid.values().next().value as string);
    return undefined;
  }
}
