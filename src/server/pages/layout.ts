import { CITED_LICENCE } from '../../cite/citation.js';
import { MESSAGE_LANGUAGES, type MessageLanguage } from '../../messages/message.js';
import { aroundMark, html, type Part } from '../http/html.js';
import { timeOf } from './dates.js';
import { htmlLang, link, type Reader } from './reader.js';
import { STYLE_PATH } from './style.js';

/** The content of a page, and what its frame says about it. */
export interface Page {
  title: string;
  /** The path of the page, without parameters. */
  path: string;
  /** The parameters that the page keeps in another language. */
  parameters?: Record<string, string>;
  main: Part;
  /** Further elements of the head. */
  head?: Part;
}

const LANGUAGE_NAMES: Readonly<Record<MessageLanguage, string>> = { nl: 'Nederlands', en: 'English', zh: '中文' };

const LOGO = html`<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="7" class="logo"/><path d="M8 23 24 9" stroke="#fff" stroke-width="3"/><circle cx="9" cy="22" r="5" fill="#f08a24"/><circle cx="23" cy="10" r="5" fill="#e63946"/></svg>`;

/** Renders a page in its frame: head, banner, navigation, languages, footer. No script runs in it. */
export function page(reader: Reader, { title, path, parameters = {}, main, head }: Page): string {
  const { texts, language, origin, knownAt } = reader;
  const inLanguage = (other: MessageLanguage) => link(reader, path, { ...parameters, language: other });
  const languages = MESSAGE_LANGUAGES.map(other =>
    other === language
      ? html`<li><span aria-current="true" lang="${htmlLang(other)}">${LANGUAGE_NAMES[other]}</span></li>`
      : html`<li><a href="${inLanguage(other)}" lang="${htmlLang(other)}" hreflang="${htmlLang(other)}" rel="alternate">${LANGUAGE_NAMES[other]}</a></li>`,
  );
  const alternates = MESSAGE_LANGUAGES.map(
    other => html`<link rel="alternate" hreflang="${htmlLang(other)}" href="${origin}${inLanguage(other)}">\n`,
  );
  const banner =
    knownAt &&
    html`<p class="past">${aroundMark(texts.past, timeOf(knownAt.recordedAt, language))} <a href="${link({ ...reader, knownAt: undefined }, path, parameters)}">${texts.toPresent}</a></p>`;
  return html`<!doctype html>
<html lang="${htmlLang(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${texts.register}</title>
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${STYLE_PATH}">
<link rel="icon" href="data:,">
<link rel="license" href="${CITED_LICENCE.url}">
${alternates}${head}</head>
<body>
<a class="skip" href="#main">${texts.skip}</a>
<header class="banner"><a class="home" href="${link(reader, '/questions')}">${LOGO}<span><b>${texts.register}</b> <span class="long">${texts.registerLong}</span></span></a>
<nav aria-label="${texts.navigation}"><ul><li><a href="${link(reader, '/questions')}">${texts.questions}</a></li><li><a href="/graphql#language=${language}">${texts.desk}</a></li></ul></nav>
<nav aria-label="${texts.language}"><ul class="languages">${languages}</ul></nav></header>
<main id="main" tabindex="-1">
${banner}${main}
</main>
<footer><p>${texts.footer}</p><p><a href="${CITED_LICENCE.url}" rel="license external">${texts.licence}</a></p></footer>
</body>
</html>
`.text;
}
