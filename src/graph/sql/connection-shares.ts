import type { EntityManager } from '@mikro-orm/sql';
import { message } from '../../messages/message.js';
import { graphqlError } from '../errors.js';
import { type Fork, ForkProperty } from './fork.js';
import { DatabaseUnavailableError, RETRY_AFTER_SECONDS } from './unavailable.js';

/** Releases a connection; further calls have no effect. `isBroken` tells that the database did not answer on it. */
export type Release = (isBroken?: boolean) => void;

/** A request for a connection. Exactly one of both is called. */
interface Waiting {
  since: number;
  /** Called when the client may use one connection more, until it calls `release`. */
  start(release: Release): void;
  /** Called when the wait is too long. */
  reject(error: Error): void;
}

/** The connections that one client uses, and what waits for one. */
interface Usage {
  active: number;
  waiting: Waiting[];
  timer: NodeJS.Timeout | undefined;
}

/**
 * Shares the connections of a pool: one client uses a part of them at a time, so that the others always find one. What
 * exceeds the share waits in the order of arrival.
 */
export class ConnectionShares {
  readonly #clients = new Map<string, Usage>();
  /** The last time at which the database answered any client, by `performance.now()`. */
  #answeredAt = 0;

  /**
   * @param max The maximum number of connections of one client.
   * @param maxWaitMs Limits the wait of a client for its own other operations; 0 is no limit.
   */
  constructor(
    private readonly max: number,
    private readonly maxWaitMs: number,
  ) {}

  /** Requests a connection for a client. Calls `start` at once if its share is not used up. */
  acquire(client: string, start: Waiting['start'], reject: Waiting['reject']): void {
    let usage = this.#clients.get(client);
    if (!usage) {
      usage = { active: 0, waiting: [], timer: undefined };
      this.#clients.set(client, usage);
    }
    const request = { since: performance.now(), start, reject };
    if (usage.active < this.max) this.#start(client, usage, request);
    else {
      usage.waiting.push(request);
      if (this.maxWaitMs > 0) usage.timer ??= setTimeout(() => this.#rejectOverdue(client), this.maxWaitMs);
    }
  }

  #start(client: string, usage: Usage, { start }: Waiting): void {
    usage.active += 1;
    let isReleased = false;
    start(isBroken => {
      if (isReleased) return;
      isReleased = true;
      usage.active -= 1;
      if (!isBroken) this.#answeredAt = performance.now();
      const next = usage.waiting.shift();
      if (next) this.#start(client, usage, next);
      if (usage.active > 0) return;
      clearTimeout(usage.timer);
      this.#clients.delete(client);
    });
  }

  #rejectOverdue(client: string): void {
    const usage = this.#clients.get(client);
    if (!usage) return;
    const now = performance.now();
    while (usage.waiting[0] && now - usage.waiting[0].since >= this.maxWaitMs) {
      const overdue = usage.waiting.shift() as Waiting;
      overdue.reject(this.#error(overdue.since));
    }
    const [oldest] = usage.waiting;
    const delay = oldest && Math.ceil(oldest.since + this.maxWaitMs - now);
    usage.timer = delay === undefined ? undefined : setTimeout(() => this.#rejectOverdue(client), delay);
  }

  #error(since: number): Error {
    // If nobody was answered meanwhile, the reason is the database and not this client.
    if (this.#answeredAt < since) return new DatabaseUnavailableError();
    return graphqlError('RATE_LIMITED', message('CONNECTIONS_IN_USE', { limit: this.max }), {
      retryAfter: RETRY_AFTER_SECONDS,
    });
  }
}

/** A client, with the share that it has of the connections. */
export interface Share {
  client: string;
  shares: ConnectionShares;
}

const shareByFork = new ForkProperty<Share>('share');

/** Sends the statements of a fork within the share of a client, and returns the fork. Other forks are not limited. */
export function assignShare<Own extends Fork>(em: Own, share: Share): Own {
  shareByFork.set(em, share);
  return em;
}

/** Returns a fork that reads the present from the primary, within the share of the client. */
export function forkOfPresent(em: Fork): EntityManager {
  const fork = em.fork({ clear: true });
  const share = shareOf(em);
  return share ? assignShare(fork, share) : fork;
}

/** Returns the share within which the statements of a fork are sent, or `undefined` if they are not limited. */
export const shareOf = (em: Fork): Share | undefined => shareByFork.get(em);

/**
 * Reserves a connection for the client of a fork. Resolves with the function that releases it.
 *
 * @throws GraphQLError RATE_LIMITED if the client's other operations do not end in time, DatabaseUnavailableError if nobody's do.
 */
export function acquireConnection(em: Fork): Promise<Release> {
  const share = shareOf(em);
  if (!share) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => share.shares.acquire(share.client, resolve, reject));
}
