import { html, type Part } from '../http/html.js';
import { codeLabel } from './answer-cells.js';
import { headingOf } from './answer-labels.js';
import type { AnswerObject } from './answer-shape.js';
import type { QuestionVariable } from './question-variables.js';
import type { Question } from './questions.js';
import type { Reader } from './reader.js';

/** Limits the authorities in the list of an input: those with the most ties. */
const MAX_CHOICES = 100;

/** The field that reads the authorities that an input offers, of the country of the variable `choiceCountry`. */
export const CHOICES_FIELD = `authorities(first: ${MAX_CHOICES}, filter: { country: { eq: $choiceCountry } }, orderBy: [{ field: PARTNERSHIP_COUNT, direction: DESC }, { field: ID }]) { nodes { id name } }`;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Renders the form of the variables of a question, which the browser sends as parameters of the address. */
export function questionForm(
  reader: Reader,
  question: Question,
  variables: readonly QuestionVariable[],
  values: Readonly<Record<string, string>>,
  choices: readonly AnswerObject[],
): Part {
  if (!variables.length) return undefined;
  const { texts, language, namesLanguage, knownAt } = reader;
  const labelOf = ({ name }: QuestionVariable) =>
    VARIABLES[name]?.[LANGUAGES.indexOf(language)] ?? headingOf({ key: name, name }, language);
  const fields = variables.map(variable => {
    const { name, isRequired } = variable;
    const id = `variable-${name}`;
    const { hint, control } = controlOf(reader, variable, values[name] ?? '', id);
    return html`<div class="field"><label for="${id}">${labelOf(variable)}${isRequired && ` (${texts.required})`}</label>${
      hint && html`<span class="hint" id="${id}-hint">${hint}</span>`
    }${control}</div>`;
  });
  const options = choices.map(
    ({ _id, id, name }) => html`<option value="${String(_id ?? id)}">${String(name)}</option>`,
  );
  return html`<section aria-labelledby="variables"><h2 id="variables">${texts.variables}</h2>
<form class="ask" method="get" action="/questions/${question.name}">
${fields}
${namesLanguage && html`<input type="hidden" name="language" value="${language}">`}${knownAt && html`<input type="hidden" name="knownAt" value="${knownAt.text}">`}
<button type="submit">${texts.ask}</button>
</form>${options.length > 0 && html`<datalist id="authorities">${options}</datalist>`}</section>`;
}

/** The labels of variables that are no fields. */
const VARIABLES: Readonly<Record<string, readonly [nl: string, en: string, zh: string]>> = {
  on: ['Op de dag', 'On the day', '日期'],
  from: ['Van', 'From', '自'],
  until: ['Tot en met', 'Up to and including', '至（含）'],
  province: ['Provincie', 'Province', '省'],
  authority: ['Overheid', 'Authority', '政府'],
};
const LANGUAGES = ['nl', 'en', 'zh'];

function controlOf(
  reader: Reader,
  { name, typeName, values, isRequired, isAuthority }: QuestionVariable,
  value: string,
  id: string,
) {
  const { texts } = reader;
  const required = isRequired && html` required`;
  const described = html` aria-describedby="${id}-hint"`;
  const common = html`id="${id}" name="${name}"${required}`;
  if (values) {
    const options = values.map(
      code =>
        html`<option value="${code}"${code === value && html` selected`}>${codeLabel(typeName, code, reader) ?? code}</option>`,
    );
    return {
      hint: undefined,
      control: html`<select ${common}>${!isRequired && html`<option value="">–</option>`}${options}</select>`,
    };
  }
  if (typeName === 'PartialDate') {
    // An input of a date has no years and months.
    const isDay = value === '' || DAY.test(value);
    const type = isDay ? 'date' : 'text';
    return { hint: texts.dateHint, control: html`<input ${common} type="${type}" value="${value}"${described}>` };
  }
  if (isAuthority)
    return {
      hint: texts.idHint,
      control: html`<input ${common} type="text" list="authorities" autocomplete="off" value="${value}"${described}>`,
    };
  const type = typeName === 'Int' || typeName === 'Float' ? 'number' : 'text';
  return { hint: undefined, control: html`<input ${common} type="${type}" value="${value}">` };
}
