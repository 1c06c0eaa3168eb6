import {
  ApolloServer,
  type ApolloServerPlugin,
  HeaderMap,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import type { Context } from '../../context.js';
import { toGraphqlError } from '../http/mask-errors.js';
import { type ApolloDeps, executionPlugin, tracedExecutionPlugin } from './execution-plugins.js';
import { MAX_ERRORS } from './parse-and-validate.js';
import { legacyStatusPlugin, notAcceptablePlugin } from './status-plugins.js';

/** Creates an Apollo Server that executes operations by `executeOperation`. */
export function createApolloServer(deps: ApolloDeps): ApolloServer<Context> {
  // Apollo Server traces subgraphs for every client unless it is disabled.
  return createServer(deps, executionPlugin(deps), ApolloServerPluginInlineTraceDisabled());
}

/**
 * Creates an Apollo Server that executes operations by graphql-js, to measure the duration of each field.
 *
 * @param deps With a schema of its own: tracing wraps every resolver permanently.
 */
export function createFederatedTraceServer(deps: ApolloDeps): ApolloServer<Context> {
  return createServer(deps, tracedExecutionPlugin(deps), ApolloServerPluginInlineTrace());
}

function createServer(
  { schema, documents, logger }: ApolloDeps,
  ...plugins: ApolloServerPlugin<Context>[]
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    ...documents.forApollo(),
    introspection: true,
    validationOptions: { maxErrors: MAX_ERRORS },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => toGraphqlError(error, logger, formatted),
    plugins: [
      notAcceptablePlugin,
      ...plugins,
      legacyStatusPlugin,
      // Wraps every field, which costs 10 % of a request.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** A request of GraphQL over HTTP, with its headers as names and values. */
export type HttpRequest = Omit<HTTPGraphQLRequest, 'headers'> & { headers: readonly (readonly [string, string])[] };

/** Executes a request by a server. */
export const executeRequest = (
  server: ApolloServer<Context>,
  { headers, ...request }: HttpRequest,
  contextValue: Context,
): Promise<HTTPGraphQLResponse> =>
  server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { ...request, headers: new HeaderMap(headers) },
    context: async () => contextValue,
  });
