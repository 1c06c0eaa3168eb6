import type { OperationRequest, Variables } from './operation-request.js';
import type { Refusal, RefusedError } from './result-store.js';

/** Question as the editors have it. */
export interface PresentQuestion {
  readonly query: string;
  /** Variables, or why their text is none. */
  readonly variables: Variables | Error;
}

/** Tells how the stored answer relates to the present question. */
export type AnswerState =
  /** There is no answer yet. */
  | { readonly kind: 'none' }
  /** The answer is that of the present question. */
  | { readonly kind: 'current' }
  /** The question changed after the answer. */
  | { readonly kind: 'outdated' }
  /** The variables are no JSON, so the question cannot be asked. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** The register, or the way to it, gave errors in place of an answer. */
  | { readonly kind: 'refused'; readonly errors: readonly RefusedError[] };

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
const textOf = (variables: Variables): string => JSON.stringify(variables, (_, value) => sorted(value));

const isSame = (request: OperationRequest, query: string, variables: Variables): boolean =>
  request.query.trim() === query.trim() && textOf(request.variables ?? {}) === textOf(variables);

/** Returns how an answer, or a refusal, relates to the present question. */
export function answerStateOf(
  { query, variables }: PresentQuestion,
  result: OperationRequest | undefined,
  refusal: Refusal | undefined,
): AnswerState {
  if (variables instanceof Error) return { kind: 'unreadable', message: variables.message };
  if (refusal && isSame(refusal, query, variables)) return { kind: 'refused', errors: refusal.errors };
  if (!result) return { kind: 'none' };
  return { kind: isSame(result, query, variables) ? 'current' : 'outdated' };
}
