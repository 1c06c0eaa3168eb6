import type { IncomingMessage } from 'node:http';
import { abbreviate, graphqlError } from '../../graph/errors.js';
import { MESSAGE_LANGUAGES, type MessageLanguage, message } from '../../messages/message.js';
import { mediaTypeChoice } from '../http/accept.js';
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

/** The language of a page, and whether the address names it. */
interface PageLanguage {
  language: MessageLanguage;
  isNamed: boolean;
}

/** Returns the language of a page that says what is wrong: that of the parameter if pages have it, or else the preferred one. */
export function languageOfErrorPage(request: IncomingMessage): PageLanguage {
  const value = new URLSearchParams(searchOf(request)).get(LANGUAGE)?.toLowerCase();
  const language = MESSAGE_LANGUAGES.find(name => name === value);
  return { language: language ?? languageOf(request), isNamed: language !== undefined };
}

/**
 * Returns the language of a page: that of the parameter, or the one that the client prefers.
 *
 * @throws GraphQLError BAD_REQUEST for a language that pages do not have, and for two of them.
 */
export function languageOfPage(request: IncomingMessage): PageLanguage {
  const [value, ...others] = new URLSearchParams(searchOf(request)).getAll(LANGUAGE);
  if (others.length) throw graphqlError('BAD_REQUEST', message('PARAMETER_REPEATED', { name: LANGUAGE }));
  const language = languageOfErrorPage(request);
  if (language.isNamed || value === undefined) return language;
  const params = { value: abbreviate(value), languages: MESSAGE_LANGUAGES.join(', ') };
  throw graphqlError('BAD_REQUEST', message('PAGE_LANGUAGE', params));
}

const chooseForm = mediaTypeChoice<PageForm>('text/html', 'application/ld+json', 'application/json');

/** The targets whose path ends with the extension of a format: their errors are data, too, whatever a client accepts. */
const FILES: ReadonlySet<PageTarget['kind'] | undefined> = new Set(['package', 'sitemap', 'feed']);

/** Returns the form that a client prefers: a page, unless it asks for data; a list of files as data, unless it asks for a page. */
export function formOf(request: IncomingMessage): PageForm {
  const { accept } = request.headers;
  const kind = targetOf(request)?.kind;
  if (FILES.has(kind) || (kind === 'files' && !acceptsHtml(request))) return 'application/json';
  return (accept && chooseForm(accept)) || 'text/html';
}
