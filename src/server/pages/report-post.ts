import type { IncomingMessage } from 'node:http';
import type { Context } from '../../context.js';
import { message } from '../../messages/message.js';
import { RequestError, readBody } from '../http/body.js';
import { html } from '../http/html.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import type { AnswerObject } from './answer-shape.js';
import { page } from './layout.js';
import { pageResponse } from './page-response.js';
import { link, type Reader, recordPath } from './reader.js';
import { REPORT_INPUTS, type ReportValues, reportSection } from './report-form.js';
import { type RunDeps, runDocument } from './run-document.js';

const REPORT_DOCUMENT = `mutation Report($input: ReportErrorInput!) {
  reportError(input: $input) { proposal { id } userErrors { message path } }
}`;

const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

/**
 * Reads the form of a report.
 *
 * @throws RequestError 415 for another content type, and as `readBody` does.
 */
export async function readReport(request: IncomingMessage): Promise<ReportValues> {
  if (!FORM_TYPE.test(request.headers['content-type'] ?? '')) {
    request.resume();
    throw new RequestError(415, message('FORM_TYPE', {}));
  }
  const parameters = new URLSearchParams(await readBody(request));
  // A form sends a line end as CR LF, and its `maxlength` counts it as one character.
  const textOf = (name: string) => parameters.get(name)?.replaceAll('\r\n', '\n').trim() ?? '';
  return Object.fromEntries(REPORT_INPUTS.map(name => [name, textOf(name)]));
}

/** Returns the input of `reportError`; without a source if none of its inputs is filled in. */
function inputOf(subjectId: string, values: ReportValues) {
  const { field = '', message: text = '', proposed } = values;
  const [title = '', publisher = '', url] = [values['source.title'], values['source.publisher'], values['source.url']];
  const source = title || publisher || url ? { title, publisher, url: url || null } : null;
  return { subjectId, field, message: text, proposed: proposed || null, source };
}

/** Sends a report by the rules of `reportError`, and creates the page with its receipt, or with what is wrong. */
export async function reportResponse(
  deps: RunDeps,
  context: Context,
  reader: Reader,
  id: string,
  values: ReportValues,
): Promise<PreparedResponse> {
  const { texts, language } = reader;
  const variables = { input: inputOf(id, values) };
  const { data, errors, status } = await runDocument(deps, context, REPORT_DOCUMENT, variables, language);
  const payload = data?.reportError as AnswerObject | null | undefined;
  const proposal = payload?.proposal as { id: string } | null | undefined;
  const path = recordPath(id);
  const back = html`<p><a href="${link(reader, path)}">${texts.back}: ${id}</a></p>`;
  if (proposal) {
    const main = html`<h1>${texts.reportThanks}</h1><p class="lead">${texts.reportReceipt(proposal.id)}</p>${back}`;
    return pageResponse(reader, context, 201, page(reader, { title: texts.reportThanks, path, main }));
  }
  const problems = [
    ...errors.map(({ message: text }) => text),
    ...((payload?.userErrors ?? []) as { message: string }[]).map(({ message: text }) => text),
  ];
  const [refusal] = errors;
  const isLimited = refusal?.extensions?.code === 'RATE_LIMITED';
  const notice = html`<div class="notice" role="alert"><h2>${texts.reportErrors}</h2><ul>${problems.map(text => html`<li>${text}</li>`)}</ul></div>`;
  const main = html`<h1>${texts.report}</h1>${back}${reportSection(reader, id, values, notice)}`;
  const failed = isLimited ? 429 : status >= 500 ? status : 422;
  const headers: Record<string, string> = isLimited ? { 'retry-after': String(refusal.extensions?.retryAfter) } : {};
  return pageResponse(reader, context, failed, page(reader, { title: texts.reportErrors, path, main }), headers);
}
