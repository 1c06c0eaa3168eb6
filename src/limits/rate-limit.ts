import { GraphQLError } from 'graphql';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { type Identity, IdentityKind } from '../access/identity.js';

/** How long a budget lasts, in seconds; then it is whole again. */
export const WINDOW_SECONDS = 60;

/** What a client may spend, and how much of it is left. */
export interface Budget {
  /** Points a minute. */
  limit: number;
  remaining: number;
  /** When it is whole again, in milliseconds since 1970. */
  resetAt: number;
}

/** A client spent its budget; nothing of the operation ran. */
export class RateLimitError extends GraphQLError {
  /** When to come back, in seconds. */
  readonly retryAfter: number;

  constructor(
    readonly budget: Budget,
    cost: number,
  ) {
    const retryAfter = Math.max(1, Math.ceil((budget.resetAt - Date.now()) / 1_000));
    super(
      `This costs ${cost} points, and the budget of ${budget.limit} a minute is spent; try again in ${retryAfter} s.`,
      {
        extensions: { code: 'RATE_LIMITED', limit: budget.limit, cost, retryAfter },
      },
    );
    this.retryAfter = retryAfter;
  }
}

/** A table that instances share, as `pg` asks it. */
export interface SharedStore {
  query(query: { name?: string; text: string; values?: unknown[] }): Promise<{ rows: unknown[]; rowCount?: number }>;
}

/** Who is asked to pay. */
export type RateLimitSubject = { identity: Identity; address: string };

/** The budgets of all clients: one a key, and one an address for those without. */
export class RateLimiters {
  readonly #perKey;
  readonly #perAddress;

  /** @param store Where several instances count together; without it each counts for itself. */
  constructor(
    { perKey, perAddress }: { perKey: number | undefined; perAddress: number | undefined },
    store?: SharedStore,
  ) {
    this.#perKey = limiter('key', perKey, store);
    this.#perAddress = limiter('address', perAddress, store);
  }

  /**
   * Takes what something costs out of a budget; nothing and undefined where there is no limit.
   *
   * @throws RateError when less is left.
   */
  consume({ identity, address }: RateLimitSubject, cost: number): Promise<Budget> | undefined {
    const isAnonymous = identity.kind === IdentityKind.ANONYMOUS;
    const its = isAnonymous ? this.#perAddress : this.#perKey;
    return (
      its && consumePoints(its, isAnonymous ? rateLimitNetwork(address) : identity.actor, Math.max(1, Math.ceil(cost)))
    );
  }
}

async function consumePoints(limiter: RateLimiterAbstract, client: string, points: number): Promise<Budget> {
  try {
    return budgetOf(limiter.points, await limiter.consume(client, points));
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw new RateLimitError(budgetOf(limiter.points, refused), points);
    throw refused;
  }
}

function limiter(keyPrefix: string, points: number | undefined, store: SharedStore | undefined) {
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
    // Who is known to have spent all is refused without a statement; a database that is away lets each instance count.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: memory,
  });
}

const budgetOf = (limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes): Budget => ({
  limit,
  remaining: remainingPoints,
  resetAt: Date.now() + msBeforeNext,
});

/** Whoever has one address of IPv6 has the 2⁶⁴ beside it. */
function rateLimitNetwork(address: string): string {
  if (!address.includes(':')) return address;
  const [front = '', back = ''] = address.split('%', 1).join().split('::');
  const groups = front.split(':').filter(Boolean);
  const rest = back.split(':').filter(Boolean);
  const all = [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest];
  return `${all.slice(0, 4).join(':')}::/64`;
}
