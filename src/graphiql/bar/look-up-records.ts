import type { ReaderLanguage } from '../result/format.js';
import { MAX_RECORDS, mergeHits, type RecordHit, type Suggestion, type TypedCandidate } from '../result/record-hits.js';

async function read<T>(response: Response): Promise<T> {
  const body = await response.json();
  if (!response.ok || body.errors) throw new Error(body.errors?.[0]?.message ?? response.statusText);
  return body;
}

/**
 * Returns the records that a text may mean, best first: those that the matcher takes it for, in any language and spelling,
 * then those whose names begin with it, then the other candidates of the matcher.
 *
 * @param fetchRecords A `fetch` of the moment at which the records are read.
 * @throws Error with the message of the server.
 */
export async function lookUp(
  text: string,
  language: ReaderLanguage,
  fetchRecords: typeof fetch,
  signal: AbortSignal,
): Promise<RecordHit[]> {
  const name = text.trim();
  if (name === '') return [];
  const options = { headers: { 'accept-language': language }, signal };
  const ask = (path: string, parameters: Record<string, string>) =>
    fetchRecords(String(new URL(`${path}?${new URLSearchParams(parameters)}`, location.href)), options);
  const queries = JSON.stringify({ name: { query: name, limit: MAX_RECORDS } });
  const [matched, suggested] = await Promise.all([
    ask('reconcile', { queries }).then(read<{ name: { result: TypedCandidate[] } }>),
    ask('reconcile/suggest/entity', { prefix: name, limit: String(MAX_RECORDS) }).then(read<{ result: Suggestion[] }>),
  ]);
  return mergeHits(matched.name.result, suggested.result);
}
