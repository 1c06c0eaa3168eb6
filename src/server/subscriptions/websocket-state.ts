import type { IncomingMessage } from 'node:http';
import type { Identity } from '../../access/identity.js';
import type { SubscriptionEnd } from '../../change/change-source.js';
import { changeCursor } from '../../change/cursor.js';
import { closeTimeoutMs } from './close-timeout.js';
import type { SocketOperations } from './socket-operations.js';

/** Close codes after which clients of graphql-ws reconnect. */
export const CloseCode = {
  forbidden: 4403,
  historyChanged: 4410,
  restarting: 1012,
  tooSlow: 1013,
  unavailable: 1013,
  tooManyMessages: 4429,
} as const;

/** The state of one socket. */
export interface SocketState {
  /** Set when the connection is acknowledged. */
  identity?: Identity;
  /** The request that was upgraded. */
  request: IncomingMessage;
  address: string;
  authorization: string | undefined;
  /** The header of the request, or the language that the client sent instead in `connection_init`. */
  acceptLanguage: string | undefined;
  /** The past moment that the client sent in `connection_init`, of any type. */
  knownAt?: unknown;
  /** Set if the client asked for cursors in the replies to its pings: `heartbeat: true` in `connection_init`. */
  wantsHeartbeat?: boolean;
  operations: SocketOperations;
  /** Called once, when the client is identified. */
  onIdentified: (identity: Identity) => void;
  /** Sends a message. See `SendQueue`. */
  send: (message: string) => Promise<void> | undefined;
  /** Sends a message that is a frame already. */
  sendFrame: (frame: Buffer) => Promise<void> | undefined;
  close: (code: number, reason: string, timeoutMs?: number) => void;
}

/**
 * Returns the reply to a ping of a client: the payload of the ping, and if the client asked for heartbeats the cursor up to
 * which each subscription has all that its filter matches.
 */
export function pongMessage({ operations, wantsHeartbeat }: SocketState, payload?: Record<string, unknown>): string {
  return JSON.stringify({
    type: 'pong',
    payload: wantsHeartbeat ? { ...payload, cursors: operations.cursors() } : payload,
  });
}

/** Returns the code, the reason and the time-out with which a socket is closed when the server ends a subscription. */
export function closeOf({ code, position }: SubscriptionEnd): Parameters<SocketState['close']> {
  const cursor = position && changeCursor(position);
  if (code === 'TOO_SLOW') return [CloseCode.tooSlow, `Too slow; resume after ${cursor}`, closeTimeoutMs(code)];
  return [CloseCode.historyChanged, cursor ? `History changed; last common ${cursor}` : 'History changed'];
}

/** Returns the credential in the payload of `connection_init`, whose name may be written as that of the header. */
export function authorizationOf(payload: Record<string, unknown> | null | undefined): unknown {
  return Object.entries(payload ?? {}).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
}
