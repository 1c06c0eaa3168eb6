import { GraphQLError } from 'graphql';

/** What of a document, or of what it asks for, is bounded. */
export type LimitName =
  | 'tokens'
  | 'depth'
  | 'selections'
  | 'rootFields'
  | 'repeats'
  | 'aliases'
  | 'directives'
  | 'nesting'
  | 'introspection'
  | 'cost';

/** A document asks for more than one document may; nothing of it was run. */
export class LimitError extends GraphQLError {
  /**
   * @param limit Which limit; it stands in `extensions` with what came and what may.
   * @param advice What to do instead.
   */
  constructor(limit: LimitName, message: string, value: number, maximum: number, advice: string) {
    super(`${message}; at most ${maximum} may be. ${advice}`, {
      extensions: { code: 'QUERY_TOO_COMPLEX', limit, value, maximum },
    });
  }
}
