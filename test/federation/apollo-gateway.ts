import { composeServices } from '@apollo/composition';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { publicPart } from '../../src/federation/public-part.js';
import type { Gateway, Subgraph } from './gateways.mjs';

interface Context {
  knownAt?: string | undefined;
}

/**
 * Opens Apollo Gateway over the public part of each graph, composed by `@apollo/composition`. Apollo Gateway does not
 * support `@requiresScopes` and rejects every supergraph that has it.
 */
export async function openApolloGateway(subgraphs: readonly Subgraph[], secret?: string): Promise<Gateway> {
  const services = subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs: publicPart(typeDefs) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: { debug() {}, info() {}, warn: console.warn, error: console.error },
    buildService: ({ name, url }) =>
      new RemoteGraphQLDataSource<Context>({
        url: String(url),
        willSendRequest({ request, context }) {
          // The moment that the client asks about.
          if (context.knownAt) request.http?.headers.set('register-known-at', context.knownAt);
          if (name === 'register' && secret) request.http?.headers.set('router-authorization', secret);
        },
      }),
  });
  const server = new ApolloServer<Context>({ gateway, stopOnTerminationSignals: false });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: async ({ req }) => ({ knownAt: req.headers['register-known-at']?.toString() }),
  });
  return { url, close: () => server.stop() };
}
