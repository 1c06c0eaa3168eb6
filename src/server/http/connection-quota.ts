import { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Quota, Release } from '../../limits/client-quota.js';
import type { Counters } from '../../limits/counters.js';
import { rateLimitNetwork } from '../../limits/rate-limit.js';
import { type Message, message } from '../../messages/message.js';
import { isClosed, onceClosed } from './closed.js';

/** Limits the open WebSockets and event streams per client address; for IPv6, per /64 network. */
export class ConnectionQuota {
  readonly #quota: Quota;

  /** @param max The maximum number of open connections per address. */
  constructor(counters: Counters, max: number) {
    this.#quota = counters.quota('sockets', max);
  }

  /** The error message for a rejected connection. */
  get problem(): Message {
    return message('TOO_MANY_SOCKETS', { limit: this.#quota.max });
  }

  /**
   * Reserves a connection of an address.
   *
   * @returns The function that releases it (further calls have no effect), or `undefined` if the quota is used up.
   */
  async acquire(address: string): Promise<Release | undefined> {
    return this.#quota.acquire(rateLimitNetwork(address));
  }

  /** Reserves a connection of an address until it is closed. Resolves to false if the quota is used up. */
  async admits(address: string, connection: Duplex | ServerResponse): Promise<boolean> {
    const release = await this.acquire(address);
    if (!release) return false;
    const isResponse = connection instanceof ServerResponse;
    if (isResponse ? isClosed(connection) : connection.destroyed) release();
    else if (isResponse) onceClosed(connection, release);
    else connection.once('close', release);
    return true;
  }
}
