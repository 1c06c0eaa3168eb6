import { readerLanguage } from '../language.js';
import { type KnownAt, withKnownAt } from '../result/known-at.js';
import { clockTexts } from './clock-texts.js';

/** Header of requests and responses: the moment that a request asks about, and that an answer is of. */
const KNOWN_AT_HEADER = 'Register-Known-At';

/**
 * Returns a `fetch` that asks about a moment, or about the present. The header is for routers, which do not pass
 * parameters on. An answer that is of another moment becomes an error.
 */
export const fetchAt =
  (knownAt: KnownAt | undefined): typeof fetch =>
  async (url, init) => {
    const headers = new Headers(init?.headers);
    if (knownAt !== undefined) headers.set(KNOWN_AT_HEADER, knownAt);
    const response = await fetch(withKnownAt(String(url), knownAt), { ...init, headers });
    const isOfPast = response.headers.get(KNOWN_AT_HEADER) !== null;
    if (!response.ok || isOfPast === (knownAt !== undefined)) return response;
    return Response.json({ errors: [{ message: clockTexts[readerLanguage()].lost }] });
  };
