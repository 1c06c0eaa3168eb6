import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { parse } from 'graphql';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import type { RunningServer } from '../../src/server/serve.js';
import { openTestServer } from '../support/server.js';
import type { Subgraph } from './gateways.mjs';
import { museums } from './partners/museums.js';
import { population } from './partners/population.js';
import { type ServedPartner, servePartner } from './partners/serve.js';
import { trade } from './partners/trade.js';

/** Router secret of these tests. */
export const SECRET = 'the-secret-of-the-routers-of-these-tests';

/** API key with all scopes. */
export const ADMIN_KEY = 'the-key-of-these-tests';

/** The register and its partners, each on a server of its own, with counters. */
export interface Graphs {
  register: RunningServer;
  subgraphs: Subgraph[];
  /** Sends a query and returns the response, the requests to each graph, and the SQL statements of the register. */
  ask(url: string, query: string, variables?: Record<string, unknown>): Promise<MeasuredResponse>;
  close(): Promise<void>;
}

export interface MeasuredResponse {
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data depends on the query.
  data: any;
  errors: { message: string; extensions?: Record<string, unknown> }[] | undefined;
  extensions: Record<string, unknown> | undefined;
  /** Number of requests per graph. */
  requests: Record<string, number>;
  /** SQL statements of the register, without those of the change feed. */
  statements: string[];
}

const registerText = () => readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');

export async function openGraphs(): Promise<Graphs> {
  const register = await openTestServer({ access: { routerSecret: SECRET, adminKey: ADMIN_KEY } });
  const partners = await Promise.all([population, trade, museums].map(servePartner));
  const subgraphs = [
    { name: 'register', url: `${register.url}/graphql`, typeDefs: parse(await registerText()) },
    ...partners.map(({ name, url, typeDefs }: ServedPartner) => ({ name, url, typeDefs })),
  ];
  const names = new Map(subgraphs.map(({ name, url }) => [Number(new URL(url).port), name]));
  return {
    register,
    subgraphs,
    ask: async (url, query, variables) => {
      const requests: Record<string, number> = {};
      const statements: string[] = [];
      const onRequest = (message: unknown) => {
        const address = (message as { server: Server }).server.address();
        const name = typeof address === 'object' && address ? names.get(address.port) : undefined;
        if (name) requests[name] = (requests[name] ?? 0) + 1;
      };
      const onStatement = (message: unknown) => {
        const { text } = message as StatementEvent;
        if (!/\bfrom change\b/.test(text)) statements.push(text);
      };
      subscribe('http.server.request.start', onRequest);
      statementChannel.subscribe(onStatement);
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query, ...(variables && { variables }) }),
        });
        return { ...((await response.json()) as MeasuredResponse), requests, statements };
      } finally {
        unsubscribe('http.server.request.start', onRequest);
        statementChannel.unsubscribe(onStatement);
      }
    },
    close: async () => {
      await Promise.all(partners.map(partner => partner.close()));
      await register.close();
    },
  };
}
