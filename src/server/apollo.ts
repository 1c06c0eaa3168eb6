import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import { requireScopes } from '../access/required.js';
import type { Context } from '../context.js';
import { sayAway } from '../graph/away.js';
import { executePlanned } from '../graph/execute/operation.js';
import { finish } from '../graph/transaction.js';
import type { KnownOperations } from './known.js';
import { legacyStatus } from './legacy-status.js';
import { type Log, maskErrors } from './mask.js';
import { noteOperation, noteRequest } from './observe.js';

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
        contextValue.outcome.isWhole = isQuery && body.kind === 'single' && !body.singleResult.errors;
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

/** Apollo Server over our schema: no landing page of its own, no reports to anybody, no stack traces to clients. */
export function createApolloServer(schema: GraphQLSchema, known: KnownOperations, log: Log): ApolloServer<Context> {
  return new ApolloServer<Context>({
    gateway: ownExecutor(schema),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: maskErrors(log),
    plugins: [
      observing,
      access(known),
      legacyStatus,
      // It wraps every field, which costs a tenth of a request.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
