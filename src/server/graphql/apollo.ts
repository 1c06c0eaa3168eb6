import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import { GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql';
import { requireScopes } from '../../access/require-scopes.js';
import type { Context } from '../../context.js';
import { executeWithPlan } from '../../graph/execute/execute-with-plan.js';
import { runCleanups } from '../../graph/sql/transaction.js';
import { hasUnavailableError } from '../../graph/sql/unavailable.js';
import { type AdmissionControl, costExtension } from '../../limits/admission.js';
import { httpStatusOf } from '../http/error-response.js';
import { maskErrors } from '../http/mask-errors.js';
import type { Logger } from '../observability/logger.js';
import { recordOperation, recordRequest } from '../observability/operation-context.js';
import { legacyStatusPlugin } from './legacy-status.js';
import { MAX_ERRORS } from './prepare-operation.js';
import type { QueryFastPath } from './query-fast-path.js';

/** Who may not ask for every field of a document is told before any of it runs; what an operation left open is ended. */
const accessPlugin = (known: QueryFastPath): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, source, contextValue }) {
        requireScopes(schema, document, contextValue.identity);
        known.add(source, document);
      },
      async willSendResponse({ contextValue, operation, response: { body } }) {
        const isQuery = operation?.operation === OperationTypeNode.QUERY;
        const { operationState } = contextValue;
        operationState.isWhole =
          isQuery && body.kind === 'single' && !body.singleResult.errors && !operationState.isMomentary;
        await runCleanups(contextValue);
      },
    };
  },
});

type Gateway = ApolloServerOptionsWithGateway<Context>['gateway'];

/** Apollo's door to another executor than its own; everything before and after running stays Apollo's. */
function plannedExecutorGateway(schema: GraphQLSchema): Gateway {
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: async () => ({
      executor: async ({ document, request: { operationName, variables }, context }) =>
        executeWithPlan({
          schema,
          document,
          operationName,
          variableValues: variables,
          contextValue: context,
          options: { maxCoercionErrors: MAX_ERRORS },
        }) as ReturnType<Awaited<ReturnType<Gateway['load']>>['executor'] & object>,
    }),
    stop: async () => undefined,
  };
}

/** What is asked is noted; an answer that the database was away for is a 503. */
const observabilityPlugin: ApolloServerPlugin<Context> = {
  async requestDidStart({ request }) {
    recordRequest(request.query, request.operationName);
    return {
      async didResolveOperation({ operation }) {
        recordOperation(operation);
      },
      async willSendResponse({ response: { body, http } }) {
        if (body.kind === 'single' && hasUnavailableError(body.singleResult.errors)) http.status = 503;
      },
    };
  },
};

/** An operation is let in by its cost, and says what it came to. The document's own limits stand before Apollo. */
const costPlugin = (admissions: AdmissionControl): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ document, request: { operationName, variables }, operation, contextValue }) {
        try {
          if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
            const message = 'A subscription is asked for over WebSocket, or with an event stream at /graphql/stream.';
            throw new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
          }
          await admissions.admit(contextValue, document, operationName, variables);
        } catch (error) {
          if (error instanceof GraphQLError) error.extensions.http ??= { status: httpStatusOf(error) };
          throw error;
        }
      },
      async willSendResponse({ contextValue: { operationState }, response: { body } }) {
        const { admission, refusal } = operationState;
        if (!admission || refusal || body.kind !== 'single') return;
        const { singleResult } = body;
        singleResult.extensions = { ...singleResult.extensions, cost: costExtension(admission, singleResult.data) };
      },
    };
  },
});

/** Apollo Server over our schema, run by our executor. */
export function createApolloServer(
  schema: GraphQLSchema,
  known: QueryFastPath,
  log: Logger,
  admissions: AdmissionControl,
): ApolloServer<Context> {
  // Said on purpose: Apollo Server traces every subgraph by itself, for whoever asks.
  const plugins = [accessPlugin(known), costPlugin(admissions), ApolloServerPluginInlineTraceDisabled()];
  return new ApolloServer<Context>({ gateway: plannedExecutorGateway(schema), ...options(plugins, log) });
}

/**
 * The same, run by graphql-js field by field, so that the time of each is known.
 *
 * @param schema One of its own: tracing wraps every resolver for good.
 */
export function createFederatedTraceServer(
  schema: GraphQLSchema,
  known: QueryFastPath,
  log: Logger,
  admissions: AdmissionControl,
): ApolloServer<Context> {
  const plugins = [accessPlugin(known), costPlugin(admissions), ApolloServerPluginInlineTrace()];
  return new ApolloServer<Context>({ schema, ...options(plugins, log) });
}

/** No landing page of its own, no reports to anybody, no stack traces to clients. */
function options(plugins: ApolloServerPlugin<Context>[], log: Logger) {
  return {
    introspection: true,
    validationOptions: { maxErrors: MAX_ERRORS },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: maskErrors(log),
    plugins: [
      observabilityPlugin,
      ...plugins,
      legacyStatusPlugin,
      // It wraps every field, which costs a tenth of a request.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  };
}
