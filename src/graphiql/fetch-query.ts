/**
 * Sends a query of the page itself, separate from the operations of the analyst.
 *
 * @throws Error with the message of the first GraphQL error if the response has no data.
 */
export async function fetchQuery<T>(query: string, variables: object = {}, signal?: AbortSignal): Promise<T> {
  const response = await fetch(location.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: signal ?? null,
  });
  const { data, errors } = await response.json();
  if (!data) throw new Error(errors?.[0]?.message ?? response.statusText);
  return data;
}
