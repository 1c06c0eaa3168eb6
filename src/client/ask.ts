import type { Connection } from './connection.js';
import type { TypedDocument } from './document.js';
import { parseJson, type ResponseError, refusalOf, unreachable } from './errors.js';

/** A response of the register. */
export interface Result<Data> {
  data?: Data | null;
  errors?: readonly ResponseError[];
  extensions?: { register?: { cursor?: string | null; knownAt?: string | null } };
}

/** The options of one operation. */
export interface AskOptions {
  /** Ends the request. */
  signal?: AbortSignal;
}

/**
 * Sends a query or a mutation.
 *
 * @throws RegisterError if the response has errors, also beside data.
 */
export async function request<Data, Variables>(
  connection: Connection,
  document: TypedDocument<Data, Variables>,
  variables: Variables | undefined,
  { signal }: AskOptions = {},
): Promise<Result<Data> & { data: Data }> {
  const response = await connection.send(connection.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: connection.textOf(document), variables }),
    ...(signal && { signal }),
  });
  const text = await response.text().catch(cause => {
    throw unreachable(cause);
  });
  const result = parseJson<Result<Data>>(text);
  const data = result?.data;
  if (data == null || result?.errors?.length) throw refusalOf(response, text);
  return { ...result, data };
}
