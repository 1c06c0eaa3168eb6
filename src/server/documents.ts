import type { GraphQLError, GraphQLSchema } from 'graphql';
import { readDocument } from './operation.js';

const MOST_KEPT = 1_000;
/** Longer ones are read anew each time, so that what is kept stays small; in characters. */
const LONGEST_KEPT = 8_000;

/** Remembers which documents are good, for a server behind it that parses by itself and would validate any. */
export class Documents {
  readonly #good = new Set<string>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** What is wrong with a document, if anything. */
  errorsOf(query: string): readonly GraphQLError[] | undefined {
    if (this.#good.has(query)) return undefined;
    const { errors } = readDocument(this.schema, query);
    if (errors) return errors;
    if (query.length > LONGEST_KEPT) return undefined;
    this.#good.add(query);
    if (this.#good.size > MOST_KEPT) this.#good.delete(this.#good.values().next().value as string);
    return undefined;
  }
}
