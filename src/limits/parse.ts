import { type DocumentNode, GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql';
import type { ErrorCode } from '../graph/errors.js';
import { message } from '../messages/message.js';
import { DOCUMENT_LIMITS } from './document-limits.js';
import { LimitError } from './limit-error.js';

/** The maximum nesting of braces before parsing: the parser is recursive. The `depth` limit is lower. */
const MAX_BRACE_DEPTH = 200;

/**
 * Parses a document after limiting its tokens and its nesting.
 *
 * @throws LimitError named `tokens`, `nesting` or `depth`; GraphQLError with the code GRAPHQL_PARSE_FAILED for a syntax
 * error.
 */
export function parseDocument(query: string): DocumentNode {
  try {
    countTokens(query);
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) error.extensions.code ??= 'GRAPHQL_PARSE_FAILED' satisfies ErrorCode;
    throw error;
  }
}

/** The tokens that are parsed, validated and planned for one point. */
const TOKENS_PER_POINT = 10;
/** The points for a short document, whose plans cost more than its text. */
const MIN_READING_COST = 4;

/** Returns the points for reading a document of this many tokens for the first time. */
export const readingCost = (tokens: number): number => Math.max(MIN_READING_COST, Math.ceil(tokens / TOKENS_PER_POINT));

/**
 * Counts the tokens of a document, and limits its tokens and its nesting.
 *
 * @throws LimitError named `tokens`, `nesting` or `depth`; GraphQLError for text that is no token.
 */
export function countTokens(query: string): number {
  const lexer = new Lexer(new Source(query));
  const { tokens: maxTokens, nesting, depth } = DOCUMENT_LIMITS;
  let [tokens, braces, values] = [0, 0, 0];
  let inParentheses = false;
  for (;;) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return tokens;
    tokens += 1;
    if (tokens > maxTokens) {
      throw new LimitError('tokens', message('TOO_MANY_TOKENS', { maximum: maxTokens }), tokens, maxTokens);
    }
    if (kind === TokenKind.PAREN_L) [inParentheses, values] = [true, 0];
    else if (kind === TokenKind.PAREN_R) inParentheses = false;
    else if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L) {
      // Arguments are in parentheses, selection sets are not.
      if (inParentheses) values += 1;
      else braces += 1;
      if (values > nesting) {
        throw new LimitError('nesting', message('LITERAL_TOO_DEEP', { maximum: nesting }), values, nesting);
      }
      if (braces > MAX_BRACE_DEPTH) {
        const problem = message('BRACES_TOO_DEEP', { limit: MAX_BRACE_DEPTH, maximum: depth });
        throw new LimitError('depth', problem, braces, depth);
      }
    } else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R) {
      if (inParentheses) values -= 1;
      else braces -= 1;
    }
  }
}
