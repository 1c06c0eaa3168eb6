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
import type { Identity } from '../../access/identity.js';
import { requireScopes } from '../../access/require-scopes.js';
import type { Context } from '../../context.js';
import { runCleanups } from '../../graph/sql/transaction.js';
import { costExtension } from '../../limits/admission.js';
import { checkDocument } from '../../limits/document.js';
import { checkValues } from '../../limits/json-values.js';
import { parseDocument } from '../../limits/parse.js';
import { maskErrors } from '../http/mask-errors.js';
import type { Logger } from '../observability/logger.js';
import { type TrustedDocuments, trustedDocumentsFor } from './trusted-documents.js';

/** What a client sends, on whichever transport. */
export interface OperationRequest {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
  extensions?: Record<string, unknown> | null | undefined;
}

/** An operation that may run, or why not. */
export type PreparedOperation =
  | { document: DocumentNode; operation: OperationDefinitionNode; errors?: undefined }
  | { errors: readonly GraphQLError[] };

/** Validation, and the reading of variables, stop after this many errors and say so: a client sees one more. */
export const MAX_ERRORS = 2;

/** A document that is valid and within its limits, or why not. */
export type ValidatedDocument = { document: DocumentNode; errors?: undefined } | { errors: readonly GraphQLError[] };

/** Parses a document and makes sure that it is valid and within its limits; who asks is not known yet. */
export function parseAndValidate(schema: GraphQLSchema, query: string): ValidatedDocument {
  try {
    const document = parseDocument(query);
    checkDocument(document);
    const errors = validate(schema, document, specifiedRules, { maxErrors: MAX_ERRORS });
    if (errors.length) return { errors: errors.map(error => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) };
    return { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

/** Reads and checks an operation for somebody; the same rules on every transport that is not Apollo's own. */
export function prepareOperation(
  { schema, trustedDocuments }: { schema: GraphQLSchema; trustedDocuments: TrustedDocuments | undefined },
  request: OperationRequest,
  identity: Identity,
): PreparedOperation {
  try {
    const { query, operationName, variables } =
      trustedDocumentsFor(trustedDocuments, identity)?.resolve(request) ?? request;
    const read = parseAndValidate(schema, query);
    if (read.errors) return read;
    const { document } = read;
    checkValues(variables, 'variables');
    requireScopes(schema, document, identity);
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const message = 'operationName must name one of the operations of the document.';
      return { errors: [withCode(new GraphQLError(message), 'OPERATION_RESOLUTION_FAILURE')] };
    }
    const definitions = operation.variableDefinitions ?? [];
    const coerced = getVariableValues(schema, definitions, variables ?? {}, { maxErrors: MAX_ERRORS });
    if (coerced.errors) return { errors: coerced.errors.map(error => withCode(error, 'BAD_USER_INPUT')) };
    return { document, operation };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

/** Gives an error a code when it has none. */
function withCode(error: GraphQLError, code: string): GraphQLError {
  error.extensions.code ??= code;
  return error;
}

/** Runs a query or a mutation to the end, with nothing left open after it. */
export async function executeOperation(
  service: { logger: Logger },
  args: ExecutionArgs & { contextValue: Context },
): Promise<ExecutionResult> {
  try {
    const result = maskResult(service, await execute({ ...args, options: { maxCoercionErrors: MAX_ERRORS } }));
    const { admission } = args.contextValue.operationState;
    return admission ? { ...result, extensions: { cost: costExtension(admission, result.data) } } : result;
  } finally {
    await runCleanups(args.contextValue);
  }
}

/** A result as clients may see it: errors that were not meant for them are masked. */
export function maskResult({ logger }: { logger: Logger }, { data, errors }: ExecutionResult): ExecutionResult {
  const mask = maskErrors(logger);
  if (!errors) return { data: data ?? null };
  const masked = errors.map(error => mask(withCode(error, 'INTERNAL_SERVER_ERROR').toJSON(), error));
  return { errors: masked as unknown as GraphQLError[], ...(data !== undefined && { data }) };
}
