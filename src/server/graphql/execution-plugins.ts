import { type ApolloServerPlugin, type GraphQLRequestContext, HeaderMap } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Context } from '../../context.js';
import { graphqlError } from '../../graph/errors.js';
import { runCleanups } from '../../graph/sql/transaction.js';
import { hasUnavailableError } from '../../graph/sql/unavailable.js';
import { checkValues } from '../../limits/json-values.js';
import { message } from '../../messages/message.js';
import { httpStatusOf } from '../http/error-response.js';
import { recordOperation, recordQuery } from '../observability/operation-context.js';
import type { DocumentStore } from './document-store.js';
import { admitOperation, type ExecutionDeps, errorResult, executeOperation } from './execute-operation.js';
import { extensionsOf } from './extensions.js';
import { prepareOperation } from './prepare-operation.js';
import type { PreparedOperation } from './stored-document.js';

export interface ApolloDeps extends ExecutionDeps {
  documents: DocumentStore;
}

type RequestContext = Pick<GraphQLRequestContext<Context>, 'request' | 'contextValue'> & { source: string };

/**
 * Prepares the operation of a request in a hook of Apollo Server. Apollo may have parsed the document by itself, so the
 * document store is asked again.
 *
 * @throws GraphQLError for a document that is rejected, an unknown operation and a subscription.
 */
async function prepare(
  { documents, admissionControl }: ApolloDeps,
  context: RequestContext,
): Promise<PreparedOperation> {
  const { operationName, variables, http } = context.request;
  const { operation, errors } = prepareOperation(documents, { query: context.source, operationName });
  if (!operation) {
    context.contextValue.operationState.budget = await admissionControl.chargeRejected(context.contextValue);
    const [{ message: text, extensions } = { message: '' }] = errors;
    throw new GraphQLError(text, { extensions: { ...extensions } });
  }
  if (operation.node.operation === OperationTypeNode.SUBSCRIPTION) {
    throw graphqlError('BAD_REQUEST', message('SUBSCRIPTION_OVER_HTTP', {}));
  }
  // The body of a POST was checked when it was parsed.
  if (http?.method === 'GET') checkValues(variables, 'variables');
  recordOperation(operation);
  return operation;
}

/** Hands every operation over to `executeOperation`: Apollo Server only reads the request and writes the response. */
export const executionPlugin = (deps: ApolloDeps): ApolloServerPlugin<Context> => ({
  async requestDidStart({ request: { query } }) {
    recordQuery(query);
    return {
      // Called before Apollo Server looks the document up.
      async didResolveSource({ source }) {
        deps.documents.load(source);
      },
      // Called instead of the execution. Apollo Server does not catch what it throws.
      async responseForOperation(context) {
        const { contextValue, request } = context;
        const { status, body } = await prepare(deps, context)
          .then(operation => executeOperation(deps, operation, request.variables, contextValue))
          .catch((error: unknown) => errorResult(error, deps.logger));
        return { http: { status, headers: new HeaderMap() }, body: { kind: 'single', singleResult: body as never } };
      },
    };
  },
});

/** Does the same around the execution by graphql-js, in which Apollo Server measures the duration of each field. */
export const tracedExecutionPlugin = (deps: ApolloDeps): ApolloServerPlugin<Context> => ({
  async requestDidStart({ request: { query } }) {
    recordQuery(query);
    return {
      async didResolveSource({ source }) {
        deps.documents.load(source);
      },
      async didResolveOperation(context) {
        const { contextValue, request } = context;
        await prepare(deps, context)
          .then(operation => admitOperation(deps, operation, request.variables, contextValue))
          .catch((error: unknown) => {
            if (error instanceof GraphQLError) error.extensions.http ??= { status: httpStatusOf(error) };
            throw error;
          });
      },
      async willSendResponse({ contextValue, response: { body, http } }) {
        const { admission, refusal } = contextValue.operationState;
        if (body.kind === 'single') {
          const { singleResult } = body;
          if (hasUnavailableError(singleResult.errors)) http.status = 503;
          if (admission && !refusal)
            singleResult.extensions = { ...singleResult.extensions, ...extensionsOf(contextValue, singleResult.data) };
        }
        await runCleanups(contextValue);
      },
    };
  },
});
