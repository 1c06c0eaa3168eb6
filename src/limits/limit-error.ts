import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../graph/errors.js';

/** The limits of a document and of its cost, as `extensions.limit` names them. */
export type LimitName =
  | 'tokens'
  | 'depth'
  | 'selections'
  | 'rootFields'
  | 'repeats'
  | 'aliases'
  | 'leafAliases'
  | 'directives'
  | 'nesting'
  | 'introspection'
  | 'cost';

/** Rejects a document that exceeds a limit, before any of it runs. */
export class LimitError extends GraphQLError {
  /**
   * @param limit Included in `extensions`, with the value and the maximum.
   * @param message A sentence without its full stop: the maximum is appended to it.
   * @param advice A sentence on how to stay within the limit.
   * @param details Further entries of `extensions`.
   */
  constructor(limit: LimitName, message: string, value: number, maximum: number, advice: string, details: object = {}) {
    super(`${message}; the maximum is ${maximum}. ${advice}`, {
      extensions: { code: 'QUERY_TOO_COMPLEX' satisfies ErrorCode, limit, value, maximum, ...details },
    });
  }
}
