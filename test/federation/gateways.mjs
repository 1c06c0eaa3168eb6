import { createServer } from 'node:http';
import { createGatewayRuntime, getGraphQLWSOptions } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { composeServices } from '@theguild/federation-composition';
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
      register: { headers, options: { subscriptions: { kind: 'ws', location: '/graphql', headers } } },
    },
    // Passes the API key of the client on: the register authorises it.
    propagateHeaders: {
      fromClientToSubgraphs({ request }) {
        const authorization = request.headers.get('authorization');
        return authorization === null ? {} : { authorization };
      },
    },
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
