import { AccessError } from '../../access/identity.js';
import type { Admission } from '../../limits/admission.js';
import { type Budget, RateLimitError, WINDOW_SECONDS } from '../../limits/budget.js';

type Headers = Record<string, string>;

/**
 * Returns the headers with the cost of an operation and the budget of the client: `X-GraphQL-Cost` is the estimate, and
 * `RateLimit-*` are those of the IETF draft, in points and seconds.
 */
export function rateLimitHeaders(admission: Pick<Admission, 'estimated' | 'budget'> | undefined): Headers {
  if (!admission) return {};
  const { estimated, budget } = admission;
  return { 'x-graphql-cost': String(estimated), ...(budget && budgetHeaders(budget)) };
}

export function budgetHeaders({ limit, remaining, resetAt }: Budget): Headers {
  return {
    'ratelimit-policy': `${limit};w=${WINDOW_SECONDS}`,
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.max(0, Math.ceil((resetAt - Date.now()) / 1_000))),
  };
}

/** Returns the headers of the budget that an error has: one that is spent, or that an invalid key was charged to. */
export function refusalHeaders(error: unknown): Headers {
  if (!(error instanceof RateLimitError || error instanceof AccessError)) return {};
  const { budget } = error as { budget?: Budget | undefined };
  return budget ? budgetHeaders(budget) : {};
}
