import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import type { Context } from '../context.js';

/**
 * Gives a router the time that each field took, in `extensions.ftv1`, when it asks with the header
 * `apollo-federation-include-trace: ftv1` and shows the secret. Whoever else sends the header gets the answer without.
 */
export function inlineTrace(routerOnly: boolean): ApolloServerPlugin<Context> {
  // Said on purpose: Apollo Server turns it on by itself for every subgraph, for whoever asks.
  if (!routerOnly) return ApolloServerPluginInlineTraceDisabled();
  const trace = ApolloServerPluginInlineTrace() as ApolloServerPlugin<Context>;
  return {
    ...trace,
    requestDidStart: async context =>
      context.contextValue.identity.fromRouter ? trace.requestDidStart?.(context) : undefined,
  };
}
