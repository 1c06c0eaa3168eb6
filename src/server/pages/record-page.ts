import type { Citation } from '../../cite/citation.js';
import type { Context } from '../../context.js';
import { nodeTypeOf } from '../../graph/record/node.js';
import { html, join, jsonScript, type Part } from '../http/html.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { codeLabel, subjectTypeOf } from './answer-cells.js';
import { type AnswerObject, isObject } from './answer-shape.js';
import { citationFormOf, citationResponse, citeSection } from './cite-section.js';
import { displayOf } from './display.js';
import { PageError } from './error-page.js';
import { jsonLd } from './json-ld.js';
import { page } from './layout.js';
import { mapSection } from './map-section.js';
import { type PageForm, pageResponse } from './page-response.js';
import { link, type Reader, recordPath, textIn } from './reader.js';
import { type RecordKind, recordKind } from './record-documents.js';
import { type RecordAnswer, sourcesOf, sourcesSection } from './record-evidence.js';
import { feedPath, filesSection } from './record-files.js';
import { historySection, redactionsNotice } from './record-history.js';
import { factsSection, listSections, namesSection, periodsSection } from './record-sections.js';
import { reportSection } from './report-form.js';
import { type RunDeps, runDocument } from './run-document.js';
import { sourceOf } from './source-cells.js';

/** A moment of the register, for the citation of a page. */
export type CitedMoment = { cursor: string; recordedAt: string } | undefined;

/** Reads a record; undefined if there is none with this id. */
export async function readRecord(
  deps: RunDeps,
  context: Context,
  reader: Reader,
  id: string,
): Promise<{ kind: RecordKind; answer: RecordAnswer } | undefined> {
  const kind = recordKind(nodeTypeOf(id));
  if (!kind) return undefined;
  const { data, shape, errors } = await runDocument(deps, context, kind.document, { id }, reader.language);
  const record = data?.[kind.field];
  if (errors[0]) throw new PageError(errors);
  return isObject(record)
    ? { kind, answer: { record, fields: shape.get(kind.field)?.fields ?? new Map() } }
    : undefined;
}

/** Creates the response with the page of a record, or with its linked data. */
export function recordResponse(
  reader: Reader,
  context: Context,
  kind: RecordKind,
  answer: RecordAnswer,
  moment: CitedMoment,
  form: PageForm,
  parameters: URLSearchParams,
): PreparedResponse {
  const cite = citationFormOf(parameters);
  if (cite) return citationResponse(reader, context, citationOf(reader, answer, moment), cite);
  const id = String(answer.record.id);
  const path = recordPath(id);
  if (form !== 'text/html') {
    const body = `${JSON.stringify(jsonLd(reader, answer), undefined, 1)}\n`;
    return pageResponse(reader, context, 200, body, {
      'content-type': `${form}; charset=utf-8`,
      link: `<${link(reader, path)}>; rel="alternate"; type="text/html"`,
    });
  }
  const headers = { link: `<${link(reader, path)}>; rel="alternate"; type="application/ld+json"` };
  return pageResponse(reader, context, 200, recordPage(reader, kind, answer, moment), headers);
}

/** Returns the kind of a record in words: "Gemeente", "Stedenband". */
function kindLabel(reader: Reader, record: AnswerObject): string {
  const type = subjectTypeOf(String(record.__typename));
  const own: [string, unknown] | undefined = record.dutchLevel
    ? ['DutchAuthorityLevel', record.dutchLevel]
    : record.chineseLevel
      ? ['ChineseAuthorityLevel', record.chineseLevel]
      : record.kind
        ? [`${type.charAt(0)}${type.slice(1).toLowerCase()}Kind`, record.kind]
        : undefined;
  const parts = [codeLabel('SubjectType', type, reader), own && codeLabel(own[0], own[1], reader)];
  return [...new Set(parts.filter(Boolean))].join(' · ');
}

const LANG = { nl: 'nl', en: 'en', zh: 'zh-Hans' } as const;

/** Returns the names in other languages than the heading, for the line below it. */
function otherNames(record: AnswerObject, key: string, heading: string): Part {
  const names = record[key];
  if (!isObject(names)) return undefined;
  const others = Object.entries(LANG).flatMap(([language, lang]) => {
    const name = names[language];
    return typeof name === 'string' && name !== heading ? [[name, lang] as const] : [];
  });
  const distinct = others.filter(([name], index) => others.findIndex(([other]) => other === name) === index);
  return (
    distinct.length > 0 &&
    html`<p class="other">${join(
      distinct.map(([name, lang]) => html`<span lang="${lang}">${name}</span>`),
      ' · ',
    )}</p>`
  );
}

/** Returns the citation of a record. */
function citationOf(reader: Reader, answer: RecordAnswer, moment: CitedMoment): Citation {
  const { record, fields } = answer;
  const id = String(record.id);
  const address = reader.origin + recordPath(id);
  return {
    key: id,
    title: displayOf(reader, fields, record)?.text ?? id,
    url: moment ? `${address}?knownAt=${moment.cursor}` : address,
    moment,
    language: reader.language,
    sources: sourcesOf(answer).map(({ source }) => sourceOf(source)),
  };
}

function recordPage(reader: Reader, kind: RecordKind, answer: RecordAnswer, moment: CitedMoment): string {
  const { record, fields } = answer;
  const id = String(record.id);
  const path = recordPath(id);
  const display = displayOf(reader, fields, record) ?? { text: id, html: html`${id}` };
  const citation = citationOf(reader, answer, moment);
  return page(reader, {
    title: display.text,
    path,
    head: html`<link rel="alternate" type="application/ld+json" href="${link(reader, path)}">
<link rel="alternate" type="application/atom+xml" href="${feedPath(reader, kind.field, id)}">
${jsonScript('application/ld+json', jsonLd(reader, answer))}
`,
    main: html`<p class="kind">${kindLabel(reader, record)}</p>
<h1>${display.html}</h1>
${otherNames(record, kind.names, display.text)}<p class="id">${id}</p>
${typeof record.description === 'string' && html`<p class="lead">${textIn(reader, record.description, 'EN')}</p>`}
${redactionsNotice(reader, answer)}
${factsSection(reader, answer)}
${mapSection(reader, answer)}
${periodsSection(reader, answer)}
${listSections(reader, answer)}
${namesSection(reader, answer, kind.names)}
${sourcesSection(reader, answer)}
${historySection(reader, answer)}
${citeSection(reader, citation, path)}
${filesSection(reader, kind, id)}
${reportSection(reader, id)}`,
  });
}
