import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGatewayRuntime, getGraphQLWSOptions } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { composeServices } from '@theguild/federation-composition';
import type { DocumentNode } from 'graphql';
import { type Extra, useServer as serveSockets } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

/** A graph that takes part in a larger one. */
export interface Subgraph {
  name: string;
  url: string;
  typeDefs: DocumentNode;
}

/** A gateway that serves a larger graph over HTTP. */
export interface Gateway {
  url: string;
  close(): Promise<void>;
}

export interface GatewayOptions {
  /** Shown to the register, in the header for it. */
  secret?: string;
  /** The cost of each query stands in its answer. */
  tellCost?: boolean;
  /** Asked first; it answers, or gives false. */
  front?: (request: IncomingMessage, response: ServerResponse) => boolean;
  port?: number;
}

/**
 * Composes graphs into a larger one.
 *
 * @throws Error that names what does not fit.
 */
export function supergraphOf(subgraphs: readonly Subgraph[]): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/**
 * Hive Gateway with the planner of Hive Router: queries and subscriptions of clients over HTTP and WebSocket, the
 * register's subscription over WebSocket.
 */
export async function openHiveGateway(
  supergraph: string,
  { secret, tellCost = false, front, port = 0 }: GatewayOptions = {},
): Promise<Gateway> {
  const headers: [string, string][] = secret ? [['router-authorization', secret]] : [];
  const gateway = createGatewayRuntime({
    supergraph,
    unifiedGraphHandler,
    logging: false,
    graphiql: false,
    landingPage: false,
    transportEntries: {
      register: { headers, options: { subscriptions: { kind: 'ws', location: '/graphql', headers } } },
    },
    // The key is the client's own: the register decides what it opens.
    propagateHeaders: {
      fromClientToSubgraphs({ request }) {
        const authorization = request.headers.get('authorization');
        return authorization === null ? {} : { authorization };
      },
    },
    ...(tellCost && { demandControl: { includeExtensionMetadata: true } }),
  });
  const server = createServer((request, response) => {
    if (!front?.(request, response)) void gateway(request, response);
  });
  const sockets = serveSockets(
    getGraphQLWSOptions<Record<string, unknown>, Extra>(gateway, ({ extra }) => ({
      req: extra.request,
      socket: extra.socket,
    })),
    new WebSocketServer({ server, path: '/graphql' }),
  );
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    close: async () => {
      await sockets.dispose();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await gateway[Symbol.asyncDispose]();
    },
  };
}
