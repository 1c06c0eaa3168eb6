import { hash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { type Identity, IdentityKind } from '../access/identity.js';
import { type Budget, RateLimitError, WINDOW_SECONDS } from './budget.js';
import { type Counters, type Limiter, LocalCounters } from './counters.js';
import { PointLimiter } from './point-limiter.js';
import { type BudgetName, countRefusal } from './refusals.js';

/** Access to the table that instances share, in the signature of `pg`. */
export interface SharedStore {
  query(query: { name?: string; text: string; values?: unknown[] }): Promise<{ rows: unknown[]; rowCount?: number }>;
}

/** The counters of points. */
export interface CountedBy {
  /** Shared counters of several instances; without it each instance counts for itself. */
  store?: SharedStore | undefined;
  counters: Counters;
}

/** The client whose budget an operation consumes. */
export type RateLimitSubject = { identity: Identity; address: string };

/** Limits the points that each client consumes: per key, and per address for requests without a key. */
export class RateLimiters {
  readonly #perKey;
  readonly #perAddress;
  /** True if each charge is a statement on a database that several instances share. */
  readonly isShared: boolean;

  constructor(
    { perKey, perAddress }: { perKey: number | undefined; perAddress: number | undefined },
    countedBy: CountedBy = { counters: new LocalCounters() },
  ) {
    this.#perKey = createLimiter('key', perKey, countedBy);
    this.#perAddress = createLimiter('address', perAddress, countedBy);
    this.isShared = countedBy.store !== undefined;
  }

  /**
   * Consumes the cost of an operation, at least one point. Returns `undefined` if the client has no limit.
   *
   * @throws RateLimitError if fewer points are left; it consumes none of them.
   */
  consume(subject: RateLimitSubject, cost: number): Promise<Budget> | undefined {
    return this.#limiterOf(subject)?.consume(rateLimitKey(subject), Math.max(1, Math.ceil(cost)));
  }

  /** Returns the points per window of a client, or `undefined` if it has no limit. */
  limitOf(subject: RateLimitSubject): number | undefined {
    return this.#limiterOf(subject)?.points;
  }

  #limiterOf({ identity }: RateLimitSubject): Limiter | undefined {
    return identity.kind === IdentityKind.ANONYMOUS ? this.#perAddress : this.#perKey;
  }
}

/** Returns the name of the client that a request counts for: its key or token, without one its address or IPv6 network. */
export function rateLimitKey({ identity, address }: RateLimitSubject): string {
  return identity.kind === IdentityKind.ANONYMOUS ? rateLimitNetwork(address) : identity.actor;
}

/**
 * Creates the limiter of clients of one kind; undefined without a number of points.
 *
 * @param store Counts for all instances; without it `counters` do.
 */
export function createLimiter(
  keyPrefix: BudgetName,
  points: number | undefined,
  { store, counters }: CountedBy,
  duration = WINDOW_SECONDS,
): Limiter | undefined {
  if (points === undefined) return undefined;
  if (!store) return countingRefusals(keyPrefix, counters.limiter(keyPrefix, points, duration));
  const ownPoints = Math.max(1, Math.floor(points / counters.workers));
  const shared = new RateLimiterPostgres({
    keyPrefix,
    points,
    duration,
    storeClient: store,
    storeType: 'client',
    tableName: 'rate_limit',
    tableCreated: true,
    // Without a database each process counts.
    insuranceLimiter: new RateLimiterMemory({ keyPrefix, points: ownPoints, duration }),
  });
  const limiter = new PointLimiter(shared, true);
  const consume = (client: string, cost: number) => limiter.consume(storedName(client), cost);
  return countingRefusals(keyPrefix, { points, consume });
}

/** The length of the names of clients in the shared table, which also have the name of the limiter. */
const MAX_STORED_NAME_LENGTH = 200;

/** Returns the name of a client in the shared table; a hash of a long one, since the subject of a token may have 255 characters. */
const storedName = (client: string): string =>
  client.length > MAX_STORED_NAME_LENGTH ? hash('sha256', client, 'base64url') : client;

/** Returns a limiter whose refusals are counted in this process, also if another one counts the points. */
function countingRefusals(name: BudgetName, limiter: Limiter): Limiter {
  return {
    points: limiter.points,
    consume: (client, points) =>
      limiter.consume(client, points).catch(error => {
        if (error instanceof RateLimitError) countRefusal(name);
        throw error;
      }),
  };
}

/**
 * Returns the key of the budget of an address: the address itself or, for IPv6, its /64 network, because a client that
 * has one IPv6 address has the whole network. The zone of a link-local address (`fe80::1%br-lan`) is dropped:
 * ipaddr.js refuses some that Node has.
 */
export function rateLimitNetwork(address: string): string {
  if (!address.includes(':')) return address;
  const parsed = ipaddr.process(address.replace(/%.*/, ''));
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}
