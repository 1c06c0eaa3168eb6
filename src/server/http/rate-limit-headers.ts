import type { Admission } from '../../limits/admission.js';
import { type Budget, RateLimitError, WINDOW_SECONDS } from '../../limits/rate-limit.js';

type Headers = Record<string, string>;

/**
 * What the headers of an answer say of its cost and of the client's budget: `X-GraphQL-Cost` is the estimate,
 * `RateLimit-*` are those of the IETF's draft, in points and seconds.
 */
export function rateLimitHeaders(admission: Pick<Admission, 'estimated' | 'budget'> | undefined): Headers {
  if (!admission) return {};
  const { estimated, budget } = admission;
  return { 'x-graphql-cost': String(estimated), ...(budget && budgetHeaders(budget)) };
}

function budgetHeaders({ limit, remaining, resetAt }: Budget): Headers {
  return {
    'ratelimit-policy': `${limit};w=${WINDOW_SECONDS}`,
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.max(0, Math.ceil((resetAt - Date.now()) / 1_000))),
  };
}

/** What a refused client is told in headers: when to come back. */
export function retryAfterHeaders(error: unknown): Headers {
  return error instanceof RateLimitError
    ? { ...budgetHeaders(error.budget), 'retry-after': String(error.retryAfter) }
    : {};
}
