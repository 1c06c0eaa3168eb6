import { ClientError } from '../graph/errors.js';
import type { Message } from '../messages/message.js';

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
export class LimitError extends ClientError {
  /**
   * @param limit Included in `extensions`, with the value and the maximum.
   * @param problem Names the maximum, and says how to stay within the limit.
   * @param details Further entries of `extensions`.
   */
  constructor(limit: LimitName, problem: Message, value: number, maximum: number, details: object = {}) {
    super('QUERY_TOO_COMPLEX', problem, { limit, value, maximum, ...details });
  }
}
