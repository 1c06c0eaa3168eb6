import { type ExecutionResult, type GraphQLFormattedError, type GraphQLSchema, OperationTypeNode } from 'graphql';
import { requireScopes } from '../../access/require-scopes.js';
import type { Context } from '../../context.js';
import type { ErrorCode } from '../../graph/errors.js';
import { executeWithPlan } from '../../graph/execute/execute-with-plan.js';
import type { ReadReplicas } from '../../graph/sql/replicas.js';
import { runCleanups } from '../../graph/sql/transaction.js';
import { hasUnavailableError } from '../../graph/sql/unavailable.js';
import type { Admission, AdmissionControl } from '../../limits/admission.js';
import { refuseUnlessQuery } from '../http/bind-moment.js';
import { httpStatusOf } from '../http/error-response.js';
import { toGraphqlError } from '../http/mask-errors.js';
import type { Logger } from '../observability/logger.js';
import { checkReadableInput } from './check-readable-input.js';
import { extensionsOf, type ResultExtensions } from './extensions.js';
import { selectsReleaseFields } from './release-fields.js';
import type { PreparedOperation } from './stored-document.js';

export interface ExecutionDeps {
  schema: GraphQLSchema;
  admissionControl: AdmissionControl;
  logger: Logger;
  /** Undefined if all reads go to one server. */
  replicas?: ReadReplicas | undefined;
}

type Variables = Record<string, unknown> | null | undefined;

/** The result of an operation in the form that clients see, with the status that HTTP has for it. */
export interface OperationResult {
  status: number;
  /** In the order of keys that every transport sends. */
  body: {
    errors?: readonly GraphQLFormattedError[] | undefined;
    data?: Record<string, unknown> | null | undefined;
    extensions?: ResultExtensions | undefined;
  };
}

/**
 * Executes an operation from admission to the result: the one way that HTTP, Apollo Server, streams and sockets take. An
 * operation that was admitted before is not admitted again. Errors are part of the result: refusals, errors of variables
 * (without `data`) and errors of fields. Nothing is left open afterwards.
 *
 * @param takesJsonLists Whether lists of the result may be a `JsonList`: a caller that serializes it by `serializeResult`.
 */
export async function executeOperation(
  deps: ExecutionDeps,
  operation: PreparedOperation,
  variables: Variables,
  contextValue: Context,
  takesJsonLists = false,
): Promise<OperationResult> {
  const { schema } = deps;
  try {
    await admitOperation(deps, operation, variables, contextValue);
    if (deps.replicas && operation.node.operation === OperationTypeNode.QUERY)
      deps.replicas.assign(contextValue.em, contextValue.knownAt?.changeId);
    const result = await executeWithPlan({
      schema,
      document: operation.document,
      operation: operation.node,
      variableValues: variables,
      contextValue,
      planOwner: operation,
      shownIds: contextValue.operationState.shownIds,
      takesJsonLists,
    });
    if (result.data === undefined && result.errors) {
      const others = await checkReadableInput(schema, operation, variables ?? {}, result.errors, contextValue);
      if (others.length)
        return completeOperation(deps, operation, { errors: [...result.errors, ...others] }, contextValue);
    }
    return completeOperation(deps, operation, result, contextValue);
  } catch (error) {
    return errorResult(error, deps.logger);
  } finally {
    if (contextValue.cleanups.length) await runCleanups(contextValue);
  }
}

/** Returns the result of an operation that an error refuses as a whole. */
export function errorResult(error: unknown, logger: Logger): OperationResult {
  const formatted = toGraphqlError(error, logger);
  return { status: httpStatusOf(formatted), body: { errors: [formatted] } };
}

/**
 * Checks the scopes of an operation, refuses to write or to follow the past, and charges its cost. A second call for one operation charges nothing.
 *
 * @throws AccessError, LimitError, RateLimitError.
 */
export function admitOperation(
  { admissionControl }: Pick<ExecutionDeps, 'admissionControl'>,
  operation: PreparedOperation,
  variables: Variables,
  contextValue: Context,
): Promise<Admission> {
  try {
    if (contextValue.knownAt) refuseUnlessQuery(operation, contextValue.knownAt.text);
    requireScopes(operation.requirements, contextValue.identity);
  } catch (error) {
    return admissionControl.chargeRejected(contextValue).then(budget => {
      contextValue.operationState.budget = budget;
      throw error;
    });
  }
  return admissionControl.admit(contextValue, operation.costPlan, variables);
}

/** Masks the errors of an executed operation, adds its cost, and determines its status and whether it can be cached. */
function completeOperation(
  { logger, schema }: Pick<ExecutionDeps, 'logger' | 'schema'>,
  operation: PreparedOperation,
  result: ExecutionResult,
  contextValue: Context,
): OperationResult {
  const { knownAt, operationState } = contextValue;
  const { data } = result;
  const errors = maskErrors(result, logger);
  operationState.isCacheable =
    !errors && operation.node.operation === OperationTypeNode.QUERY && !operationState.isMomentary;
  operationState.isForever = knownAt !== undefined && !selectsReleaseFields(schema, operation.document);
  return {
    // Without data, a variable has a wrong value.
    status: data === undefined ? 400 : statusOfFieldErrors(errors),
    body: { errors, data, extensions: extensionsOf(contextValue, data) },
  };
}

/** Returns the status of a result with data: that of errors after which the same operation may succeed, else 200. */
function statusOfFieldErrors(errors: readonly GraphQLFormattedError[] | undefined): number {
  if (!errors) return 200;
  if (hasUnavailableError(errors)) return 503;
  return errors.some(({ extensions }) => extensions?.code === ('RATE_LIMITED' satisfies ErrorCode)) ? 429 : 200;
}

/** Returns the errors of a result in the form that clients see. */
export function maskErrors(
  { data, errors }: ExecutionResult,
  logger: Logger,
): readonly GraphQLFormattedError[] | undefined {
  return errors?.map(error => {
    if (data === undefined) error.extensions.code ??= 'BAD_USER_INPUT' satisfies ErrorCode;
    return toGraphqlError(error, logger);
  });
}
