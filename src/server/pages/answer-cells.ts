import { REDACTED_URL } from '../../change/redacted.js';
import { codeListNamed } from '../../graph/types/code-list.js';
import { fieldHeading } from '../../graph/types/field-list.js';
import { FIELD_LABELS } from '../../messages/field-labels.js';
import { type AliasLabels, headingOf } from './answer-labels.js';
import { type AnswerObject, type FieldShape, isConnection, isObject, rowsOf } from './answer-shape.js';
import { dateOf, numberText, timeOf } from './dates.js';
import { type Html, html, join, type Part } from './html.js';
import { graphqlLanguage, type Reader, recordLink, textIn } from './reader.js';

/** Renders the values of an answer for a reader. */
export interface CellContext {
  reader: Reader;
  aliases?: AliasLabels | undefined;
}

const NONE = html`–`;

/** Fields whose texts people write in English. */
const ENGLISH_FIELDS = new Set(['notes', 'description', 'reason', 'seenIn', 'supports']);
/** Fields of a record that its name stands for. */
const DISPLAY_FIELDS = ['name', 'title', 'label', 'titles', 'names'] as const;

const separatorOf = ({ language }: Reader) => (language === 'zh' ? '、' : ', ');

/** Returns the label of an enum value; undefined for an enum without a code list. */
export const codeLabel = (list: string, value: unknown, { language }: Reader): string | undefined =>
  codeListNamed(list)?.codes.find(code => code.value === value)?.labels[language];

/** Returns the text of a name in the language of the reader, with the language that it is in. */
function nameIn(names: AnswerObject, { language }: Reader): [text: string, language: string] | undefined {
  for (const key of [language, 'en', 'nl', 'pinyin', 'zh'])
    if (typeof names[key] === 'string') return [names[key], key.toUpperCase()];
  return undefined;
}

/** Returns the text by which people recognise a record, and the key of its field; undefined if the answer has none. */
export function displayOf(
  reader: Reader,
  fields: ReadonlyMap<string, FieldShape>,
  value: AnswerObject,
): { html: Html; text: string; key: string } | undefined {
  for (const name of DISPLAY_FIELDS) {
    const shape = fields.get(name);
    const shown = shape && value[name];
    const [text, language] =
      typeof shown === 'string'
        ? [shown, value[`_${name}Language`]]
        : isObject(shown)
          ? (nameIn(shown, reader) ?? [])
          : [];
    if (text !== undefined) return { html: textIn(reader, text, language as string | undefined), text, key: name };
  }
  return typeof value._label === 'string'
    ? { html: textIn(reader, value._label), text: value._label, key: '_label' }
    : undefined;
}

/** Renders a value without blocks: as a cell of a table, or a fact. */
export function cell(context: CellContext, shape: FieldShape, value: unknown, owner: AnswerObject): Html {
  const { reader } = context;
  if (value === null || value === undefined || value === '') return NONE;
  const rows = rowsOf(shape, value);
  if (rows) {
    if (!rows.rows.length)
      return html`${rows.total === undefined ? reader.texts.none : numberText(rows.total, reader.language)}`;
    const items = rows.rows.map(row => html`<li>${row ? objectCell(context, rows.fields, row) : NONE}</li>`);
    const rest = (rows.total ?? 0) - rows.rows.length;
    return html`<ul>${items}${rest > 0 && html`<li>${reader.texts.more(rest)}</li>`}</ul>`;
  }
  if (isConnection(shape)) return html`${numberText(Number((value as AnswerObject).totalCount), reader.language)}`;
  if (Array.isArray(value))
    return value.length
      ? join(
          value.map(item => scalarCell(reader, shape, item, owner)),
          separatorOf(reader),
        )
      : NONE;
  if (isObject(value)) return objectCell(context, shape.fields, value);
  return scalarCell(reader, shape, value, owner);
}

/** Renders an object in one line: a link to its record, and its other fields with their labels. */
export function objectCell(context: CellContext, fields: ReadonlyMap<string, FieldShape>, value: AnswerObject): Html {
  const { reader, aliases } = context;
  if (fields.has('latitude') && fields.has('longitude'))
    return html`${value.latitude as number}, ${value.longitude as number}`;
  if ('title' in value && 'publisher' in value) return sourceCell(reader, value);
  if (fields.has('source') && isObject(value.source)) return citationCell(context, fields, value);
  if (fields.has('from') && fields.has('status')) return periodCell(context, fields, value);
  const id = typeof value._id === 'string' ? value._id : undefined;
  const display = displayOf(reader, fields, value);
  const shown = display ?? (fields.has('nl') && nameIn(value, reader) ? nameCell(reader, value) : undefined);
  const parts: Part[] = [];
  if (id !== undefined) parts.push(recordLink(reader, id, display?.html ?? id));
  else if (shown) parts.push(shown.html);
  const others = [...fields.values()].filter(({ key, name }) => {
    if (key === display?.key || key === '__typename' || (key === 'id' && id !== undefined)) return false;
    // The places of a map are no text.
    return !(display && name === 'location') && !(shown && !display) && value[key] !== undefined;
  });
  const isList = others.length === 1 && !display && id === undefined;
  for (const shape of others) {
    const shownValue = cell(context, shape, value[shape.key], value);
    parts.push(isList ? shownValue : html`${headingOf(shape, reader.language, aliases)}: ${shownValue}`);
  }
  return parts.length ? join(parts, ' · ') : NONE;
}

