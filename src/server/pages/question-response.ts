import type { Context } from '../../context.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import type { AnswerObject } from './answer-shape.js';
import { citationFormOf, citationResponse } from './cite-section.js';
import { pageResponse } from './page-response.js';
import { CHOICES_FIELD } from './question-form.js';
import { citationOf, questionPage } from './question-page.js';
import { readValues, variablesOf } from './question-variables.js';
import type { Question } from './questions.js';
import type { Reader } from './reader.js';
import type { CitedMoment } from './record-page.js';
import { type RunDeps, runDocument } from './run-document.js';

/** Asks a question, and creates the response with its page. A form whose values are refused has status 400. */
export async function answerResponse(
  deps: RunDeps,
  context: Context,
  reader: Reader,
  question: Question,
  parameters: URLSearchParams,
  moment: CitedMoment,
): Promise<PreparedResponse> {
  const cite = citationFormOf(parameters);
  const variables = variablesOf(deps.schema, question);
  const authority = variables.find(({ isAuthority }) => isAuthority);
  const values = readValues(variables, question, parameters);
  const document = authority ? withChoices(question.query) : question.query;
  const sent = authority
    ? { ...values.variables, choiceCountry: countryOf(question.variables[authority.name]) }
    : values.variables;
  const answer = await runDocument(deps, context, document, sent, reader.language);
  const { [CHOICES]: choices, ...data } = answer.data ?? {};
  const nodes = ((choices as AnswerObject | null | undefined)?.nodes ?? []) as AnswerObject[];
  const shown = { ...answer, data: answer.data && data };
  if (cite && shown.data)
    return citationResponse(reader, context, citationOf(reader, question, values, shown, moment), cite);
  const body = questionPage(deps.schema, reader, question, values, shown, nodes, moment);
  return pageResponse(reader, context, answer.status, body);
}

/** The name of the part of an answer that the form reads. It begins with an underscore: it is not shown. */
const CHOICES = '_choices';

const countryOf = (id: unknown): string => String(id).slice(0, 2).toUpperCase();

/** Adds the authorities that the form offers to the document of a question: one operation reads both. */
function withChoices(query: string): string {
  const end = query.indexOf(') {');
  return `${query.slice(0, end)}, $choiceCountry: Country) {\n  ${CHOICES}: ${CHOICES_FIELD}${query.slice(end + 3)}`;
}
