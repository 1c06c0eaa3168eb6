import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  parseConstValue,
  UniqueInputFieldNamesRule,
  type ValidationContext,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { errorAt, InputError } from '../graph/errors.js';
import { namesRule, variableError } from '../graph/execute/variable-error.js';
import { checkValues } from '../limits/json-values.js';
import { message } from '../messages/message.js';
import { ExportError } from './export-error.js';

/** Maximum number of tokens in a literal; the largest filter that the API accepts has fewer. */
const MAX_TOKENS = 2_000;
/** Maximum number of errors in one response. */
const MAX_ERRORS = 3;

/**
 * Parses a URL parameter as an argument of the API: the GraphQL literal `{status: {eq: ACTIVE}}`, or the same as JSON.
 * Coerces it to the argument's type, so that an export accepts exactly the values that the API accepts.
 *
 * @param field The field of Query that has the argument.
 * @throws ExportError with at most three errors, each with the path, the rule and the value.
 * @throws InputError if the text is neither JSON nor a literal, or has a value that `checkValues` rejects.
 */
export function argumentValue(schema: GraphQLSchema, field: string, name: string, text: string): unknown {
  const argument = schema
    .getQueryType()
    ?.getFields()
    [field]?.args.find(arg => arg.name === name);
  if (!argument) throw new Error(`Query.${field} has no argument ${name}.`);
  const value = parseArgument(name, text);
  checkValues(value, name);
  return coerceArgument(argument.type, name, value);
}

function parseArgument(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Quoted keys are JSON only: report the JSON error, not that of the GraphQL parser.
    if (/^\s*[[{][\s[{]*"/.test(text)) {
      throw new InputError(message('ARGUMENT_NOT_JSON', { name, problem: (error as Error).message }));
    }
  }
  try {
    const literal = parseConstValue(text, { maxTokens: MAX_TOKENS, noLocation: true });
    visit(literal, UniqueInputFieldNamesRule({ reportError } as unknown as ValidationContext));
    return valueFromASTUntyped(literal);
  } catch (error) {
    // The recursive parser overflows the stack on deep nesting.
    if (error instanceof RangeError) throw new InputError(message('ARGUMENT_TOO_DEEP', { name }));
    if (!(error instanceof GraphQLError)) throw error;
    const params = { name, example: '{id: {eq: "nl-breda"}}', problem: error.message };
    throw new InputError(message('ARGUMENT_NOT_LITERAL', params));
  }
}

function reportError(error: GraphQLError): never {
  throw error;
}

function coerceArgument(type: GraphQLInputType, name: string, value: unknown): unknown {
  const errors: GraphQLError[] = [];
  const result = coerceInputValue(value, type, (path, invalid, error) => {
    if (errors.length === MAX_ERRORS) return;
    const location = name + path.map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
    const wrong = { type, place: [name], path: path.map(String), value: invalid, error };
    errors.push(namesRule(error) ? errorAt(location, error) : variableError(wrong));
  });
  if (errors.length) throw new ExportError(400, errors);
  return result;
}
