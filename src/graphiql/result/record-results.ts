import type { Fetcher } from '@graphiql/toolkit';
import { GraphQLError } from 'graphql';
import { withoutHiddenFields } from './hidden-fields.js';
import { messageOf } from './message-of.js';
import { MAX_EVENTS, type OperationResult, type RefusedError, type ResultStore, UNREACHABLE } from './result-store.js';

type RequestedOperation = Omit<OperationResult, 'data' | 'events'>;

/**
 * Wraps a fetcher so that each result is stored with its request, for the panels. Introspection is not stored. An answer
 * of another moment than the one that the results have moved to is replaced by an error.
 *
 * @param movedText Called for that error; returns its message.
 * @param extend Called with an operation; returns the query that is sent instead, with hidden fields. If it fails, the
 * operation is sent as it is, so that errors are about the text of the reader.
 */
export function recordResults(
  fetcher: Fetcher,
  results: ResultStore,
  movedText: () => string,
  extend: (query: string, operationName: string | undefined) => string | undefined = () => undefined,
): Fetcher {
  return async (sent, options) => {
    // The page has no name of an operation as an empty one, which the register does not know.
    const params = { ...sent, operationName: sent.operationName || undefined } as typeof sent;
    if (params.operationName === 'IntrospectionQuery') return fetcher(params, options);
    const { knownAt } = results;
    const requested = {
      query: params.query,
      operationName: params.operationName ?? undefined,
      variables: (params.variables as OperationResult['variables'] | undefined) ?? {},
    };
    const refuse = (errors: readonly RefusedError[]): void =>
      results.refuse(results.activeTab, { ...requested, errors });
    const extended = extend(params.query, requested.operationName);
    let isExtended = false;
    let response: Awaited<ReturnType<Fetcher>>;
    try {
      const first = extended === undefined ? undefined : await fetcher({ ...params, query: extended }, options);
      isExtended = dataOf(first) !== undefined && !(first as { errors?: unknown }).errors;
      response = isExtended && first ? first : await fetcher(params, options);
    } catch (error) {
      if (results.knownAt === knownAt) refuse([{ message: messageOf(error), code: UNREACHABLE }]);
      throw error;
    }
    const operation = { ...requested, ...(isExtended && { sentQuery: extended }) };
    // A question that opens in a new tab is sent before that tab is the active one.
    const { activeTab } = results;
    if (Symbol.asyncIterator in response)
      return recordEvents(response as AsyncIterable<unknown>, operation, activeTab, results) as never;
    if (results.knownAt !== knownAt) return { errors: [new GraphQLError(movedText())] };
    const data = dataOf(response);
    const errors = errorsOf(response);
    if (data && !(errors.length > 0 && isEmpty(data)))
      results.set(activeTab, { ...operation, data, ...(errors.length > 0 && { errors }) });
    else refuse(errors);
    return isExtended ? ({ ...response, data: withoutHiddenFields(data) } as typeof response) : response;
  };
}

const dataOf = (response: unknown): unknown => (response as { data?: unknown } | null | undefined)?.data ?? undefined;

/** Tells if data has nothing but nulls. */
const isEmpty = (data: unknown): boolean => Object.values(data as object).every(value => value === null);

interface ErrorInResponse {
  readonly message: string;
  readonly extensions?: Omit<RefusedError, 'message'>;
}

const errorsOf = (response: unknown): RefusedError[] =>
  ((response as { errors?: readonly ErrorInResponse[] } | null | undefined)?.errors ?? []).map(
    ({ message, extensions: { code, rule, params } = {} }) => ({ message, code, rule, params }),
  );

/** Passes the events on and stores them. `return` ends the source at once, without waiting for the next event. */
function recordEvents(
  source: AsyncIterable<unknown>,
  operation: RequestedOperation,
  tab: string,
  results: ResultStore,
): AsyncIterable<unknown> {
  const { knownAt } = results;
  const events: unknown[] = [];
  const iterator = source[Symbol.asyncIterator]();
  const wrapped: AsyncIterableIterator<unknown> = {
    [Symbol.asyncIterator]: () => wrapped,
    async next() {
      const step = await iterator.next();
      const data = step.done ? undefined : dataOf(step.value);
      if (data && results.knownAt === knownAt) {
        events.push(data);
        if (events.length > MAX_EVENTS) events.shift();
        results.set(tab, { ...operation, data, events: [...events] });
      }
      return step;
    },
    return: () => iterator.return?.() ?? Promise.resolve({ done: true, value: undefined }),
  };
  return wrapped;
}
