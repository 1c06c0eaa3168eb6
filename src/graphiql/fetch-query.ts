/**
 * Asks the register itself, beside what the analyst asks.
 *
 * @throws Error with the first message of the answer when there is no data.
 */
export async function ask<T>(query: string, variables: object = {}, signal?: AbortSignal): Promise<T> {
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
