import { fieldHeading } from '../../graph/types/field-list.js';
import { FIELD_LABELS } from '../../messages/field-labels.js';
import { conceptOfId } from '../../proposal/concepts.js';
import { type Html, html, type Part } from '../http/html.js';
import { link, type Reader, recordPath } from './reader.js';

/** The values of a report as the reader typed them, by the name of the input. */
export type ReportValues = Readonly<Record<string, string>>;

/** Returns the facts of a record that can be reported, with their labels, sorted as people read. */
function reportedFields(id: string, { language }: Reader): [field: string, label: string][] {
  const paths = new Set([...(conceptOfId(id)?.leaves.values() ?? [])].map(({ path }) => path));
  const labelled = [...paths].map((path): [string, string] => {
    const field = path.replace(/\.id$/, '').replace(/Ids$/, 's').replace(/ys$/, 'ies');
    return [path, FIELD_LABELS[field] ? fieldHeading(field)[language] : ''];
  });
  return labelled.filter(([, label]) => label).sort(([, a], [, b]) => a.localeCompare(b, language));
}

/** The inputs of a report, by the path of what they are in the input of the mutation. */
export const REPORT_INPUTS = [
  'field',
  'proposed',
  'message',
  'source.title',
  'source.publisher',
  'source.url',
] as const;
export type ReportInput = (typeof REPORT_INPUTS)[number];

/** Renders the form by which readers report an error. It works without scripts. */
export function reportSection(reader: Reader, id: string, values: ReportValues = {}, problems?: Part): Html {
  const { texts, knownAt } = reader;
  const heading = html`<h2 id="report-heading">${texts.report}</h2>`;
  if (knownAt) {
    const present = link({ ...reader, knownAt: undefined }, recordPath(id));
    return html`<section id="report" aria-labelledby="report-heading">${heading}<p><a href="${present}#report">${texts.reportPresent}</a></p></section>`;
  }
  const options = reportedFields(id, reader).map(
    ([field, label]) => html`<option value="${field}"${values.field === field && html` selected`}>${label}</option>`,
  );
  const text = (name: ReportInput, label: string, type = 'text') =>
    html`<div class="field"><label for="report-${name}">${label}</label><input id="report-${name}" name="${name}" type="${type}" value="${values[name] ?? ''}"></div>`;
  return html`<section id="report" aria-labelledby="report-heading">${heading}${problems}
<p id="report-intro">${texts.reportIntro}</p>
<form method="post" action="${link(reader, recordPath(id))}" aria-describedby="report-intro">
<div class="field"><label for="report-field">${texts.reportField} (${texts.required})</label><select id="report-field" name="field" required><option value="">${texts.choose}</option>${options}</select></div>
${text('proposed', texts.reportProposed)}
<div class="field"><label for="report-message">${texts.reportMessage} (${texts.required})</label><span class="hint" id="report-hint">${texts.reportMessageHint}</span><textarea id="report-message" name="message" maxlength="2000" required aria-describedby="report-hint">${values.message ?? ''}</textarea></div>
<fieldset><legend>${texts.reportSource}</legend>
${text('source.title', texts.reportTitle)}${text('source.publisher', texts.reportPublisher)}${text('source.url', texts.reportUrl, 'url')}</fieldset>
<p><button type="submit">${texts.reportSend}</button></p>
</form></section>`;
}
