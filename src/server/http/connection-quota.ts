import { ClientQuota } from '../../limits/client-quota.js';
import { rateLimitNetwork } from '../../limits/rate-limit.js';
import { type Message, message } from '../../messages/message.js';

/** Limits the open WebSockets and event streams per client address; for IPv6, per /64 network. */
export class ConnectionQuota {
  readonly #quota: ClientQuota;

  /** @param max The maximum number of open connections per address. */
  constructor(max: number) {
    this.#quota = new ClientQuota(max);
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
  acquire(address: string): (() => void) | undefined {
    return this.#quota.acquire(rateLimitNetwork(address));
  }
}
