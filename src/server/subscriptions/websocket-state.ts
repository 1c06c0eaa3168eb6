import type { IncomingMessage } from 'node:http';
import type { Identity } from '../../access/identity.js';
import type { SubscriptionEnd } from '../../change/change-source.js';
import { changeCursor } from '../../change/cursor.js';
import type { PreserializedEvents } from './preserialized-event.js';

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
  events: PreserializedEvents;
  /** Called once, when the client is identified. */
  onIdentified: (identity: Identity) => void;
  close: (code: number, reason: string) => void;
}

/** Returns the code and the reason with which a socket is closed when the server ends a subscription. */
export function closeOf({ code, position }: SubscriptionEnd): [code: number, reason: string] {
  const cursor = position && changeCursor(position);
  if (code === 'TOO_SLOW') return [CloseCode.tooSlow, `Too slow; resume after ${cursor}`];
  return [CloseCode.historyChanged, cursor ? `History changed; last common ${cursor}` : 'History changed'];
}
