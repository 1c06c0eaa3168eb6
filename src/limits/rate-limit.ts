import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { type Identity, IdentityKind } from '../access/identity.js';
import { type Budget, RateLimitError, WINDOW_SECONDS } from './budget.js';
import { type BudgetName, countRefusal } from './refusals.js';

/** Access to the table that instances share, in the signature of `pg`. */
export interface SharedStore {
  query(query: { name?: string; text: string; values?: unknown[] }): Promise<{ rows: unknown[]; rowCount?: number }>;
}

/** The client whose budget an operation consumes. */
export type RateLimitSubject = { identity: Identity; address: string };

/** Limits the points that each client consumes: per key, and per address for requests without a key. */
export class RateLimiters {
  readonly #perKey;
  readonly #perAddress;
  /** True if each charge is a statement on a database that several instances share. */
  readonly isShared: boolean;

  /** @param store Shared counters of several instances; without it each instance counts separately. */
  constructor(
    { perKey, perAddress }: { perKey: number | undefined; perAddress: number | undefined },
    store?: SharedStore,
  ) {
    this.#perKey = createLimiter('key', perKey, store);
    this.#perAddress = createLimiter('address', perAddress, store);
    this.isShared = store !== undefined;
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

  #limiterOf({ identity }: RateLimitSubject): PointLimiter | undefined {
    return identity.kind === IdentityKind.ANONYMOUS ? this.#perAddress : this.#perKey;
  }
}

/** Returns the name of the client that a request counts for: its key or token, without one its address or IPv6 network. */
export function rateLimitKey({ identity, address }: RateLimitSubject): string {
  return identity.kind === IdentityKind.ANONYMOUS ? rateLimitNetwork(address) : identity.actor;
}

/** For this time a refusal by the shared store is repeated without a statement. */
const REFUSAL_TTL_MS = 1_000;
const MAX_REFUSALS = 10_000;

/** Limits the points of clients of one kind. */
export class PointLimiter {
  /** The budgets of the last refusals. Undefined for counters in memory, which need no statement. */
  readonly #refusals: LRUCache<string, Budget> | undefined;

  constructor(
    private readonly name: BudgetName,
    private readonly limiter: RateLimiterAbstract,
    isShared: boolean,
  ) {
    this.#refusals = isShared ? new LRUCache({ max: MAX_REFUSALS, ttl: REFUSAL_TTL_MS }) : undefined;
  }

  get points(): number {
    return this.limiter.points;
  }

  /** @throws RateLimitError. */
  async consume(client: string, points: number): Promise<Budget> {
    const refusal = this.#refusals?.get(client);
    if (refusal && refusal.remaining < points) throw this.#refuse(refusal, points);
    try {
      return budgetOf(this.points, await this.limiter.consume(client, points));
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      // The library consumes the points before it compares.
      const budget = budgetOf(this.points, await this.limiter.reward(client, points));
      this.#refusals?.set(client, budget);
      throw this.#refuse(budget, points);
    }
  }

  #refuse(budget: Budget, points: number): RateLimitError {
    countRefusal(this.name);
    return new RateLimitError(budget, points);
  }
}

/** Creates the limiter of clients of one kind; undefined without a number of points. */
export function createLimiter(
  keyPrefix: BudgetName,
  points: number | undefined,
  store: SharedStore | undefined,
  duration = WINDOW_SECONDS,
): PointLimiter | undefined {
  if (points === undefined) return undefined;
  const options = { keyPrefix, points, duration };
  const memory = new RateLimiterMemory(options);
  if (!store) return new PointLimiter(keyPrefix, memory, false);
  const shared = new RateLimiterPostgres({
    ...options,
    storeClient: store,
    storeType: 'client',
    tableName: 'rate_limit',
    tableCreated: true,
    // Without a database each instance counts.
    insuranceLimiter: memory,
  });
  return new PointLimiter(keyPrefix, shared, true);
}

const budgetOf = (limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes): Budget => ({
  limit,
  remaining: remainingPoints,
  resetAt: Date.now() + msBeforeNext,
});

/**
 * Returns the key of the budget of an address: the address itself or, for IPv6, its /64 network, because a client that
 * has one IPv6 address has the whole network. The zone of a link-local address (`fe80::1%eth0`) is dropped.
 */
export function rateLimitNetwork(address: string): string {
  if (!address.includes(':')) return address;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}
