import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import type { Identity } from '../access/identity.js';
import { RequestError, readJson } from './body.js';
import { noteOperation, noteRequest } from './observe.js';
import { type OperationRequest, prepare, run, shown } from './operation.js';
import { answerJson, statusOf } from './refusal.js';
import type { Service } from './service.js';
import type { Sessions } from './sessions.js';
import { type TrustedDocuments, trustedFor } from './trusted-documents.js';

/** A comment is sent this often, so that proxies keep an idle stream and a gone client is noticed; in milliseconds. */
const HEARTBEAT = 12_000;
/** A client that was told the end and does not take it is cut off after this long; in milliseconds. */
const LAST_WORD = 3_000;

/** GraphQL over server-sent events, in the mode of one operation a connection. */
export interface EventTransport {
  answer(request: IncomingMessage, response: ServerResponse, identity: Identity): Promise<void>;
  /** Ends all streams; clients come back with the id of the last event. */
  close(): void;
}

/** Written here and not taken from graphql-sse: that one gives events no id, and without one a browser cannot resume. */
export function eventTransport(service: Service, sessions: Sessions): EventTransport {
  const open = new Set<() => void>();
  return {
    async answer(request, response, identity) {
      const asked = await readOperation(request, trustedFor(service.trusted, identity));
      noteRequest(asked.query, asked.operationName);
      const prepared = prepare(service, asked, identity);
      if (prepared.errors) return refuse(response, prepared.errors);
      const { document, operation } = prepared;
      noteOperation(operation);
      if (operation.operation === 'mutation' && request.method === 'GET') {
        throw new RequestError(405, 'A mutation is sent with POST.');
      }
      if (operation.operation !== 'subscription') {
        const { schema } = service;
        const { operationName, variables: variableValues } = asked;
        const contextValue = service.context(identity);
        const result = await run(service, {
          schema,
          document,
          operationName,
          variableValues: variableValues ?? {},
          contextValue,
        });
        begin(response).end(whole(JSON.stringify(result)));
        return;
      }
      const finish = (last = '') => {
        // Whoever does not read is not told twice, and does not keep the connection.
        if (response.writableEnded) return;
        response.end(last);
        setTimeout(() => response.destroy(), LAST_WORD).unref();
      };
      const following = await service.fanout.follow(
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
      const heartbeat = setInterval(comment, HEARTBEAT);
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

async function readOperation(request: IncomingMessage, trusted?: TrustedDocuments): Promise<OperationRequest> {
  const sent = ((request.method === 'GET' ? fromQuery(request) : await readJson(request)) ?? {}) as object;
  const { query, operationName, variables } = (trusted?.resolve(sent) ?? sent) as Record<string, unknown>;
  if (typeof query !== 'string')
    throw new RequestError(400, 'query must be a string: send it as JSON with POST, or in the address with GET.');
  if (operationName != null && typeof operationName !== 'string')
    throw new RequestError(400, 'operationName must be a string.');
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables)))
    throw new RequestError(400, 'variables must be an object.');
  return {
    query,
    operationName: operationName as string | null,
    variables: variables as Record<string, unknown> | null,
  };
}

function fromQuery(request: IncomingMessage): Record<string, unknown> {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const variables = searchParams.get('variables');
  try {
    return { ...Object.fromEntries(searchParams), variables: variables === null ? null : JSON.parse(variables) };
  } catch {
    throw new RequestError(400, 'variables must be JSON.');
  }
}

/** Who may not ask is answered with a status; what is wrong with a document is the stream's one event, as the protocol has it. */
function refuse(response: ServerResponse, errors: readonly GraphQLError[]): void {
  const [status, body] = [statusOf(errors), shown({ log: () => undefined }, { errors })];
  if (status) answerJson(response, status, body);
  else begin(response).end(whole(JSON.stringify(body)));
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
