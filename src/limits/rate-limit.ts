import { GraphQLError } from 'graphql';
import ipaddr from 'ipaddr.js';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { type Identity, IdentityKind } from '../access/identity.js';
import type { ErrorCode } from '../graph/errors.js';

/** The window of the rate limit: a budget is full again after it. */
export const WINDOW_SECONDS = 60;

/** The rate limit of a client and the points that are left of it. */
export interface Budget {
  /** Points per window. */
  limit: number;
  remaining: number;
  /** The time at which the budget is full again, in milliseconds since 1970. */
  resetAt: number;
}

/** Reports an exhausted budget. The operation has not been executed. */
export class RateLimitError extends GraphQLError {
  /** Seconds until the budget is full again: the value of `Retry-After`. */
  readonly retryAfter: number;

  constructor(
    readonly budget: Budget,
    cost: number,
  ) {
    const retryAfter = Math.max(1, Math.ceil((budget.resetAt - Date.now()) / 1_000));
    super(
      `This costs ${cost} points, and the budget of ${budget.limit} a minute is spent; try again in ${retryAfter} s.`,
      {
        extensions: { code: 'RATE_LIMITED' satisfies ErrorCode, limit: budget.limit, cost, retryAfter },
      },
    );
    this.retryAfter = retryAfter;
  }
}

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

  /** @param store Shared counters of several instances; without it each instance counts separately. */
  constructor(
    { perKey, perAddress }: { perKey: number | undefined; perAddress: number | undefined },
    store?: SharedStore,
  ) {
    this.#perKey = createLimiter('key', perKey, store);
    this.#perAddress = createLimiter('address', perAddress, store);
  }

  /**
   * Consumes the cost of an operation, at least one point. Returns `undefined` if the client has no limit.
   *
   * @throws RateLimitError if fewer points are left.
   */
  consume({ identity, address }: RateLimitSubject, cost: number): Promise<Budget> | undefined {
    const isAnonymous = identity.kind === IdentityKind.ANONYMOUS;
    const limiter = isAnonymous ? this.#perAddress : this.#perKey;
    if (!limiter) return undefined;
    const client = isAnonymous ? rateLimitNetwork(address) : identity.actor;
    return consumePoints(limiter, client, Math.max(1, Math.ceil(cost)));
  }
}

async function consumePoints(limiter: RateLimiterAbstract, client: string, points: number): Promise<Budget> {
  try {
    return budgetOf(limiter.points, await limiter.consume(client, points));
  } catch (rejection) {
    if (rejection instanceof RateLimiterRes) throw new RateLimitError(budgetOf(limiter.points, rejection), points);
    throw rejection;
  }
}

function createLimiter(keyPrefix: string, points: number | undefined, store: SharedStore | undefined) {
  if (points === undefined) return undefined;
  const options = { keyPrefix, points, duration: WINDOW_SECONDS };
  const memory = new RateLimiterMemory(options);
  if (!store) return memory;
  return new RateLimiterPostgres({
    ...options,
    storeClient: store,
    storeType: 'client',
    tableName: 'rate_limit',
    tableCreated: true,
    // A client whose budget is exhausted is rejected without a statement. Without a database each instance counts.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: memory,
  });
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
