import { readHeaders } from '../read-headers.js';
import type { ReaderLanguage } from '../result/format.js';

/**
 * Makes a short link of a state of the page, with the key of the analyst if the headers have one.
 *
 * @throws Error with the message of the register.
 */
export async function shortLinkOf(state: string, headers: string, language: ReaderLanguage): Promise<string> {
  const sent = new Headers(readHeaders(headers));
  sent.set('content-type', 'application/json');
  sent.set('accept', 'application/json');
  sent.set('accept-language', language);
  const response = await fetch(new URL('s', location.href), {
    method: 'POST',
    headers: sent,
    body: JSON.stringify({ state }),
  });
  const { path, errors } = await response.json();
  if (!response.ok) throw new Error(errors?.[0]?.message ?? response.statusText);
  return new URL(path, location.href).href;
}
