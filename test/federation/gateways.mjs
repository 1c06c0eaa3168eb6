import { createServer } from 'node:http';
import { createGatewayRuntime, getGraphQLWSOptions } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { composeServices } from '@theguild/federation-composition';
import { GraphQLError } from 'graphql';
import { useServer as serveSockets } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

/**
 * Composes subgraphs into a supergraph.
 *
 * @throws Error with the messages of the composition errors.
 */
export function supergraphOf(subgraphs) {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

const KNOWN_AT = 'register-known-at';

/** Returns those of the named headers that a message has. */
const pickHeaders = (headers, ...names) =>
  Object.fromEntries(names.map(name => [name, headers.get(name)]).filter(([, value]) => value !== null));

/** Plug-in of the gateway: a subscription reaches the register over a socket of many clients, which has no moment. */
const refuseSubscriptionsToThePast = {
  onSubscribe({ args, setResultAndStopExecution }) {
    if (!args.contextValue.request?.headers.get(KNOWN_AT)) return;
    const message = 'A subscription has no past: send it without the header Register-Known-At.';
    setResultAndStopExecution({ errors: [new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })] });
  },
};

/**
 * Opens Hive Gateway with the query planner of Hive Router. Serves queries and subscriptions over HTTP and WebSocket;
 * subscribes to the register over WebSocket.
 */
export async function openHiveGateway(supergraph, { secret, reportCost = false, front, port = 0 } = {}) {
  const headers = secret ? [['router-authorization', secret]] : [];
  const gateway = createGatewayRuntime({
    supergraph,
    unifiedGraphHandler,
    logging: false,
    graphiql: false,
    landingPage: false,
    transportEntries: {
      register: {
        headers,
        options: {
          subscriptions: { kind: 'ws', location: '/graphql', headers },
          // The register shares the responses of identical requests itself. Shared by the gateway, only the first client
          // would get the headers of the response.
          deduplicateInflightRequests: false,
        },
      },
    },
    propagateHeaders: {
      // Passes on the API key of the client, which the register authorises, and the moment that it asks about.
      fromClientToSubgraphs: ({ request }) => pickHeaders(request.headers, 'authorization', KNOWN_AT),
      // Tells the client of which moment the answer is.
      fromSubgraphsToClient: ({ response }) => pickHeaders(response.headers, KNOWN_AT, 'register-cursor'),
      deduplicateHeaders: true,
    },
    plugins: () => [refuseSubscriptionsToThePast],
    ...(reportCost && { demandControl: { includeExtensionMetadata: true } }),
  });
  const server = createServer((request, response) => {
    if (!front?.(request, response)) void gateway(request, response);
  });
  const sockets = serveSockets(
    getGraphQLWSOptions(gateway, ({ extra }) => ({
      req: extra.request,
      socket: extra.socket,
    })),
    new WebSocketServer({ server, path: '/graphql' }),
  );
  await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/graphql`,
    close: async () => {
      await sockets.dispose();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await gateway[Symbol.asyncDispose]();
    },
  };
}
