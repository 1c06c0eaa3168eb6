import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { Identity } from '../access/identity.js';
import { requireScopes } from '../access/required.js';
import type { Context } from '../context.js';
import { finish } from '../graph/transaction.js';
import { maskErrors } from './mask.js';
import type { Service } from './service.js';

/** What a client sends, on whichever transport. */
export interface OperationRequest {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
  extensions?: Record<string, unknown> | null | undefined;
}

/** An operation that may run, or why not. */
export type Prepared =
  | { document: DocumentNode; operation: OperationDefinitionNode; errors?: undefined }
  | { errors: readonly GraphQLError[] };

/** Parses and checks an operation for somebody; the same rules on every transport that is not Apollo's own. */
export function prepare(
  { schema, trusted }: Pick<Service, 'schema' | 'trusted'>,
  request: OperationRequest,
  identity: Identity,
): Prepared {
  try {
    const { query, operationName, variables } = trusted?.resolve(request) ?? request;
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length) return { errors: errors.map(error => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
    requireScopes(schema, document, identity);
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const message = 'operationName must name one of the operations of the document.';
      return { errors: [coded(new GraphQLError(message), 'OPERATION_RESOLUTION_FAILURE')] };
    }
    const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {});
    if (coerced.errors) return { errors: coerced.errors.map(error => coded(error, 'BAD_USER_INPUT')) };
    return { document, operation };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [coded(error, 'GRAPHQL_PARSE_FAILED')] };
    throw error;
  }
}

/** Gives an error a code when it has none. */
function coded(error: GraphQLError, code: string): GraphQLError {
  error.extensions.code ??= code;
  return error;
}

/** Runs a query or a mutation to the end, with nothing left open after it. */
export async function run(service: Service, args: ExecutionArgs & { contextValue: Context }): Promise<ExecutionResult> {
  try {
    return shown(service, await execute(args));
  } finally {
    await finish(args.contextValue);
  }
}

/** A result as clients may see it: errors that were not meant for them are masked. */
export function shown({ log }: Pick<Service, 'log'>, { data, errors }: ExecutionResult): ExecutionResult {
  const mask = maskErrors(log);
  if (!errors) return { data: data ?? null };
  const masked = errors.map(error => mask(coded(error, 'INTERNAL_SERVER_ERROR').toJSON(), error));
  return { errors: masked as unknown as GraphQLError[], ...(data !== undefined && { data }) };
}
