import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  parseConstValue,
  valueFromASTUntyped,
} from 'graphql';
import { InputError } from '../graph/errors.js';

/** A literal may hold this many tokens; the longest that the rules of filters let through holds fewer. */
const MAX_TOKENS = 2_000;
/** So many mistakes are told at once. */
const MAX_ERRORS = 3;

/**
 * A text of an address as the value of an argument of the API: `{status: {eq: ACTIVE}}`, or the same as JSON. It is held
 * against the argument's own type, so it takes what the API takes, and refuses what the API refuses.
 *
 * @param field The field of Query whose argument it is.
 * @throws GraphQLError for each mistake, at most three: where it stands, which rule, what came.
 */
export function argumentValue(schema: GraphQLSchema, field: string, name: string, text: string): unknown {
  const argument = schema
    .getQueryType()
    ?.getFields()
    [field]?.args.find(its => its.name === name);
  if (!argument) throw new Error(`Query.${field} has no argument ${name}.`);
  return coerced(argument.type, name, untyped(name, text));
}

function untyped(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A quoted key is JSON's: whoever wrote it wants to know what is wrong with the JSON.
    if (/^\s*[[{][\s[{]*"/.test(text)) throw new InputError(`${name} is not JSON: ${(error as Error).message}.`);
  }
  try {
    return valueFromASTUntyped(parseConstValue(text, { maxTokens: MAX_TOKENS, noLocation: true }));
  } catch (error) {
    // The parser goes a few functions deeper for every bracket.
    if (error instanceof RangeError) throw new InputError(`${name} is nested too deeply.`);
    if (!(error instanceof GraphQLError)) throw error;
    throw new InputError(
      `${name} is neither JSON nor a GraphQL literal such as {id: {eq: "nl-breda"}}: ${error.message}`,
    );
  }
}

function coerced(type: GraphQLInputType, name: string, value: unknown): unknown {
  const mistakes: GraphQLError[] = [];
  const result = coerceInputValue(value, type, (path, _, error) => {
    const place = name + path.map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
    mistakes.push(new InputError(`${place}: ${error.message}`));
  });
  if (mistakes.length) throw new ExportError(400, mistakes.slice(0, MAX_ERRORS));
  return result;
}

/** An export that is refused: with which status, and all reasons. */
export class ExportError extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly GraphQLError[],
  ) {
    super(errors.map(({ message }) => message).join(' '));
  }
}

/** A refusal for one reason. */
export function exportError(status: number, code: string, message: string): ExportError {
  return new ExportError(status, [new GraphQLError(message, { extensions: { code } })]);
}
