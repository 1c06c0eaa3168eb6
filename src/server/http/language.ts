import type { IncomingMessage, ServerResponse } from 'node:http';
import Negotiator from 'negotiator';
import { MESSAGE_LANGUAGES, type MessageLanguage } from '../../messages/message.js';
import { headerCache } from './header-cache.js';

/** Limits the part of a header that is parsed. Browsers send less than a hundred characters. */
const MAX_HEADER_LENGTH = 200;

const negotiated = headerCache<MessageLanguage>();

/** Our languages with a script or a region, such as `zh-Hans-CN`: there is one text for all of them. */
const VARIANT = /\b(en|nl|zh)(?:-[a-z\d]+)+/gi;

/**
 * Returns the language of our messages that a client prefers; English if it names none of ours. Languages of equal weight
 * count in their order.
 *
 * @param acceptLanguage The header of that name, such as `nl-BE,nl;q=0.9,en;q=0.8`. What is beyond its first 200
 * characters is ignored.
 */
export function negotiateLanguage(acceptLanguage: string | undefined): MessageLanguage {
  if (!acceptLanguage) return 'en';
  const header =
    acceptLanguage.length <= MAX_HEADER_LENGTH
      ? acceptLanguage
      : acceptLanguage.slice(0, Math.max(0, acceptLanguage.lastIndexOf(',', MAX_HEADER_LENGTH)));
  let language = negotiated.get(header);
  if (language === undefined) {
    const headers = { 'accept-language': header.replace(VARIANT, '$1') };
    language = (new Negotiator({ headers }).language([...MESSAGE_LANGUAGES]) ?? 'en') as MessageLanguage;
    negotiated.set(header, language);
  }
  return language;
}

/** Returns the language of our messages that the client of a request prefers. */
export const languageOf = ({ headers }: Pick<IncomingMessage, 'headers'>): MessageLanguage =>
  negotiateLanguage(headers['accept-language']);

/** Adds a header of requests to those that a response depends on. */
export function varyBy(response: ServerResponse, name: string): void {
  const vary = response.getHeader('vary');
  if (vary === undefined) response.setHeader('vary', name);
  else if (!String(vary).split(', ').includes(name)) response.setHeader('vary', `${vary}, ${name}`);
}
