import type { Admission } from '../limits/admission.js';
import { type Budget, RateError, WINDOW } from '../limits/rate.js';

/**
 * What the headers of an answer say of its cost and of the client's budget: `X-GraphQL-Cost` is the estimate,
 * `RateLimit-*` are those of the IETF's draft, in points and seconds.
 */
export function* costHeaders(admission: Admission | undefined): Generator<[name: string, value: string]> {
  if (!admission) return;
  yield ['x-graphql-cost', String(admission.estimated)];
  if (admission.budget) yield* budgetHeaders(admission.budget);
}

function* budgetHeaders({ limit, remaining, resetAt }: Budget): Generator<[name: string, value: string]> {
  const seconds = String(Math.max(0, Math.ceil((resetAt - Date.now()) / 1_000)));
  yield ['ratelimit-policy', `${limit};w=${WINDOW}`];
  yield ['ratelimit-limit', String(limit)];
  yield ['ratelimit-remaining', String(remaining)];
  yield ['ratelimit-reset', seconds];
}

/** What a refused client is told in headers: when to come back. */
export function* refusalHeaders(error: unknown): Generator<[name: string, value: string]> {
  if (!(error instanceof RateError)) return;
  yield* budgetHeaders(error.budget);
  yield ['retry-after', String(error.retryAfter)];
}
