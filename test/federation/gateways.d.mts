// Types of `gateways.mjs`. That file is JavaScript because the types of Hive Gateway augment those of graphql.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DocumentNode } from 'graphql';

/** Subgraph of a supergraph. */
export interface Subgraph {
  name: string;
  url: string;
  typeDefs: DocumentNode;
}

/** Gateway that serves a supergraph over HTTP. */
export interface Gateway {
  url: string;
  close(): Promise<void>;
}

export interface GatewayOptions {
  /** Secret sent to the register in the header `router-authorization`. */
  secret?: string;
  /** Adds the cost of each query to `extensions` of its response. */
  reportCost?: boolean;
  /** Called with each request first. Returns true if it has sent the response, false to let the gateway handle it. */
  front?: (request: IncomingMessage, response: ServerResponse) => boolean;
  port?: number;
}

/**
 * Composes subgraphs into a supergraph.
 *
 * @throws Error with the messages of the composition errors.
 */
export function supergraphOf(subgraphs: readonly Subgraph[]): string;

/**
 * Opens Hive Gateway with the query planner of Hive Router. Serves queries and subscriptions over HTTP and WebSocket;
 * subscribes to the register over WebSocket.
 */
export function openHiveGateway(supergraph: string, options?: GatewayOptions): Promise<Gateway>;
