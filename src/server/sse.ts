import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { askerOf } from './asker.js';
import { RequestError } from './body.js';
import { costHeaders } from './cost-headers.js';
import { noteOperation, noteRequest } from './observe.js';
import type { OpenPerAddress } from './open-per-address.js';
import { prepare, run, shown } from './operation.js';
import { readOperation } from './operation-request.js';
import { answerJson, refuse as refuseInWords, statusOf } from './refusal.js';
import type { Service } from './service.js';
import type { Sessions } from './sessions.js';
import { trustedFor } from './trusted-documents.js';

/** A comment is sent this often, so that proxies keep an idle stream and a gone client is noticed; in milliseconds. */
const HEARTBEAT = 12_000;
/** A client that was told the end and does not take it is cut off after this long; in milliseconds. */
const LAST_WORD = 3_000;

/** GraphQL over server-sent events, in the mode of one operation a connection. */
export interface EventTransport {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends all streams; clients come back with the id of the last event. */
  close(): void;
}

/** Written here and not taken from graphql-sse: that one gives events no id, and without one a browser cannot resume. */
export function eventTransport(service: Service, sessions: Sessions, perAddress: OpenPerAddress): EventTransport {
  const open = new Set<() => void>();
  return {
    async answer(request, response) {
      if (request.method !== 'GET' && request.method !== 'POST') {
        response.setHeader('allow', 'GET, POST, OPTIONS');
        throw new RequestError(405, 'A stream is asked for with GET or POST.');
      }
      const { identity, address } = await askerOf(service, request);
      const asked = await readOperation(request, trustedFor(service.trusted, identity));
      noteRequest(asked.query, asked.operationName);
      const contextValue = service.context(identity, address);
      const prepared = prepare(service, asked, identity);
      if (prepared.errors) {
        await service.admissions.refused(contextValue);
        return refuse(response, prepared.errors);
      }
      const { document, operation } = prepared;
      noteOperation(operation);
      if (operation.operation === 'mutation' && request.method === 'GET') {
        throw new RequestError(405, 'A mutation is sent with POST.');
      }
      const admission = await service.admissions.admit(contextValue, document, asked.operationName, asked.variables);
      for (const [name, value] of Object.entries(costHeaders(admission))) response.setHeader(name, value);
      if (operation.operation !== 'subscription') {
        const { schema } = service;
        const { operationName, variables: variableValues } = asked;
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
      const leave = perAddress.enter(contextValue.address);
      if (!leave) {
        response.setHeader('retry-after', '5');
        return refuseInWords(response, 429, 'RATE_LIMITED', perAddress.refusal);
      }
      response.once('close', leave);
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

/** Who may not ask is answered with a status; what is wrong with a document is the stream's one event, as the protocol has it. */
function refuse(response: ServerResponse, errors: readonly GraphQLError[]): void {
  const status = errors[0] && statusOf(errors[0]);
  const body = shown({ log: () => undefined }, { errors });
  if (status === undefined || status === 400) {
    begin(response).end(whole(JSON.stringify(body)));
    return;
  }
  answerJson(response, status, body);
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
