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
import { requireScopes } from '../access/required.js';
import type { Context } from '../context.js';
import { sayAway } from '../graph/away.js';
import { executePlanned } from '../graph/execute/operation.js';
import { finish } from '../graph/transaction.js';
import { type Admissions, shownCost } from '../limits/admission.js';
import type { KnownOperations } from './known.js';
import { legacyStatus } from './legacy-status.js';
import { type Log, maskErrors } from './mask.js';
import { noteOperation, noteRequest } from './observe.js';
import { MOST_ERRORS } from './operation.js';
import { statusOf } from './refusal.js';

/** Who may not ask for every field of a document is told before any of it runs; what an operation left open is ended. */
const access = (known: KnownOperations): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, source, contextValue }) {
        requireScopes(schema, document, contextValue.identity);
        known.remember(source, document);
      },
      async willSendResponse({ contextValue, operation, response: { body } }) {
        const isQuery = operation?.operation === OperationTypeNode.QUERY;
        const { outcome } = contextValue;
        outcome.isWhole = isQuery && body.kind === 'single' && !body.singleResult.errors && !outcome.isMomentary;
        await finish(contextValue);
      },
    };
  },
});

type Gateway = ApolloServerOptionsWithGateway<Context>['gateway'];

/** Apollo's door to another executor than its own; everything before and after running stays Apollo's. */
function ownExecutor(schema: GraphQLSchema): Gateway {
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: async () => ({
      executor: async ({ document, request: { operationName, variables }, context }) =>
        executePlanned({
          schema,
          document,
          operationName,
          variableValues: variables,
          contextValue: context,
          options: { maxCoercionErrors: MOST_ERRORS },
        }) as ReturnType<Awaited<ReturnType<Gateway['load']>>['executor'] & object>,
    }),
    stop: async () => undefined,
  };
}

/** What is asked is noted; an answer that the database was away for is a 503. */
const observing: ApolloServerPlugin<Context> = {
  async requestDidStart({ request }) {
    noteRequest(request.query, request.operationName);
    return {
      async didResolveOperation({ operation }) {
        noteOperation(operation);
      },
      async willSendResponse({ response: { body, http } }) {
        if (body.kind === 'single' && sayAway(body.singleResult.errors)) http.status = 503;
      },
    };
  },
};

/** An operation is let in by its cost, and says what it came to. The document's own limits stand before Apollo. */
const cost = (admissions: Admissions): ApolloServerPlugin<Context> => ({
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
          if (error instanceof GraphQLError) error.extensions.http ??= { status: statusOf(error) };
          throw error;
        }
      },
      async willSendResponse({ contextValue: { outcome }, response: { body } }) {
        const { admission, refusal } = outcome;
        if (!admission || refusal || body.kind !== 'single') return;
        const { singleResult } = body;
        singleResult.extensions = { ...singleResult.extensions, cost: shownCost(admission, singleResult.data) };
      },
    };
  },
});

/** Apollo Server over our schema, run by our executor. */
export function createApolloServer(
  schema: GraphQLSchema,
  known: KnownOperations,
  log: Log,
  admissions: Admissions,
): ApolloServer<Context> {
  // Said on purpose: Apollo Server traces every subgraph by itself, for whoever asks.
  const plugins = [access(known), cost(admissions), ApolloServerPluginInlineTraceDisabled()];
  return new ApolloServer<Context>({ gateway: ownExecutor(schema), ...options(plugins, log) });
}

/**
 * The same, run by graphql-js field by field, so that the time of each is known.
 *
 * @param schema One of its own: tracing wraps every resolver for good.
 */
export function createTracedServer(
  schema: GraphQLSchema,
  known: KnownOperations,
  log: Log,
  admissions: Admissions,
): ApolloServer<Context> {
  const plugins = [access(known), cost(admissions), ApolloServerPluginInlineTrace()];
  return new ApolloServer<Context>({ schema, ...options(plugins, log) });
}

/** No landing page of its own, no reports to anybody, no stack traces to clients. */
function options(plugins: ApolloServerPlugin<Context>[], log: Log) {
  return {
    introspection: true,
    validationOptions: { maxErrors: MOST_ERRORS },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: maskErrors(log),
    plugins: [
      observing,
      ...plugins,
      legacyStatus,
      // It wraps every field, which costs a tenth of a request.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  };
}