const nameCell = (reader: Reader, value: AnswerObject) => {
  const [text = '', language = ''] = nameIn(value, reader) ?? [];
  return { html: textIn(reader, text, language) };
};

/** Renders a source as a link, its publisher and its date. */
export function sourceCell(reader: Reader, source: AnswerObject): Html {
  const { title, publisher, url, publishedOn } = source as Record<string, string | null | undefined>;
  const name = textIn(reader, title ?? '');
  const parts: Part[] = [publisher && textIn(reader, publisher), url ? externalLink(reader, url, name) : name];
  if (publishedOn) parts.push(dateOf(publishedOn, reader.language));
  return join(parts.filter(Boolean), ', ');
}

function citationCell(context: CellContext, fields: ReadonlyMap<string, FieldShape>, value: AnswerObject): Html {
  const { reader } = context;
  const source = value.source as AnswerObject;
  const shape = fields.get('source') as FieldShape;
  const shown =
    'title' in source && 'publisher' in source ? sourceCell(reader, source) : objectCell(context, shape.fields, source);
  const supports = value.supports as readonly string[] | undefined;
  if (!supports?.length) return shown;
  return html`${shown} (${join(
    supports.map(field => supportLabel(reader, field)),
    separatorOf(reader),
  )})`;
}

/** Labels what a source supports: the name of a field, or words of a person. */
export const supportLabel = (reader: Reader, field: string): Html =>
  FIELD_LABELS[field] ? html`${fieldHeading(field)[reader.language].toLowerCase()}` : textIn(reader, field, 'EN');

function periodCell(context: CellContext, fields: ReadonlyMap<string, FieldShape>, value: AnswerObject): Html {
  const { reader } = context;
  const { from, until, status } = value as Record<string, string | null>;
  const end = until ? dateOf(until, reader.language) : '…';
  const others = [...fields.values()].filter(({ key }) => !['from', 'until', 'status'].includes(key) && value[key]);
  const more = others.map(
    shape => html` · ${headingOf(shape, reader.language)}: ${cell(context, shape, value[shape.key], value)}`,
  );
  return html`${codeLabel('PartnershipStatus', status, reader) ?? status}: ${from ? dateOf(from, reader.language) : NONE} – ${end}${more}`;
}

/** Renders a web address; one that was redacted is shown as redacted. */
export const externalLink = ({ texts }: Reader, url: string, text: Part): Html =>
  url === REDACTED_URL
    ? html`<mark>${texts.redacted}</mark>`
    : html`<a href="${url}" rel="noopener external">${text}</a>`;

function scalarCell(reader: Reader, shape: FieldShape, value: unknown, owner: AnswerObject): Html {
  const { name, key, typeName } = shape;
  const { language, texts } = reader;
  if (typeof value === 'boolean') return html`${value ? texts.yes : texts.no}`;
  if (typeof value === 'number') return html`${numberText(value, language)}`;
  if (value instanceof Date) return timeOf(value.toISOString(), language);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const label = codeLabel(typeName, text, reader);
  if (label !== undefined) return html`${label}`;
  if (name === '__typename') return html`${codeLabel('SubjectType', subjectTypeOf(text), reader) ?? text}`;
  if (name === 'matchedOn' || name === 'supports') return supportLabel(reader, text);
  switch (typeName) {
    case 'PartialDate':
      return dateOf(text, language);
    case 'DateTime':
      return timeOf(text, language);
    case 'URL':
      return externalLink(reader, text, text);
    case 'ID':
      return key === 'id' || name === 'subjectId' ? recordLink(reader, text, text) : html`${text}`;
    default: {
      const textLanguage = owner[`_${key}Language`] ?? (ENGLISH_FIELDS.has(name) ? 'EN' : undefined);
      return textIn(reader, text, textLanguage as string | undefined);
    }
  }
}

/** Converts the name of a type of records to the value of `SubjectType`. */
export const subjectTypeOf = (typename: string): string => typename.replace(/^(?:Dutch|Chinese)/, '').toUpperCase();

/** Returns the language of a document for its texts. */
export const languageOfReader = ({ language }: Reader) => graphqlLanguage(language);
