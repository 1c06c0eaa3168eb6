import type { Fetcher } from '@graphiql/toolkit';
import { GraphQLError } from 'graphql';
import { withoutHiddenFields } from './hidden-fields.js';
import { messageOf } from './message-of.js';
import { sentNameOf } from './operation-request.js';
import { MAX_EVENTS, type OperationResult, type RefusedError, type ResultStore, UNREACHABLE } from './result-store.js';
import { dataOf, errorsOf, type RequestedOperation, type Sent, sendExtended, storeAnswer } from './store-answer.js';

/**
 * Returns the answer to a request whose tab was left, or has asked again: none, because GraphiQL would write it into the tab that
 * is active then. One promise for all would hold every request that waits for it.
 */
const noAnswer = () => new Promise<never>(() => {});

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
  return async (asked, options) => {
    const params = { ...asked, operationName: sentNameOf(asked.query, asked.operationName) } as typeof asked;
    if (params.operationName === 'IntrospectionQuery') return fetcher(params, options);
    const { knownAt, activeTab } = results;
    const requested = {
      query: params.query,
      operationName: params.operationName ?? undefined,
      variables: (params.variables as OperationResult['variables'] | undefined) ?? {},
      headers: options?.headers,
    };
    const isNewest = results.begin(activeTab);
    const isLeft = () => results.activeTab !== activeTab || !isNewest();
    const extended = extend(params.query, requested.operationName);
    let sent: Sent<Awaited<ReturnType<Fetcher>>>;
    try {
      sent = await sendExtended(params.query, extended, query => fetcher({ ...params, query }, options));
    } catch (error) {
      if (isLeft()) return noAnswer();
      if (results.knownAt === knownAt) {
        const errors = [{ message: messageOf(error), code: UNREACHABLE }];
        results.refuse(activeTab, { ...requested, errors });
      }
      throw error;
    }
    const { response, ...sentQuery } = sent;
    const operation = { ...requested, ...sentQuery };
    if (isLeft()) {
      if (Symbol.asyncIterator in response)
        void (response as AsyncIterable<unknown>)[Symbol.asyncIterator]().return?.();
      return noAnswer();
    }
    if (Symbol.asyncIterator in response)
      return recordEvents(response as AsyncIterable<unknown>, operation, activeTab, results) as never;
    if (results.knownAt !== knownAt) return { errors: [new GraphQLError(movedText())] };
    storeAnswer(results, activeTab, operation, response);
    return operation.sentQuery === undefined
      ? response
      : ({ ...response, data: withoutHiddenFields(dataOf(response)) } as typeof response);
  };
}

/** Returns the errors that a subscription ended with: those of the register, or that of the connection. */
const errorsOfEnd = (error: unknown): RefusedError[] =>
  Array.isArray(error) ? errorsOf({ errors: error }) : [{ message: messageOf(error), code: UNREACHABLE }];

/** Passes the events on and stores them, and why there are no more. `return` ends the source at once, without waiting for the next event. */
function recordEvents(
  source: AsyncIterable<unknown>,
  operation: RequestedOperation,
  tab: string,
  results: ResultStore,
): AsyncIterable<unknown> {
  const { knownAt } = results;
  const events: unknown[] = [];
  const iterator = source[Symbol.asyncIterator]();
  const fail = (thrown: unknown): never => {
    // A connection that is refused is an Event, which has no message.
    const error = thrown instanceof Event ? new Error('The connection was refused.') : thrown;
    const errors = errorsOfEnd(error);
    const last = results.get(tab);
    if (results.knownAt === knownAt) {
      if (events.length > 0 && last) results.set(tab, { ...last, errors });
      else results.refuse(tab, { ...operation, errors });
    }
    throw error;
  };
  const wrapped: AsyncIterableIterator<unknown> = {
    [Symbol.asyncIterator]: () => wrapped,
    async next() {
      const step = await iterator.next().catch(fail);
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
