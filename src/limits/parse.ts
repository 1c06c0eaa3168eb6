import { type DocumentNode, GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql';
import { DOCUMENT_LIMITS } from './document-limits.js';
import { LimitError } from './limit-error.js';

/** Braces inside each other, for the parser's sake, which calls itself for each; how deep a document may be is less. */
const MAX_BRACE_DEPTH = 200;

/**
 * Parses a document, if it is neither too long nor so deep that parsing it would take the whole stack.
 *
 * @throws LimitError for such a one, GraphQLError with the code GRAPHQL_PARSE_FAILED for what is no GraphQL.
 */
export function parseDocument(query: string): DocumentNode {
  try {
    checkTokens(query);
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) error.extensions.code ??= 'GRAPHQL_PARSE_FAILED';
    throw error;
  }
}

function checkTokens(query: string): void {
  const lexer = new Lexer(new Source(query));
  const { tokens: mostTokens, nesting, depth } = DOCUMENT_LIMITS;
  let [tokens, braces, values] = [0, 0, 0];
  let inParentheses = false;
  for (;;) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return;
    tokens += 1;
    if (tokens > mostTokens) {
      const advice = 'Ask for less, or in several requests.';
      throw new LimitError('tokens', `The document has over ${mostTokens} tokens`, tokens, mostTokens, advice);
    }
    if (kind === TokenKind.PAREN_L) [inParentheses, values] = [true, 0];
    else if (kind === TokenKind.PAREN_R) inParentheses = false;
    else if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L) {
      // Values stand in parentheses, selections do not.
      if (inParentheses) values += 1;
      else braces += 1;
      if (values > nesting) {
        const message = `A value is nested deeper than ${nesting} levels`;
        throw new LimitError('nesting', message, values, nesting, 'Write it flatter.');
      }
      if (braces > MAX_BRACE_DEPTH) {
        const advice = 'Ask for the inner part in a second request, by the ids of the first.';
        throw new LimitError('depth', `The document is over ${MAX_BRACE_DEPTH} levels deep`, braces, depth, advice);
      }
    } else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R) {
      if (inParentheses) values -= 1;
      else braces -= 1;
    }
  }
}
