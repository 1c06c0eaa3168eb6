import type { IncomingMessage } from 'node:http';
import Negotiator from 'negotiator';
import { abbreviate, graphqlError } from '../../graph/errors.js';
import { MESSAGE_LANGUAGES, type MessageLanguage, message } from '../../messages/message.js';
import { headerCache } from '../http/header-cache.js';
import { acceptsHtml } from '../http/instrument.js';
import { languageOf } from '../http/language.js';
import { pathnameOf, searchOf } from '../http/request-target.js';
import { FEED_FORMATS, type FeedFormat } from './change-feed.js';
import type { PageForm } from './page-response.js';

/** The parameter of the address that overrides `Accept-Language`. */
const LANGUAGE = 'language';

/** The path of the description of all files. */
export const PACKAGE_PATH = '/export/datapackage.json';

/** A request for a page. */
export type PageTarget =
  | { kind: 'record'; id: string }
  | { kind: 'question'; name: string }
  | { kind: 'questions' }
  | { kind: 'files' }
  | { kind: 'package' }
  | { kind: 'sitemap' }
  | { kind: 'feed'; format: FeedFormat };

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Returns the page at a path; undefined if there is none. */
export function pageAt(path: string): PageTarget | undefined {
  if (path === '/sitemap.xml') return { kind: 'sitemap' };
  if (path === '/export' || path === '/export/') return { kind: 'files' };
  if (path === PACKAGE_PATH) return { kind: 'package' };
  if (path === '/questions' || path === '/questions/') return { kind: 'questions' };
  const [, format] = /^\/changes\.(\w+)$/.exec(path) ?? [];
  if (format !== undefined)
    return Object.hasOwn(FEED_FORMATS, format) ? { kind: 'feed', format: format as FeedFormat } : undefined;
  const [, room, name] = /^\/(id|questions)\/([^/]+)\/?$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  return room === 'id' ? { kind: 'record', id: decoded(name) } : { kind: 'question', name: decoded(name) };
}

export const targetOf = (request: IncomingMessage): PageTarget | undefined => pageAt(pathnameOf(request));

/**
 * Returns the language of a page: that of the parameter, or the one that the client prefers.
 *
 * @throws GraphQLError BAD_REQUEST for a language that pages do not have.
 */
export function languageOfPage(request: IncomingMessage): { language: MessageLanguage; isNamed: boolean } {
  const value = new URLSearchParams(searchOf(request)).get(LANGUAGE);
  if (value === null) return { language: languageOf(request), isNamed: false };
  const language = MESSAGE_LANGUAGES.find(name => name === value.toLowerCase());
  if (language) return { language, isNamed: true };
  const params = { value: abbreviate(value), languages: MESSAGE_LANGUAGES.join(', ') };
  throw graphqlError('BAD_REQUEST', message('PAGE_LANGUAGE', params));
}

const FORMS: readonly PageForm[] = ['text/html', 'application/ld+json', 'application/json'];
const negotiated = headerCache<PageForm>();

/** Returns the form that a client prefers: a page, unless it asks for data; a list of files as data, unless it asks for a page. */
export function formOf(request: IncomingMessage): PageForm {
  const { accept } = request.headers;
  const kind = targetOf(request)?.kind;
  if (kind === 'package' || (kind === 'files' && !acceptsHtml(request))) return 'application/json';
  if (!accept) return 'text/html';
  let form = negotiated.get(accept);
  if (form === undefined) {
    form = (new Negotiator({ headers: { accept } }).mediaType([...FORMS]) ?? 'text/html') as PageForm;
    negotiated.set(accept, form);
  }
  return form;
}
