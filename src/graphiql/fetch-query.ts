import { fetchAt } from './clock/fetch-at.js';
import type { ReaderLanguage } from './result/format.js';
import type { KnownAt } from './result/known-at.js';

/** First GraphQL error of a response without data. */
export class FetchError extends Error {
  constructor(
    message: string,
    /** Values that the message names. */
    readonly params: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}

interface FetchOptions {
  readonly variables?: object;
  readonly operationName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Moment that the query asks about; the present by default. */
  readonly knownAt?: KnownAt | undefined;
  /** Language of error messages; that of the page by default. */
  readonly language?: ReaderLanguage;
  /** Headers of the analyst, such as those with a key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** True if a response of which a part is missing is none, either. */
  readonly isWhole?: boolean;
}

/**
 * Sends a query of the page itself, separate from the operations of the analyst.
 *
 * @throws FetchError with the message of the first GraphQL error if the response has no data, or nothing but nulls; with
 * `isWhole` if it has an error.
 */
export async function fetchQuery<T>(query: string, options: FetchOptions = {}): Promise<T> {
  const { variables = {}, operationName, signal, knownAt, language, headers, isWhole } = options;
  const sent = new Headers(headers);
  sent.set('content-type', 'application/json');
  sent.set('accept', 'application/json');
  if (language) sent.set('accept-language', language);
  const response = await fetchAt(knownAt)('graphql', {
    method: 'POST',
    headers: sent,
    body: JSON.stringify({ query, variables, operationName }),
    signal: signal ?? null,
  });
  const { data, errors } = await response.json();
  const isEmpty = !data || (errors && (isWhole || Object.values(data).every(value => value === null)));
  if (isEmpty) throw new FetchError(errors?.[0]?.message ?? response.statusText, errors?.[0]?.extensions?.params ?? {});
  return data;
}
