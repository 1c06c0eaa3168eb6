import type { Connection } from './connection.js';
import type { TypedDocument } from './document.js';
import { errorOf, RegisterError, type ResponseError, refusalOf, retryAfterOf, unreachable } from './errors.js';

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
  if (!/json/.test(response.headers.get('content-type') ?? '')) throw await refusalOf(response);
  const text = await response.text().catch(cause => {
    throw unreachable(cause);
  });
  const result = parseResult<Data>(text, response.url);
  if (result.errors?.length)
    throw errorOf(result.errors, { data: result.data ?? undefined, retryAfterSeconds: retryAfterOf(response) });
  const { data } = result;
  if (data == null) throw new RegisterError('UNEXPECTED_RESPONSE', `The response of ${response.url} has no data.`);
  return { ...result, data };
}

function parseResult<Data>(text: string, url: string): Result<Data> {
  try {
    return JSON.parse(text) as Result<Data>;
  } catch (cause) {
    throw new RegisterError('UNEXPECTED_RESPONSE', `The response of ${url} is no JSON.`, { cause });
  }
}
