import { ClientQuota } from '../../limits/client-quota.js';
import { rateLimitNetwork } from '../../limits/rate-limit.js';

/** Limits the open WebSockets and event streams per client address; for IPv6, per /64 network. */
export class ConnectionQuota {
  readonly #quota: ClientQuota;

  /** @param max The maximum number of open connections per address. */
  constructor(max: number) {
    this.#quota = new ClientQuota(max);
  }

  /** The error message for a rejected connection. */
  get message(): string {
    return `An address may have ${this.#quota.max} sockets and streams open at a time; close one.`;
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
