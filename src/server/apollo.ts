import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { requireScopes } from '../access/required.js';
import type { Context } from '../context.js';
import { finish } from '../graph/transaction.js';
import { type Admissions, shownCost } from '../limits/admission.js';
import { costHeaders, refusalHeaders } from './cost-headers.js';
import { type Log, maskErrors } from './mask.js';
import { MOST_ERRORS } from './operation.js';
import { statusOf } from './refusal.js';
import { inlineTrace } from './trace.js';

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

/** An operation is let in by its cost, and says what it came to. The document's own limits stand before Apollo. */
const cost = (admissions: Admissions): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    let refusal: unknown;
    return {
      async didResolveOperation({ document, request: { operationName, variables }, operation, contextValue }) {
        try {
          if (operation?.operation === 'subscription') {
            const message = 'A subscription is asked for over WebSocket, or with an event stream at /graphql/stream.';
            throw new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
          }
          await admissions.admit(contextValue, document, operationName, variables);
        } catch (error) {
          refusal = error;
          if (error instanceof GraphQLError) error.extensions.http ??= { status: statusOf(error) };
          throw error;
        }
      },
      async willSendResponse({ contextValue: { admission }, response: { body, http } }) {
        for (const [name, value] of costHeaders(admission)) http.headers.set(name, value);
        for (const [name, value] of refusalHeaders(refusal)) http.headers.set(name, value);
        if (!admission || refusal || body.kind !== 'single') return;
        const { singleResult } = body;
        singleResult.extensions = { ...singleResult.extensions, cost: shownCost(admission, singleResult.data) };
      },
    };
  },
});

/** Apollo Server over our schema: no landing page of its own, no reports to anybody, no stack traces to clients. */
export function createApolloServer(
  schema: GraphQLSchema,
  log: Log,
  admissions: Admissions,
  routerOnly = false,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    introspection: true,
    validationOptions: { maxErrors: MOST_ERRORS },
    executionOptions: { maxCoercionErrors: MOST_ERRORS },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: maskErrors(log),
    plugins: [
      access,
      cost(admissions),
      inlineTrace(routerOnly),
      // It wraps every field, which costs a tenth of a request.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}
