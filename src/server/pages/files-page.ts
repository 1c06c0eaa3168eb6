import { type GraphQLSchema, getNamedType, isInputObjectType } from 'graphql';
import { CITED_LICENCE } from '../../cite/citation.js';
import { ATTRIBUTION } from '../../export/attribution.js';
import { listLabel } from '../../export/column-labels.js';
import { ARCHIVE_FILE } from '../../export/request.js';
import { RECIPE_NAMES, RECIPES, recipe } from '../../recipes/recipes.js';
import { type Html, html } from '../http/html.js';
import { type FileIndex, fileAddress, PACKAGE_FILE } from './file-index.js';
import { FILES_TEXTS } from './files-texts.js';
import { page } from './layout.js';
import { link, type Reader } from './reader.js';

/** The list that the examples read. */
const EXAMPLE = 'partnerships';
const EXAMPLE_FILTER = '{"status":{"eq":"ACTIVE"}}';

function filterFields(schema: GraphQLSchema, list: string): string[] {
  const filter = schema
    .getQueryType()
    ?.getFields()
    [list]?.args.find(({ name }) => name === 'filter');
  const type = filter && getNamedType(filter.type);
  return isInputObjectType(type) ? Object.keys(type.getFields()) : [];
}

const block = (label: string, code: string): Html =>
  html`<pre tabindex="0" role="region" aria-label="${label}" lang="en">${code}</pre>`;

function listTable(reader: Reader, index: FileIndex): Html {
  const { language, knownAt } = reader;
  const texts = FILES_TEXTS[language];
  const rows = index.lists.map(({ name, records, formats }) => {
    const label = listLabel(name, language);
    const files = formats.map(
      format =>
        html`<li><a href="${fileAddress(index, `${name}.${format}`, knownAt?.cursor)}" download aria-label="${label}: ${format}">${format}</a></li>`,
    );
    return html`<tr><th scope="row">${label}</th><td class="number">${records.toLocaleString(language)}</td><td><ul class="plain">${files}</ul></td></tr>\n`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${texts.title}"><table><thead><tr><th scope="col">${texts.list}</th><th scope="col" class="number">${texts.records}</th><th scope="col">${texts.formats}</th></tr></thead><tbody>
${rows}</tbody></table></div>`;
}

function sourcesSwitch(reader: Reader, { provenance }: FileIndex): Html {
  const texts = FILES_TEXTS[reader.language];
  const choice = (isOn: boolean, text: string) =>
    isOn === provenance
      ? html`<li><b aria-current="true">${text}</b></li>`
      : html`<li><a href="${link(reader, '/export', isOn ? { provenance: 'true' } : {})}">${text}</a></li>`;
  return html`<p>${texts.sourcesAre}</p><ul class="plain">${choice(true, texts.withSources)}${choice(false, texts.withoutSources)}</ul>`;
}

/** Renders the page of files: lists, formats, filters, sources, licence, code. */
export function filesPage(reader: Reader, index: FileIndex): string {
  const { language, origin, knownAt } = reader;
  const texts = FILES_TEXTS[language];
  const moment = knownAt?.cursor;
  const url = (format: string) => origin + fileAddress(index, `${EXAMPLE}.${format}`, moment);
  const filtered = `${origin}/export/${EXAMPLE}.csv?${new URLSearchParams({ filter: EXAMPLE_FILTER })}`;
  const recipes = RECIPE_NAMES.map(name => {
    const { label } = RECIPES[name];
    const code = recipe(name, { kind: 'file', name: EXAMPLE, url });
    return html`<details><summary>${label}</summary>${block(label, code)}</details>\n`;
  });
  const fields = index.lists.map(({ name }) => {
    const names = filterFields(index.schema, name).map(field => html`<li lang="en"><code>${field}</code></li>`);
    return html`<details><summary>${texts.filterFields(listLabel(name, language))}</summary><ul class="plain">${names}</ul></details>\n`;
  });
  return page(reader, {
    title: texts.title,
    path: '/export',
    parameters: index.provenance ? { provenance: 'true' } : {},
    main: html`<h1>${texts.title}</h1><p class="lead">${texts.lead}</p>
${listTable(reader, index)}
<section aria-labelledby="everything"><h2 id="everything">${texts.everything}</h2>
<ul><li><a href="${fileAddress(index, ARCHIVE_FILE, moment)}" download>${ARCHIVE_FILE}</a>: ${texts.archive}</li><li><a href="${fileAddress(index, PACKAGE_FILE, moment)}">${PACKAGE_FILE}</a>: ${texts.dataPackage}</li></ul></section>
<section aria-labelledby="sources"><h2 id="sources">${texts.sources}</h2>
${sourcesSwitch(reader, index)}</section>
<section aria-labelledby="filters"><h2 id="filters">${texts.filters}</h2>
<p>${texts.filterText}</p>${block('URL', filtered)}${fields}</section>
<section aria-labelledby="dates"><h2 id="dates">${texts.dates}</h2><p>${texts.datesText}</p></section>
<section aria-labelledby="licence"><h2 id="licence">${texts.licence}</h2>
<p><a href="${CITED_LICENCE.url}" rel="license noopener external">${CITED_LICENCE.name}</a>. ${texts.licenceText}</p><p lang="en">${ATTRIBUTION}</p></section>
<section aria-labelledby="code"><h2 id="code">${texts.code}</h2>
<p>${texts.codeText}</p>${recipes}</section>`,
  });
}
