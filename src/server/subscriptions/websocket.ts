import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { AccessError, type Identity } from '../../access/identity.js';
import type { Context } from '../../context.js';
import { isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import { RateLimitError } from '../../limits/rate-limit.js';
import { executeOperation, type OperationRequest, prepareOperation } from '../graphql/prepare-operation.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { logDatabaseUnavailable } from '../http/mask-errors.js';
import {
  finishOperation,
  recordCost,
  recordError,
  recordIdentity,
  recordOperation,
  recordRequest,
  runInOperation,
  startOperation,
} from '../observability/operation-context.js';
import type { OperationRecord } from '../observability/operation-record.js';
import type { Service } from '../service.js';
import type { SharedEvent } from './fanout.js';
import { MessageRateLimiter } from './message-rate-limit.js';
import type { Sessions } from './sessions.js';

/** A client that answers no ping for this long is gone; in milliseconds. */
const HEARTBEAT_MS = 12_000;
/** Frames are this long at most, in bytes. */
const MAX_FRAME_BYTES = 64_000;
/** Operations that may run on one socket at a time. */
const MAX_SUBSCRIPTIONS = 20;
/** A client that was told to close and does not is cut off after this long; in milliseconds. */
const CLOSE_TIMEOUT_MS = 3_000;

/** Close codes that clients of graphql-ws come back from. */
export const CloseCode = {
  forbidden: 4403,
  restarting: 1012,
  tooSlow: 1013,
  unavailable: 1013,
  tooManyMessages: 4429,
} as const;

/** What belongs to one socket. */
interface SocketState {
  identity?: Identity;
  /** The request that became the socket. */
  request: IncomingMessage;
  address: string;
  /** Told who it is, when that is known. */
  onIdentified: (identity: Identity) => void;
  authorization: string | undefined;
  /** Events on their way, by the mark that stands for their text in the message. */
  events: Map<string, string>;
  close: (code: number, reason: string) => void;
}

/** What an operation on a socket runs with. */
type SocketOperationContext = Context & { connection: SocketState; observed: OperationRecord };

/** GraphQL over graphql-transport-ws, on the same path as HTTP. */
export interface WebSocketTransport {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes all sockets so that clients connect elsewhere. */
  close(): Promise<void>;
}

/** An event that is put into its message as it is: it was serialised once for all who get it. */
class PreserializedEvent {
  constructor(private readonly mark: string) {}
  toJSON(): string {
    return this.mark;
  }
}

/** Marks can be guessed by nobody: a record's text that holds one would get an event in its place. */
const placeholderSecret = randomUUID();
let placeholderCount = 0;

export function webSocketTransport(service: Service, sessions: Sessions): WebSocketTransport {
  const protocol = makeServer<{ authorization?: unknown }, SocketState>({
    onConnect: async ({ connectionParams, extra }) => {
      const given = connectionParams?.authorization ?? extra.authorization;
      try {
        if (given !== undefined && typeof given !== 'string') return false;
        extra.identity = (await authenticateRequest(service, extra.request, given)).identity;
        extra.onIdentified(extra.identity);
        return true;
      } catch (error) {
        if (error instanceof AccessError || error instanceof RateLimitError) return false;
        if (!isDatabaseUnavailable(error)) throw error;
        logDatabaseUnavailable(service.logger, error);
        return extra.close(CloseCode.unavailable, 'The register cannot be reached now; connect again');
      }
    },
    onSubscribe: async ({ extra, subscriptions }, _id, payload) => {
      const request = payload as OperationRequest;
      const identity = extra.identity as Identity;
      const observed = startOperation('websocket');
      recordIdentity(identity, observed);
      recordRequest(request.query, request.operationName, observed);
      const refused = (errors: readonly GraphQLError[]) => {
        for (const { extensions } of errors) recordError(String(extensions.code), observed);
        finishOperation(observed, 400, service.logger);
        return errors;
      };
      if (Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS) {
        const message = `A socket may have ${MAX_SUBSCRIPTIONS} operations running; complete one, or open another socket.`;
        return refused([new GraphQLError(message, { extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } })]);
      }
      const contextValue = Object.assign(service.context(identity, extra.address), { connection: extra, observed });
      const prepared = prepareOperation(service, request, identity);
      try {
        if (prepared.errors) {
          await service.admissionControl.chargeRejected(contextValue);
          return refused(prepared.errors);
        }
        const { document, operation } = prepared;
        recordOperation(operation, observed);
        const { estimated } = await service.admissionControl.admit(
          contextValue,
          document,
          request.operationName,
          request.variables,
        );
        recordCost(estimated, observed);
      } catch (error) {
        if (error instanceof GraphQLError) return refused([error]);
        throw error;
      }
      return {
        schema: service.schema,
        document: prepared.document,
        operationName: request.operationName,
        variableValues: request.variables,
        contextValue,
      } as ExecutionArgs;
    },
    execute: args => {
      const operation = args as ExecutionArgs & { contextValue: SocketOperationContext };
      const { observed } = operation.contextValue;
      return runInOperation(observed, () => executeOperation(service, operation)).finally(() =>
        finishOperation(observed, 200, service.logger),
      );
    },
    subscribe: async args => {
      const { document, operationName, variableValues, contextValue } = args as ExecutionArgs & {
        contextValue: SocketOperationContext;
      };
      const { connection, identity, observed } = contextValue;
      const tooSlow = (cursor: string) => connection.close(CloseCode.tooSlow, `Too slow; resume after ${cursor}`);
      const request = { document, operationName, variables: variableValues as Record<string, unknown> };
      const following = await runInOperation(observed, () => service.fanout.subscribe(request, identity, tooSlow));
      for (const { extensions } of following.errors ?? []) recordError(String(extensions.code), observed);
      finishOperation(observed, following.errors ? 400 : 200, service.logger);
      return (following.errors ? { errors: following.errors } : following.events) as never;
    },
    onNext: ({ extra }, _id, _payload, _args, result) => {
      // As it stands: it was made fit for clients already.
      if (!('text' in result)) return result as never;
      placeholderCount += 1;
      const mark = `@${placeholderSecret}-${placeholderCount}@`;
      extra.events.set(mark, (result as unknown as SharedEvent).text);
      return new PreserializedEvent(mark) as never;
    },
  });

  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  const accept = (socket: WebSocket, request: IncomingMessage) => {
    const close = (code: number, reason: string) => {
      socket.close(code, reason.slice(0, 120));
      setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS).unref();
    };
    let unwatch = () => {};
    const rate = new MessageRateLimiter();
    const connection: SocketState = {
      request,
      address: service.clientAddress(request),
      authorization: request.headers.authorization,
      events: new Map(),
      close,
      onIdentified: identity => {
        if (socket.readyState !== socket.OPEN) return;
        unwatch = sessions.add(identity, () => close(CloseCode.forbidden, 'The key is no longer valid'));
      },
    };
    let answers = true;
    const heartbeat = setInterval(() => {
      if (!answers) return socket.terminate();
      answers = false;
      socket.ping();
    }, HEARTBEAT_MS);
    socket.on('pong', () => {
      answers = true;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // For a frame that may not be sent the library closes with a code: the client needs time to read it.
      if (error.code?.startsWith('WS_ERR_')) setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS).unref();
      else socket.terminate();
    });
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: text => sendMessage(socket, connection, text),
        close,
        onMessage: receive =>
          socket.on('message', data => {
            if (!rate.tryAcquire()) return close(CloseCode.tooManyMessages, 'Too many messages');
            receive(String(data)).catch((error: unknown) => {
              // A message that only a server sends: the protocol closes for it where the library throws.
              if (/^Error: Unexpected message of type/.test(String(error)))
                return close(4400, 'Invalid message received');
              service.logger('websocket failed', error);
              close(1011, 'The server failed to answer.');
            });
          }),
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      clearInterval(heartbeat);
      unwatch();
      void closed(code, String(reason));
    });
  };
  return {
    handleUpgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head, its => accept(its, request)),
    close: async () => {
      for (const socket of sockets.clients) socket.close(CloseCode.restarting, 'The server restarts; connect again');
      const late = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, CLOSE_TIMEOUT_MS);
      await new Promise(resolve => sockets.close(resolve));
      clearTimeout(late);
    },
  };
}

/** Sends a message, and settles when it has left: so a client that does not read holds up itself and nobody else. */
function sendMessage(socket: WebSocket, { events }: SocketState, text: string): Promise<void> {
  let message = text;
  for (const [mark, event] of events) {
    if (!message.includes(mark)) continue;
    events.delete(mark);
    message = message.replace(`"${mark}"`, () => event);
    break;
  }
  return new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.send(message, error => (error ? reject(error) : resolve()));
  });
}
