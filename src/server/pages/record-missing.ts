import type { Context } from '../../context.js';
import { graphqlError, truncate } from '../../graph/errors.js';
import { message } from '../../messages/message.js';
import { JSON_TYPE } from '../http/content-type.js';
import { html, type Part } from '../http/html.js';
import { localizeError } from '../http/localize.js';
import { formatError } from '../http/mask-errors.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { definitions, headingElement } from './answer-blocks.js';
import type { AnswerObject } from './answer-shape.js';
import { PageError } from './error-page.js';
import { page } from './layout.js';
import { type PageForm, pageResponse } from './page-response.js';
import { link, type Reader, recordLink, recordPath, textIn } from './reader.js';
import { MISSING_DOCUMENT } from './record-documents.js';
import { type ChangeAnswer, changeItem } from './record-history.js';
import { type RunDeps, runDocument } from './run-document.js';

/** Limits an id that is shown: the register has none that is longer. */
const MAX_SHOWN_LENGTH = 120;

interface Withdrawal extends ChangeAnswer {
  subjectLabel: string;
}

/**
 * Creates the response for an id without a record: 410 with the last facts of one that was withdrawn, else 404 with the
 * records that were perhaps meant; for a client of data with an error alone. The fork of its context must not be that of
 * another operation.
 *
 * @throws PageError if the operation is refused.
 */
export async function missingResponse(
  deps: RunDeps,
  context: Context,
  reader: Reader,
  id: string,
  form: PageForm,
): Promise<PreparedResponse> {
  const shown = truncate(id, MAX_SHOWN_LENGTH);
  const words = shown
    .replace(/^[a-z]+-/, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const variables = { ids: [shown], words: words || shown };
  const { data, errors } = await runDocument(deps, context, MISSING_DOCUMENT, variables, reader.language);
  if (!data) throw new PageError(errors);
  const nodesOf = (key: string) => ((data[key] as AnswerObject | null)?.nodes ?? []) as AnswerObject[];
  const [withdrawal] = nodesOf('changes') as unknown as Withdrawal[];
  if (form !== 'text/html') {
    const error = formatError(graphqlError('NOT_FOUND', message('RECORD_MISSING', { id: shown })));
    const body = JSON.stringify({ errors: [localizeError(error, reader.language)] });
    return pageResponse(reader, context, withdrawal ? 410 : 404, body, { 'content-type': JSON_TYPE });
  }
  return withdrawal
    ? pageResponse(reader, context, 410, withdrawnPage(reader, shown, withdrawal))
    : pageResponse(reader, context, 404, missingPage(reader, shown, nodesOf('search')));
}

function withdrawnPage(reader: Reader, id: string, change: Withdrawal): string {
  const { texts } = reader;
  const facts = change.fields.flatMap(({ label, beforeLabel }) =>
    beforeLabel ? [[label, textIn(reader, beforeLabel)] as const] : [],
  );
  return page(reader, {
    title: `${texts.withdrawn}: ${change.subjectLabel}`,
    path: recordPath(id),
    main: html`<p class="kind">${texts.withdrawn}</p><h1>${textIn(reader, change.subjectLabel)}</h1><p class="id">${id}</p>
<div class="notice"><p>${texts.withdrawnText}</p><ol class="history">${changeItem(reader, change, false)}</ol></div>
${headingElement(2, texts.lastFacts)}${definitions(facts)}`,
  });
}

function missingPage(reader: Reader, id: string, candidates: readonly AnswerObject[]): string {
  const { texts, knownAt } = reader;
  const items = candidates.map(({ _id, _label, label }) => {
    const recordId = String(_id);
    return html`<li>${recordLink(reader, recordId, textIn(reader, String(label ?? _label)))} <span class="id">${recordId}</span></li>`;
  });
  const past: Part =
    knownAt &&
    html`<p>${texts.missingPast} <a href="${link({ ...reader, knownAt: undefined }, recordPath(id))}">${texts.toPresent}</a></p>`;
  return page(reader, {
    title: texts.missing,
    path: recordPath(id),
    main: html`<p class="kind">404</p><h1>${texts.missing}</h1><p class="lead">${texts.missingText(id)}</p>${past}
${items.length > 0 && html`<h2>${texts.meant}</h2><ul>${items}</ul>`}
<p>${texts.missingForm}</p><ul class="plain"><li><a href="${link(reader, '/questions')}">${texts.questions}</a></li><li><a href="/graphql#language=${reader.language}">${texts.desk}</a></li></ul>`,
  });
}
