import type { Fetcher } from '@graphiql/toolkit';
import { type Answer, type Answers, MAX_EVENTS } from './results.js';

type Asked = Omit<Answer, 'data' | 'events'>;

/** A fetcher that also keeps each answer with its question, for the panels. */
export function recordResults(fetcher: Fetcher, answers: Answers): Fetcher {
  return async (params, options) => {
    const answer = await fetcher(params, options);
    if (params.operationName === 'IntrospectionQuery') return answer;
    const asked = {
      query: params.query,
      operationName: params.operationName ?? undefined,
      variables: (params.variables as Answer['variables'] | undefined) ?? {},
    };
    const { tab } = answers;
    if (Symbol.asyncIterator in answer) return followed(answer as AsyncIterable<unknown>, asked, tab, answers) as never;
    const data = dataOf(answer);
    if (data) answers.keep(tab, { ...asked, data });
    else answers.forget(tab);
    return answer;
  };
}

const dataOf = (answer: unknown): unknown => (answer as { data?: unknown } | null | undefined)?.data ?? undefined;

/** The same events; whoever ends the iteration ends it at its origin, without waiting for one more event. */
function followed(source: AsyncIterable<unknown>, asked: Asked, tab: string, answers: Answers): AsyncIterable<unknown> {
  const events: unknown[] = [];
  const iterator = source[Symbol.asyncIterator]();
  const wrapped: AsyncIterableIterator<unknown> = {
    [Symbol.asyncIterator]: () => wrapped,
    async next() {
      const step = await iterator.next();
      const data = step.done ? undefined : dataOf(step.value);
      if (data) {
        events.push(data);
        if (events.length > MAX_EVENTS) events.shift();
        answers.keep(tab, { ...asked, data, events: [...events] });
      }
      return step;
    },
    return: () => iterator.return?.() ?? Promise.resolve({ done: true, value: undefined }),
  };
  return wrapped;
}
