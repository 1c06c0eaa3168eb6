import {
  GraphQLError,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  type VariableDefinitionNode,
} from 'graphql';
import { fieldOf, type Message, message, renderMessage } from '../../messages/message.js';
import { abbreviate, type ErrorCode } from '../errors.js';

/** A value of a variable, or of an argument outside of a document, that graphql-js cannot coerce. */
export interface WrongValue {
  definition?: VariableDefinitionNode;
  /** The type of the variable or the argument. */
  type: GraphQLInputType;
  /** The path from the argument to the variable; that of the argument itself. */
  place: readonly string[];
  /** The path from there to the value. */
  path: readonly string[];
  value: unknown;
  /** The error of graphql-js; undefined for a variable that is missing, or null where that is not possible. */
  error: GraphQLError | undefined;
}

/** Returns whether an error is of a scalar of ours, which names its rule. */
export const namesRule = ({ extensions }: GraphQLError): boolean =>
  extensions.rule !== undefined || extensions.code !== undefined;

/** Creates the error of a value, with its rule and its path in `extensions`. */
export function variableError({ definition, type, place, path, value, error }: WrongValue): GraphQLError {
  // graphql-js reports a field that is missing or unknown at the object that it belongs to.
  const ofField = error && /^Field "([^"]+)" (?:of required type|is not defined by)/.exec(error.message)?.[1];
  const whole = [...place, ...path, ...(ofField ? [ofField] : [])];
  const own = error?.extensions ?? {};
  const code: ErrorCode = 'BAD_USER_INPUT';
  const isOurs = error && namesRule(error);
  const problem = isOurs ? undefined : describeValue(namedTypeAt(type, path), fieldOf(whole), value, error);
  const text = problem ? renderMessage(problem, 'en') : (error?.message ?? '');
  return new GraphQLError(text, { nodes: definition ?? null, extensions: { code, ...own, ...problem, path: whole } });
}

/** Returns the type of the value at a path; that of the last object for a field that does not exist. */
function namedTypeAt(type: GraphQLInputType, path: readonly string[]): GraphQLNamedInputType {
  let named: GraphQLNamedInputType = getNamedType(type);
  for (const name of path) {
    const field: GraphQLInputField | undefined = isInputObjectType(named) ? named.getFields()[name] : undefined;
    if (field) named = getNamedType(field.type);
  }
  return named;
}

/** Rules of the scalars of graphql-js and of libraries, by their names. */
const SCALAR_RULES: Readonly<Record<string, (field: string, value: string) => Message>> = {
  Int: (field, value) => message('NOT_AN_INTEGER', { field, value, min: -(2 ** 31), max: 2 ** 31 - 1 }),
  Float: (field, value) => message('NOT_A_NUMBER', { field, value }),
  Boolean: (field, value) => message('NOT_A_BOOLEAN', { field, value }),
  String: (field, value) => message('NOT_A_TEXT', { field, value }),
  ID: (field, value) => message('NOT_A_TEXT', { field, value }),
  Latitude: (field, value) => message('DEGREES_OUT_OF_RANGE', { field, value, min: -90, max: 90 }),
  Longitude: (field, value) => message('DEGREES_OUT_OF_RANGE', { field, value, min: -180, max: 180 }),
};

/** Returns the rule that a value of a type breaks, by the error of graphql-js. */
export function describeValue(
  named: GraphQLNamedInputType,
  field: string,
  invalid: unknown,
  error: GraphQLError | undefined,
): Message {
  const type = named.name;
  if (!error || invalid == null || / of required type /.test(error.message))
    return message('FIELD_REQUIRED', { field });
  const suggestions = suggestionsOf(error);
  if (/ is not defined by type /.test(error.message)) {
    const name = field.slice(field.lastIndexOf('.') + 1);
    return suggestions
      ? message('FIELD_MISSPELT', { field: name, type, suggestions })
      : message('FIELD_UNKNOWN', { field: name, type });
  }
  const value = abbreviate(invalid);
  if (isInputObjectType(named)) return message('NOT_AN_OBJECT', { field, type, value });
  if (isEnumType(named)) {
    return suggestions
      ? message('ENUM_VALUE_MISSPELT', { field, type, value, suggestions })
      : message('ENUM_VALUE_UNKNOWN', { field, type, value });
  }
  return SCALAR_RULES[type]?.(field, value) ?? message('VALUE_TYPE', { field, type, value });
}

/** Returns the names that graphql-js suggests for a misspelt one, separated by commas; undefined if it suggests none. */
function suggestionsOf({ message: text }: GraphQLError): string | undefined {
  const at = text.indexOf('Did you mean ');
  if (at === -1) return undefined;
  return [...text.slice(at).matchAll(/"([^"]+)"/g)].map(([, name]) => name).join(', ');
}
