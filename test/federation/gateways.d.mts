// The types of `gateways.mjs`, which is no TypeScript so that those of Hive Gateway stay out: they add to graphql's own.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DocumentNode } from 'graphql';

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
export function supergraphOf(subgraphs: readonly Subgraph[]): string;

/**
 * Hive Gateway with the planner of Hive Router: queries and subscriptions of clients over HTTP and WebSocket, the
 * register's subscription over WebSocket.
 */
export function openHiveGateway(supergraph: string, options?: GatewayOptions): Promise<Gateway>;
