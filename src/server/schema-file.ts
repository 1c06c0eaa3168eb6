import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { clientSchemaText } from '../federation/client-schema.js';
import type { PreparedResponse } from './http/prepared-response.js';
import { sendResponse } from './http/response.js';

let file: PreparedResponse | undefined;

/** Sends the schema for clients; printed at the first request, because printing takes as long as several queries. */
export function sendSchema(schema: GraphQLSchema, request: IncomingMessage, response: ServerResponse) {
  file ??= {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: clientSchemaText(schema),
    encoding: 'utf8',
    isCacheable: true,
    cost: 0,
  };
  return sendResponse(request, response, file, {});
}
