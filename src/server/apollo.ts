import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { requireScopes } from '../access/required.js';
import type { Context } from '../context.js';
import { RETRY_AFTER } from '../graph/away.js';
import { finish } from '../graph/transaction.js';
import { type Log, maskErrors } from './mask.js';
import { noteOperation, noteRequest } from './observe.js';

/** Who may not ask for every field of a document is told before any of it runs; what an operation left open is ended. */
const access: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, contextValue }) {
        requireScopes(schema, document, contextValue.identity);
      },
      async willSendResponse({ contextValue }) {
        await finish(contextValue);
      },
    };
  },
};

/** What is asked is noted; an answer that the database was away for is a 503. */
const observing: ApolloServerPlugin<Context> = {
  async requestDidStart({ request }) {
    noteRequest(request.query, request.operationName);
    return {
      async didResolveOperation({ operation }) {
        noteOperation(operation);
      },
      async willSendResponse({ response: { body, http } }) {
        const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
        if (!errors?.some(({ extensions }) => extensions?.code === 'SERVICE_UNAVAILABLE')) return;
        http.status = 503;
        http.headers.set('retry-after', String(RETRY_AFTER));
      },
    };
  },
};

/** Apollo Server over our schema: no landing page of its own, no reports to anybody, no stack traces to clients. */
export function createApolloServer(schema: GraphQLSchema, log: Log): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: maskErrors(log),
    plugins: [
      observing,
      access,
      // It wraps every field, which costs a tenth of a request.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
