import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, makeServer, type Server } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { closeTimeoutMs } from './close-timeout.js';
import { protocolHooks } from './graphql-ws-hooks.js';
import { MessageRateLimiter } from './message-rate-limit.js';
import { SendQueue } from './send-queue.js';
import type { Sessions } from './sessions.js';
import { SocketOperations } from './socket-operations.js';
import { withQuery } from './subscribe-message.js';
import type { SubscriptionDeps } from './subscription-deps.js';
import { textFrame } from './text-frame.js';
import { CloseCode, pongMessage, type SocketState } from './websocket-state.js';

/** The interval of pings. A client that does not reply before the next one is disconnected. */
const HEARTBEAT_MS = 12_000;
/** Limits the length of frames. */
const MAX_FRAME_BYTES = 64_000;

/** GraphQL over graphql-transport-ws, on the same path as HTTP. */
export interface WebSocketTransport {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes all sockets with a code after which clients reconnect. */
  close(): Promise<void>;
}

export function webSocketTransport(deps: SubscriptionDeps, sessions: Sessions): WebSocketTransport {
  const protocol = makeServer(protocolHooks(deps));
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  return {
    handleUpgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, webSocket => connect(protocol, webSocket, request, deps, sessions)),
    close: async () => {
      for (const socket of sockets.clients) socket.close(CloseCode.restarting, 'The server restarts; connect again');
      const timeout = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, closeTimeoutMs());
      await new Promise(resolve => sockets.close(resolve));
      clearTimeout(timeout);
    },
  };
}

/** Connects a socket to the protocol. Replaces `graphql-ws/use/ws`, which has neither rate limit nor close timeout. */
function connect(
  protocol: Server<SocketState>,
  socket: WebSocket,
  request: IncomingMessage,
  { clientAddress, trustedDocuments, logger }: SubscriptionDeps,
  sessions: Sessions,
): void {
  const close = (code: number, reason: string, timeoutMs = closeTimeoutMs()) => {
    if (socket.readyState !== socket.OPEN) return;
    socket.close(code, truncateReason(reason));
    setTimeout(() => socket.terminate(), timeoutMs).unref();
  };
  let unsubscribe = () => {};
  const closeSlow = () => close(CloseCode.tooSlow, 'Too slow; connect again', closeTimeoutMs('TOO_SLOW'));
  const queue = new SendQueue(socket, request.socket, closeSlow);
  const state: SocketState = {
    request,
    address: clientAddress(request),
    authorization: request.headers.authorization,
    acceptLanguage: request.headers['accept-language'],
    operations: new SocketOperations(),
    send: message => queue.send(textFrame(Buffer.from(message))),
    sendFrame: frame => queue.send(frame),
    close,
    onIdentified: identity => {
      if (socket.readyState !== socket.OPEN) return;
      unsubscribe = sessions.add(identity, () => close(CloseCode.forbidden, 'The key is no longer valid'));
    },
  };
  const stopHeartbeat = startHeartbeat(socket);
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // For an invalid frame the library closes the socket with a code, which the client needs time to read.
    if (error.code?.startsWith('WS_ERR_')) setTimeout(() => socket.terminate(), closeTimeoutMs()).unref();
    else socket.terminate();
  });
  const rateLimiter = new MessageRateLimiter();
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: state.send,
      close,
      // In place of the reply by the library.
      onPing: payload => state.send(pongMessage(state, payload)),
      onMessage: receive =>
        socket.on('message', data => {
          // After the close frame, `ws` goes on to receive until the client answers it.
          if (socket.readyState !== socket.OPEN) return;
          if (!rateLimiter.tryAcquire()) return close(CloseCode.tooManyMessages, 'Too many messages');
          receive(trustedDocuments ? withQuery(String(data)) : String(data)).catch((error: unknown) => {
            // The library throws for a message of a type that only servers send; the protocol requires a close code.
            if (/^Error: Unexpected message of type/.test(String(error)))
              return close(4400, 'Invalid message received');
            logger('websocket failed', error);
            close(1011, 'The server failed to answer.');
          });
        }),
    },
    state,
  );
  socket.once('close', (code, reason) => {
    stopHeartbeat();
    unsubscribe();
    void closed(code, String(reason));
  });
}

/** Limits the reason in a close frame: RFC 6455, 5.5. */
const MAX_REASON_BYTES = 123;

/** Returns as many whole characters of a reason as fit into a close frame. */
function truncateReason(reason: string): Buffer {
  const bytes = Buffer.alloc(MAX_REASON_BYTES);
  return bytes.subarray(0, new TextEncoder().encodeInto(reason, bytes).written);
}

/** Pings a client, and disconnects one that does not reply. Returns the function that stops it. */
function startHeartbeat(socket: WebSocket): () => void {
  let isAlive = true;
  const heartbeat = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, HEARTBEAT_MS);
  socket.on('pong', () => {
    isAlive = true;
  });
  return () => clearInterval(heartbeat);
}
