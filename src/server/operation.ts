import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  specifiedRules,
  validate,
} from 'graphql';
import type { Identity } from '../access/identity.js';
import { requireScopes } from '../access/required.js';
import type { Context } from '../context.js';
import { finish } from '../graph/transaction.js';
import { shownCost } from '../limits/admission.js';
import { checkDocument } from '../limits/document.js';
import { parseDocument } from '../limits/parse.js';
import { checkValues } from '../limits/values.js';
import { maskErrors } from './mask.js';
import type { Service } from './service.js';
import { trustedFor } from './trusted-documents.js';

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

/** Validation, and the reading of variables, stop after this many errors and say so: a client sees one more. */
export const MOST_ERRORS = 2;

/** A document that is valid and within its limits, or why not. */
export type Read = { document: DocumentNode; errors?: undefined } | { errors: readonly GraphQLError[] };

/** Parses a document and makes sure that it is valid and within its limits; who asks is not known yet. */
export function readDocument(schema: GraphQLSchema, query: string): Read {
  try {
    const document = parseDocument(query);
    checkDocument(document);
    const errors = validate(schema, document, specifiedRules, { maxErrors: MOST_ERRORS });
    if (errors.length) return { errors: errors.map(error => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
    return { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

/** Reads and checks an operation for somebody; the same rules on every transport that is not Apollo's own. */
export function prepare(
  { schema, trusted }: Pick<Service, 'schema' | 'trusted'>,
  request: OperationRequest,
  identity: Identity,
): Prepared {
  try {
    const { query, operationName, variables } = trustedFor(trusted, identity)?.resolve(request) ?? request;
    const read = readDocument(schema, query);
    if (read.errors) return read;
    const { document } = read;
    checkValues(variables, 'variables');
    requireScopes(schema, document, identity);
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const message = 'operationName must name one of the operations of the document.';
      return { errors: [coded(new GraphQLError(message), 'OPERATION_RESOLUTION_FAILURE')] };
    }
    const definitions = operation.variableDefinitions ?? [];
    const coerced = getVariableValues(schema, definitions, variables ?? {}, { maxErrors: MOST_ERRORS });
    if (coerced.errors) return { errors: coerced.errors.map(error => coded(error, 'BAD_USER_INPUT')) };
    return { document, operation };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
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
    const result = shown(service, await execute({ ...args, options: { maxCoercionErrors: MOST_ERRORS } }));
    const { admission } = args.contextValue.outcome;
    return admission ? { ...result, extensions: { cost: shownCost(admission, result.data) } } : result;
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
