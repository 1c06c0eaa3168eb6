import type { Citation } from '../../cite/citation.js';
import { citeAsBibtex, citeAsCsl, citeAsMarkdown, citeAsText } from '../../cite/cite.js';
import { type Html, html } from './html.js';
import { htmlLang, type Reader } from './reader.js';

/** Renders a citation in its four forms, each to be copied. */
export function citeSection(reader: Reader, citation: Citation): Html {
  const { texts, language } = reader;
  const forms = [
    ['Markdown', citeAsMarkdown],
    ['BibTeX', citeAsBibtex],
    ['CSL-JSON', citeAsCsl],
  ] as const;
  return html`<section aria-labelledby="cite"><h2 id="cite">${texts.cite}</h2>
<p class="citation" lang="${htmlLang(language)}">${citeAsText(citation)}</p>
${forms.map(
  ([name, cite]) =>
    html`<details><summary>${name}</summary><pre tabindex="0" role="region" aria-label="${name}">${cite(citation)}</pre></details>\n`,
)}</section>`;
}
