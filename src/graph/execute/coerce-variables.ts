import {
  coerceInputValue,
  type DocumentNode,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getVariableValues,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { argumentPath } from './argument-path.js';
import { variableError } from './variable-error.js';

/** Limits the errors of the variables of one request. The first ones are reported. */
export const MAX_VARIABLE_ERRORS = 50;

/** The variables of an operation by name, or all errors of their values. */
type CoercedVariables = { [variable: string]: unknown };
export type VariablesResult =
  | { coerced: CoercedVariables; errors?: undefined }
  | { coerced?: undefined; errors: readonly GraphQLError[] };

/**
 * Coerces the variables of an operation as graphql-js does, with an error for each wrong value: its rule, and the path of
 * the value in the arguments of the field, such as `["input", "startedOn"]`, by which a form finds its field.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  values: Readonly<Record<string, unknown>>,
): VariablesResult {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], values, { maxErrors: 1 });
  return coerced ? { coerced } : { errors: variableErrors(schema, document, operation, values) };
}

/** Thrown to stop the coercion at the maximum number of errors: each costs time, and a list can have thousands. */
const ENOUGH = Symbol('enough errors');

function variableErrors(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  values: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  const errors: GraphQLError[] = [];
  const add = (error: GraphQLError) => {
    if (errors.push(error) === MAX_VARIABLE_ERRORS) throw ENOUGH;
  };
  try {
    for (const definition of operation.variableDefinitions ?? [])
      addErrorsOf(definition, schema, document, operation, values, add);
  } catch (error) {
    if (error !== ENOUGH) throw error;
  }
  return errors;
}

function addErrorsOf(
  definition: VariableDefinitionNode,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  values: Readonly<Record<string, unknown>>,
  add: (error: GraphQLError) => void,
): void {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type) as GraphQLInputType;
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  let place: readonly string[] | undefined;
  const report = (path: readonly (string | number)[], invalid: unknown, error?: GraphQLError) => {
    place ??= argumentPath(document, operation, name);
    add(variableError({ definition, type, place, path: path.map(String), value: invalid, error }));
  };
  if (value === undefined) {
    if (isNonNullType(type) && !definition.defaultValue) report([], undefined);
  } else if (value === null) {
    if (isNonNullType(type)) report([], null);
  } else coerceInputValue(value, type, report);
}
