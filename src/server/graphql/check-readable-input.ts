import {
  coerceInputValue,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  valueFromASTUntyped,
} from 'graphql';
import { markPartial } from '../../change/partial-input.js';
import type { UserError } from '../../change/user-error.js';
import type { Context } from '../../context.js';
import type { ErrorCode } from '../../graph/errors.js';
import { MAX_VARIABLE_ERRORS } from '../../graph/execute/coerce-variables.js';
import { renderMessage } from '../../messages/message.js';
import type { PreparedOperation } from './stored-document.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * Checks what can be read of the input of a mutation with wrong variables, so that a form gets all errors of an editor from
 * one call: GraphQL refuses a malformed date before any rule is checked. Reads the register, and writes nothing.
 *
 * Operations with several mutations are not checked: the second input may depend on the result of the first.
 *
 * @param errors The errors of the variables.
 * @returns The rules that the readable values break, as errors of the same form.
 */
export async function checkReadableInput(
  schema: GraphQLSchema,
  { node }: PreparedOperation,
  variables: Values,
  errors: readonly GraphQLError[],
  context: Context,
): Promise<readonly GraphQLError[]> {
  const [selection, ...others] = node.selectionSet.selections;
  if (node.operation !== OperationTypeNode.MUTATION || selection?.kind !== Kind.FIELD || others.length) return [];
  const field = schema.getMutationType()?.getFields()[selection.name.value];
  const argument = selection.arguments?.find(({ name }) => name.value === 'input');
  if (!field || !argument || errors.length >= MAX_VARIABLE_ERRORS) return [];
  const malformed = errors.map(({ extensions }) => extensions.path as string[]);
  // The input itself is missing, or no object.
  if (malformed.some(([, name]) => name === undefined)) return [];
  const definitions = node.variableDefinitions ?? [];
  const defaults = definitions.map(({ variable, defaultValue }) => [
    variable.name.value,
    defaultValue && valueFromASTUntyped(defaultValue),
  ]);
  const value = valueFromASTUntyped(argument.value, { ...Object.fromEntries(defaults), ...variables });
  const userErrors = await checkInput(field, value, malformed, context);
  return userErrors.map(({ rule, params, path }) => {
    const code: ErrorCode = 'BAD_USER_INPUT';
    const extensions = { code, rule, params, path };
    return new GraphQLError(renderMessage({ rule, params }, 'en'), { nodes: argument.value, extensions });
  });
}

/** Calls the resolver of a mutation with the part of an input that can be read. */
async function checkInput(
  field: GraphQLField<unknown, unknown>,
  value: unknown,
  malformed: readonly (readonly string[])[],
  context: Context,
): Promise<readonly UserError[]> {
  const type = field.args.find(({ name }) => name === 'input')?.type;
  if (!type || !field.resolve) return [];
  const readable = coerceInputValue(value, type, () => undefined) as Record<string, unknown>;
  const isWhole = ([name]: [string, unknown]) => malformed.every(path => path[1] !== name);
  const input = Object.fromEntries(Object.entries(readable).filter(isWhole));
  markPartial(input, { malformed, readable });
  const payload = await field.resolve(undefined, { input }, context, {} as never);
  return (payload as { userErrors: readonly UserError[] }).userErrors;
}
