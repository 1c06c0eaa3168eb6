import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { LimitError } from './limit-error.js';

/** Names, braces, values and the like: what a document consists of. */
export const MOST_TOKENS = 2_000;

/**
 * Parses a document, and stops at the token that is one too many.
 *
 * @throws LimitError for that one, GraphQLError with the code GRAPHQL_PARSE_FAILED for what is no GraphQL.
 */
export function parseDocument(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // The one syntax error of the parser that is about length.
    if (/more tha[nt] \d+ tokens/.test(error.message)) {
      const advice = 'Ask for less, or in several requests.';
      throw new LimitError(
        'tokens',
        `The document has over ${MOST_TOKENS} tokens`,
        MOST_TOKENS + 1,
        MOST_TOKENS,
        advice,
      );
    }
    error.extensions.code ??= 'GRAPHQL_PARSE_FAILED';
    throw error;
  }
}
