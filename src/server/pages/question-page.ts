import { type GraphQLSchema, Kind, parse, valueFromASTUntyped } from 'graphql';
import { type Citation, type CitedSource, distinctSources } from '../../cite/citation.js';
import { type Html, html, type Part } from '../http/html.js';
import { objectBlocks } from './answer-blocks.js';
import { headingOf } from './answer-labels.js';
import { type AnswerObject, isObject } from './answer-shape.js';
import { citeSection } from './cite-section.js';
import { page } from './layout.js';
import { questionForm } from './question-form.js';
import { type QuestionValues, variablesOf } from './question-variables.js';
import type { Question } from './questions.js';
import { deskLink, htmlLang, link, type Reader } from './reader.js';
import type { CitedMoment } from './record-page.js';
import type { Answer } from './run-document.js';
import { sourceOf } from './source-cells.js';

export const questionPath = (name: string): string => `/questions/${name}`;

/** Lists that have files. */
const EXPORTED = new Set(['authorities', 'exchanges', 'organisations', 'partnerships', 'programmes']);
const FORMATS = ['csv', 'xlsx', 'ndjson'] as const;

/** Returns the files of the lists of a question, with their filters. A list that was refused has none: so would be its file. */
function files(reader: Reader, { query, aliases }: Question, { variables }: QuestionValues, { data }: Answer): Part {
  const operation = parse(query, { noLocation: true }).definitions.find(
    node => node.kind === Kind.OPERATION_DEFINITION,
  );
  const fields = (operation?.selectionSet.selections ?? []).filter(
    selection => selection.kind === Kind.FIELD && EXPORTED.has(selection.name.value),
  );
  return fields.map(selection => {
    if (selection.kind !== Kind.FIELD) return undefined;
    const [name, key] = [selection.name.value, selection.alias?.value ?? selection.name.value];
    if (data?.[key] == null) return undefined;
    const filter = selection.arguments?.find(({ name }) => name.value === 'filter');
    const parameters = new URLSearchParams({
      ...(filter && { filter: JSON.stringify(valueFromASTUntyped(filter.value, variables)) }),
      ...(reader.knownAt && { knownAt: reader.knownAt.text }),
    });
    const search = parameters.toString() && `?${parameters}`;
    const heading = headingOf({ key, name }, reader.language, aliases);
    return FORMATS.map(
      format => html`<li><a href="/export/${name}.${format}${search}">${heading}: ${format.toUpperCase()}</a></li>`,
    );
  });
}

/** Adds the sources and the ids of the records in a value of an answer. */
function collect(value: unknown, sources: CitedSource[], ids: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, sources, ids);
  else if (isObject(value)) {
    if (typeof value._id === 'string') ids.add(value._id);
    if (isObject(value.source) && 'publisher' in value.source) sources.push(sourceOf(value.source));
    for (const member of Object.values(value)) collect(member, sources, ids);
  }
}

/** Renders what is wrong with an answer, or with a part of it. */
function errorNotice({ texts }: Reader, { data, errors }: Answer): Part {
  if (!errors.length) return undefined;
  const items = errors.map(({ message }) => html`<li>${message}</li>`);
  return html`<div class="notice" role="alert"><h2>${data ? texts.partErrors : texts.wrongValue}</h2><ul>${items}</ul></div>`;
}

/** Returns the citation of the answer to a question. */
export function citationOf(
  { origin, language }: Reader,
  { name, title }: Question,
  { texts }: QuestionValues,
  { data }: Answer,
  moment: CitedMoment,
): Citation {
  const sources: CitedSource[] = [];
  const ids = new Set<string>();
  collect(data, sources, ids);
  const search = new URLSearchParams({ ...texts, ...(moment && { knownAt: moment.cursor }) }).toString();
  return {
    key: name,
    title: title[language],
    url: origin + questionPath(name) + (search && `?${search}`),
    moment,
    records: ids.size,
    language,
    sources: distinctSources(sources),
  };
}

/** Renders the page of a question with its answer. */
export function questionPage(
  schema: GraphQLSchema,
  reader: Reader,
  question: Question,
  values: QuestionValues,
  answer: Answer,
  choices: readonly AnswerObject[],
  moment: CitedMoment,
): string {
  const { texts, language } = reader;
  const { name, title, about, query, aliases } = question;
  const variables = variablesOf(schema, question);
  const path = questionPath(name);
  const desk = deskLink(reader, {
    question: name,
    ...(variables.length && { variables: JSON.stringify(values.variables) }),
  });
  const exported = files(reader, question, values, answer);
  return page(reader, {
    title: title[language],
    path,
    parameters: values.texts,
    main: html`<p class="kind"><a href="${link(reader, '/questions')}">${texts.questions}</a></p>
<h1>${title[language]}</h1>
${about && html`<p class="lead">${about[language]}</p>`}
${questionForm(reader, question, variables, values.texts, choices)}
<section aria-labelledby="answer"><h2 id="answer">${texts.answer}</h2>
${errorNotice(reader, answer)}${answer.data && objectBlocks({ reader, aliases }, answer.shape.values(), answer.data, 3)}
</section>
<section aria-labelledby="files"><h2 id="files">${texts.downloads}</h2>
<ul class="plain"><li><a href="${desk}">${texts.openInGraphiql}</a></li>${exported}</ul>
<details><summary>${texts.asGraphql}</summary><pre tabindex="0" role="region" aria-label="${texts.asGraphql}" lang="en">${query}</pre></details></section>
${answer.data && citeSection(reader, citationOf(reader, question, values, answer, moment), path, values.texts)}`,
  });
}

/** Renders the list of all questions. */
export function questionListPage(reader: Reader, questions: Iterable<Question>): string {
  const { texts, language } = reader;
  const items = [...questions].map(
    ({ name, title, about }): Html =>
      html`<li><a href="${link(reader, questionPath(name))}" lang="${htmlLang(language)}">${title[language]}</a>${about && html`<p>${about[language]}</p>`}</li>\n`,
  );
  return page(reader, {
    title: texts.questions,
    path: '/questions',
    main: html`<h1>${texts.questions}</h1><p class="lead">${texts.questionsIntro}</p><ol class="questions">${items}</ol>`,
  });
}
