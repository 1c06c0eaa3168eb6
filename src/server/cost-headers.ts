import type { Admission } from '../limits/admission.js';
import { type Budget, RateError, WINDOW } from '../limits/rate.js';

type Headers = Record<string, string>;

/**
 * What the headers of an answer say of its cost and of the client's budget: `X-GraphQL-Cost` is the estimate,
 * `RateLimit-*` are those of the IETF's draft, in points and seconds.
 */
export function costHeaders(admission: Pick<Admission, 'estimated' | 'budget'> | undefined): Headers {
  if (!admission) return {};
  const { estimated, budget } = admission;
  return { 'x-graphql-cost': String(estimated), ...(budget && budgetHeaders(budget)) };
}

function budgetHeaders({ limit, remaining, resetAt }: Budget): Headers {
  return {
    'ratelimit-policy': `${limit};w=${WINDOW}`,
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.max(0, Math.ceil((resetAt - Date.now()) / 1_000))),
  };
}

/** What a refused client is told in headers: when to come back. */
export function refusalHeaders(error: unknown): Headers {
  return error instanceof RateError ? { ...budgetHeaders(error.budget), 'retry-after': String(error.retryAfter) } : {};
}
