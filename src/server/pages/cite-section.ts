import type { Citation } from '../../cite/citation.js';
import { citeAsBibtex, citeAsCsl, citeAsMarkdown, citeAsText } from '../../cite/cite.js';
import type { Context } from '../../context.js';
import { abbreviate, graphqlError } from '../../graph/errors.js';
import { message } from '../../messages/message.js';
import { type Html, html } from '../http/html.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { pageResponse } from './page-response.js';
import { htmlLang, link, type Reader } from './reader.js';

/** A form of citations, which is a file of its own, too. */
interface CitationForm {
  name: string;
  write: (citation: Citation) => string;
  contentType: string;
  extension: string;
}

/** The forms by the value of the parameter `cite`. */
const FORMS: Readonly<Record<string, CitationForm>> = {
  text: { name: 'TXT', write: citeAsText, contentType: 'text/plain', extension: 'txt' },
  markdown: { name: 'Markdown', write: citeAsMarkdown, contentType: 'text/markdown', extension: 'md' },
  bibtex: { name: 'BibTeX', write: citeAsBibtex, contentType: 'application/x-bibtex', extension: 'bib' },
  csl: {
    name: 'CSL-JSON',
    write: citeAsCsl,
    contentType: 'application/vnd.citationstyles.csl+json',
    extension: 'json',
  },
};

/** Limits the sources of a citation that a page repeats in each form; with more, the forms are files only. */
const MAX_SOURCES_ON_PAGE = 15;

/**
 * Returns the form in which the address asks for a citation; undefined if it asks for the page.
 *
 * @throws GraphQLError BAD_REQUEST for a form that citations do not have.
 */
export function citationFormOf(parameters: URLSearchParams): CitationForm | undefined {
  const name = parameters.get('cite');
  if (name === null) return undefined;
  if (Object.hasOwn(FORMS, name)) return FORMS[name];
  const params = { value: abbreviate(name), forms: Object.keys(FORMS).join(', ') };
  throw graphqlError('BAD_REQUEST', message('CITATION_FORM', params));
}

/** Creates the response with a citation as a file. */
export const citationResponse = (
  reader: Reader,
  context: Context,
  citation: Citation,
  { write, contentType, extension }: CitationForm,
): PreparedResponse =>
  pageResponse(reader, context, 200, `${write(citation)}\n`, {
    'content-type': `${contentType}; charset=utf-8`,
    'content-disposition': `attachment; filename="stedenband-${citation.key}.${extension}"`,
  });

/** Renders a citation as text, and its other forms to be copied or downloaded. */
export function citeSection(
  reader: Reader,
  citation: Citation,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): Html {
  const { texts, language } = reader;
  const forms = Object.entries(FORMS);
  const files = forms.map(
    ([cite, { name }]) =>
      html`<li><a href="${link(reader, path, { ...parameters, cite })}" rel="nofollow" download>${name}</a></li>`,
  );
  const copies = citation.sources.length <= MAX_SOURCES_ON_PAGE ? forms.filter(([cite]) => cite !== 'text') : [];
  return html`<section aria-labelledby="cite"><h2 id="cite">${texts.cite}</h2>
<p class="citation" lang="${htmlLang(language)}">${citeAsText(citation)}</p>
<ul class="plain">${files}</ul>
${copies.map(
  ([, { name, write }]) =>
    html`<details><summary>${name}</summary><pre tabindex="0" role="region" aria-label="${name}">${write(citation)}</pre></details>\n`,
)}</section>`;
}
