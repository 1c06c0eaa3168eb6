import type { Fetcher } from '@graphiql/toolkit';
import { GraphQLError } from 'graphql';
import { MAX_EVENTS, type OperationResult, type ResultStore } from './result-store.js';

type RequestedOperation = Omit<OperationResult, 'data' | 'events'>;

/**
 * Wraps a fetcher so that each result is stored with its request, for the panels. Introspection is not stored. An answer
 * of another moment than the one that the results have moved to is replaced by an error.
 *
 * @param movedText Called for that error; returns its message.
 */
export function recordResults(fetcher: Fetcher, results: ResultStore, movedText: () => string): Fetcher {
  return async (params, options) => {
    if (params.operationName === 'IntrospectionQuery') return fetcher(params, options);
    const { knownAt } = results;
    const operation = {
      query: params.query,
      operationName: params.operationName ?? undefined,
      variables: (params.variables as OperationResult['variables'] | undefined) ?? {},
    };
    const refuse = (messages: readonly string[]): void => results.refuse(results.activeTab, { ...operation, messages });
    let response: Awaited<ReturnType<Fetcher>>;
    try {
      response = await fetcher(params, options);
    } catch (error) {
      if (results.knownAt === knownAt) refuse([error instanceof Error ? error.message : String(error)]);
      throw error;
    }
    // A question that opens in a new tab is sent before that tab is the active one.
    const { activeTab } = results;
    if (Symbol.asyncIterator in response)
      return recordEvents(response as AsyncIterable<unknown>, operation, activeTab, results) as never;
    if (results.knownAt !== knownAt) return { errors: [new GraphQLError(movedText())] };
    const data = dataOf(response);
    if (data) results.set(activeTab, { ...operation, data });
    else refuse(messagesOf(response));
    return response;
  };
}

const dataOf = (response: unknown): unknown => (response as { data?: unknown } | null | undefined)?.data ?? undefined;

const messagesOf = (response: unknown): string[] =>
  ((response as { errors?: readonly { message: string }[] } | null | undefined)?.errors ?? []).map(
    ({ message }) => message,
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
