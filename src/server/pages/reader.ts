import { REDACTED_TEXT } from '../../change/redacted.js';
import type { KnownAt } from '../../context.js';
import type { MessageLanguage } from '../../messages/message.js';
import { type Html, html, type Part } from '../http/html.js';
import { PAGE_TEXTS, type PageTexts } from './texts.js';

/** The reader of a page: a language, an address, and a moment of the register. */
export interface Reader {
  language: MessageLanguage;
  texts: PageTexts;
  /** The origin of the server as the reader sees it: `https://register.example`. */
  origin: string;
  /** The past moment that the page is about; undefined for the present. */
  knownAt: KnownAt | undefined;
  /** True if the address names the language, so that links of the page do, too. */
  namesLanguage: boolean;
}

export const readerOf = (
  language: MessageLanguage,
  origin: string,
  namesLanguage: boolean,
  knownAt?: KnownAt,
): Reader => ({ language, texts: PAGE_TEXTS[language], origin, knownAt, namesLanguage });

/** The language as GraphQL spells it. */
export const graphqlLanguage = (language: MessageLanguage) => language.toUpperCase() as 'NL' | 'EN' | 'ZH';

const LANG: Readonly<Record<string, string>> = { NL: 'nl', EN: 'en', ZH: 'zh-Hans', PINYIN: 'zh-Latn' };
const HTML_LANG: Readonly<Record<MessageLanguage, string>> = { nl: 'nl', en: 'en', zh: 'zh-Hans' };

/** The language of a page, for `lang`. */
export const htmlLang = (language: MessageLanguage): string => HTML_LANG[language];

const HANZI = /\p{Script=Han}/u;
/** Hanzi with the punctuation between them. */
const CHINESE = /([\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]+)/u;

/** Returns a part of a text in a language inside one in another language. */
const inLanguage = (part: Part, lang: string, outer: string): Part =>
  lang === outer ? part : html`<span lang="${lang}">${part}</span>`;

/**
 * Returns a text with `lang` if it is in another language than the page, the Chinese in it as such, and what was redacted.
 *
 * @param textLanguage The language as GraphQL spells it; by default that of the page.
 */
export function textIn({ language, texts }: Reader, text: string, textLanguage?: string): Html {
  const lang = LANG[textLanguage ?? ''] ?? htmlLang(language);
  const part = (piece: string): Part => {
    if (piece === REDACTED_TEXT) return html`<mark>${texts.redacted}</mark>`;
    return piece.split(CHINESE).map(run => (HANZI.test(run) ? inLanguage(run, 'zh-Hans', lang) : run));
  };
  const pieces = text.split(REDACTED_TEXT).flatMap((piece, index) => (index ? [REDACTED_TEXT, piece] : [piece]));
  return html`${inLanguage(pieces.map(part), lang, htmlLang(language))}`;
}

/** Adds the language and the moment of the page to the address of another page. */
export function link({ language, namesLanguage, knownAt }: Reader, path: string, more: Record<string, string> = {}) {
  const parameters = new URLSearchParams(more);
  if (namesLanguage && !parameters.has('language')) parameters.set('language', language);
  if (knownAt) parameters.set('knownAt', knownAt.text);
  const search = parameters.toString();
  return search ? `${path}?${search}` : path;
}

/** Returns the address of the page of a record. */
export const recordPath = (id: string): string => `/id/${encodeURIComponent(id)}`;

/** Returns a link to the page of a record. */
export const recordLink = (reader: Reader, id: string, text: Part): Html =>
  html`<a href="${link(reader, recordPath(id))}">${text}</a>`;

/** Returns an address of the desk with the language and the moment of the page. */
export function deskLink({ language, knownAt }: Reader, state: Readonly<Record<string, string>>): string {
  const parameters = new URLSearchParams({ ...state, language, ...(knownAt && { knownAt: knownAt.cursor }) });
  return `/graphql#${parameters.toString().replaceAll('+', '%20')}`;
}
