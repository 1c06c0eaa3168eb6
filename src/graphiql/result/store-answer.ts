import type { OperationResult, RefusedError, ResultStore } from './result-store.js';

/** Operation that was sent, with the query that was sent in place of its own. */
export type RequestedOperation = Omit<OperationResult, 'data' | 'events' | 'errors'>;

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: Omit<RefusedError, 'message'>;
  }[];
}

const answerIn = (response: unknown): Answer => (response ?? {}) as Answer;

export const dataOf = (response: unknown): unknown => answerIn(response).data ?? undefined;

/** Response, and the query with hidden fields if it answers that one. */
export interface Sent<R> {
  readonly response: R;
  readonly sentQuery?: string;
}

/**
 * Sends a query with hidden fields. If it fails, the query is sent as it is, so that errors are about the text of the reader.
 */
export async function sendExtended<R>(
  query: string,
  extended: string | undefined,
  send: (query: string) => R,
): Promise<Sent<Awaited<R>>> {
  if (extended !== undefined) {
    const response = await send(extended);
    if (dataOf(response) !== undefined && !answerIn(response).errors) return { response, sentQuery: extended };
  }
  return { response: await send(query) };
}

/** Tells if data has nothing but nulls. */
const isEmpty = (data: object): boolean => Object.values(data).every(value => value === null);

/** Returns the errors of a response. */
export const errorsOf = (response: unknown): RefusedError[] =>
  (answerIn(response).errors ?? []).map(({ message, extensions: { code, rule, params } = {} }) => ({
    message,
    code,
    rule,
    params,
  }));

/** Stores the answer to an operation for the panels, or why there is none. */
export function storeAnswer(results: ResultStore, tab: string, operation: RequestedOperation, response: unknown): void {
  const data = dataOf(response);
  const errors = errorsOf(response);
  if (!data || (errors.length > 0 && isEmpty(data))) results.refuse(tab, { ...operation, errors });
  else results.set(tab, { ...operation, data, ...(errors.length > 0 && { errors }) });
}
