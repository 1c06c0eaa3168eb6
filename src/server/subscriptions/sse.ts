import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { parseOperationRequest } from '../graphql/parse-request.js';
import { executeOperation, maskResult, prepareOperation } from '../graphql/prepare-operation.js';
import { trustedDocumentsFor } from '../graphql/trusted-documents.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { RequestError } from '../http/body.js';
import type { ConnectionQuota } from '../http/connection-quota.js';
import { httpStatusOf, sendGraphqlError as refuseInWords, sendJson } from '../http/error-response.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';
import { recordOperation, recordRequest } from '../observability/operation-context.js';
import type { Service } from '../service.js';
import type { Sessions } from './sessions.js';

/** A comment is sent this often, so that proxies keep an idle stream and a gone client is noticed; in milliseconds. */
const HEARTBEAT_MS = 12_000;
/** A client that was told the end and does not take it is cut off after this long; in milliseconds. */
const CLOSE_TIMEOUT_MS = 3_000;

/** GraphQL over server-sent events, in the mode of one operation a connection. */
export interface SseTransport {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends all streams; clients come back with the id of the last event. */
  close(): void;
}

/** Written here and not taken from graphql-sse: that one gives events no id, and without one a browser cannot resume. */
export function eventTransport(service: Service, sessions: Sessions, perAddress: ConnectionQuota): SseTransport {
  const open = new Set<() => void>();
  return {
    async answer(request, response) {
      if (request.method !== 'GET' && request.method !== 'POST') {
        response.setHeader('allow', 'GET, POST, OPTIONS');
        throw new RequestError(405, 'A stream is asked for with GET or POST.');
      }
      const { identity, address } = await authenticateRequest(service, request);
      const asked = await parseOperationRequest(request, trustedDocumentsFor(service.trustedDocuments, identity));
      recordRequest(asked.query, asked.operationName);
      const contextValue = service.context(identity, address);
      const prepared = prepareOperation(service, asked, identity);
      if (prepared.errors) {
        await service.admissionControl.chargeRejected(contextValue);
        return refuse(response, prepared.errors);
      }
      const { document, operation } = prepared;
      recordOperation(operation);
      if (operation.operation === 'mutation' && request.method === 'GET') {
        throw new RequestError(405, 'A mutation is sent with POST.');
      }
      const admission = await service.admissionControl.admit(
        contextValue,
        document,
        asked.operationName,
        asked.variables,
      );
      for (const [name, value] of Object.entries(rateLimitHeaders(admission))) response.setHeader(name, value);
      if (operation.operation !== 'subscription') {
        const { schema } = service;
        const { operationName, variables: variableValues } = asked;
        const result = await executeOperation(service, {
          schema,
          document,
          operationName,
          variableValues: variableValues ?? {},
          contextValue,
        });
        begin(response).end(whole(JSON.stringify(result)));
        return;
      }
      const leave = perAddress.acquire(contextValue.address);
      if (!leave) {
        response.setHeader('retry-after', '5');
        return refuseInWords(response, 429, 'RATE_LIMITED', perAddress.message);
      }
      response.once('close', leave);
      const finish = (last = '') => {
        // Whoever does not read is not told twice, and does not keep the connection.
        if (response.writableEnded) return;
        response.end(last);
        setTimeout(() => response.destroy(), CLOSE_TIMEOUT_MS).unref();
      };
      const following = await service.fanout.subscribe(
        { ...asked, document },
        identity,
        cursor => finish(`event: error\ndata: ${JSON.stringify({ code: 'TOO_SLOW', cursor })}\n\n`),
        request.headers['last-event-id']?.toString() || undefined,
      );
      if (following.errors) return refuse(response, following.errors);
      const { events } = following;
      if (response.destroyed) return void events.return(undefined);
      begin(response);
      open.add(finish);
      const unwatch = sessions.add(identity, finish);
      const comment = () => response.writableEnded || response.write(':\n\n');
      const heartbeat = setInterval(comment, HEARTBEAT_MS);
      response.once('close', () => {
        clearInterval(heartbeat);
        unwatch();
        open.delete(finish);
        void events.return(undefined);
      });
      comment();
      for await (const { text, cursor } of events) {
        if (response.writableEnded || response.destroyed) break;
        await send(response, `id: ${cursor}\nevent: next\ndata: ${text}\n\n`);
      }
    },
    close() {
      for (const finish of open) finish();
    },
  };
}

/** Who may not ask is answered with a status; what is wrong with a document is the stream's one event, as the protocol has it. */
function refuse(response: ServerResponse, errors: readonly GraphQLError[]): void {
  const status = errors[0] && httpStatusOf(errors[0]);
  const body = maskResult({ logger: () => undefined }, { errors });
  if (status === undefined || status === 400) {
    begin(response).end(whole(JSON.stringify(body)));
    return;
  }
  sendJson(response, status, body);
}

/** A result that is the only one. */
const whole = (result: string) => `event: next\ndata: ${result}\n\nevent: complete\ndata:\n\n`;

function begin(response: ServerResponse): ServerResponse {
  return response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    // Nothing comes after a stream: a connection that stayed open would hold up a server that closes.
    connection: 'close',
  });
}

/** Settles when the client has taken it, so that one which does not read holds up itself and nobody else. */
function send(response: ServerResponse, text: string): Promise<void> {
  return new Promise(resolve => {
    if (response.writableEnded || response.destroyed || response.write(text)) return resolve();
    const go = () => {
      response.off('drain', go);
      response.off('close', go);
      resolve();
    };
    response.once('drain', go);
    response.once('close', go);
  });
}
