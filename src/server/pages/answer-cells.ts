import { codeListNamed } from '../../graph/types/code-list.js';
import type { AliasLabels } from '../../questions/alias-labels.js';
import { aroundMark, type Html, html, join, type Part } from '../http/html.js';
import { headingOf } from './answer-labels.js';
import { type AnswerObject, type FieldShape, isConnection, isObject, rowsOf } from './answer-shape.js';
import { dateOf, numberText, timeOf } from './dates.js';
import { displayOf, nameIn } from './display.js';
import { type Reader, recordLink, textIn } from './reader.js';
import { citationCell, externalLink, separatorOf, sourceCell, supportLabel } from './source-cells.js';

/** Renders the values of an answer for a reader. */
export interface CellContext {
  reader: Reader;
  aliases?: AliasLabels | undefined;
  /** Number of sources in a cell: the page of the record has all. */
  maxSources?: number;
}

const NONE = html`–`;

/** Fields whose texts people write in English. */
const ENGLISH_FIELDS = new Set(['notes', 'description', 'reason', 'seenIn', 'supports']);
/** Fields of a named record that only a map shows. */
const MAP_FIELDS: ReadonlySet<string> = new Set(['location', 'level']);

/** Returns the label of an enum value; undefined for an enum without a code list. */
export const codeLabel = (list: string, value: unknown, { language }: Reader): string | undefined =>
  codeListNamed(list)?.codes.find(code => code.value === value)?.labels[language];

/** Renders a value without blocks: as a cell of a table, or a fact. */
export function cell(context: CellContext, shape: FieldShape, value: unknown, owner: AnswerObject): Html {
  const { reader } = context;
  if (value === null || value === undefined || value === '') return NONE;
  const rows = rowsOf(shape, value);
  if (rows) {
    if (!rows.rows.length)
      return html`${rows.total === undefined ? reader.texts.none : numberText(rows.total, reader.language)}`;
    const shown = rows.fields.has('source') ? rows.rows.slice(0, context.maxSources) : rows.rows;
    const items = shown.map(row => html`<li>${row ? objectCell(context, rows.fields, row) : NONE}</li>`);
    const rest = (rows.total ?? rows.rows.length) - shown.length;
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
  if ('_publisher' in value) return sourceCell(reader, value);
  if (fields.has('source') && isObject(value.source)) return citationCell(reader, value);
  if (fields.has('from') && fields.has('status')) return periodCell(context, fields, value);
  const id = typeof value._id === 'string' ? value._id : undefined;
  const display = displayOf(reader, fields, value);
  const shown = display ?? (fields.has('nl') && nameIn(value, reader) ? nameCell(reader, value) : undefined);
  const parts: Part[] = [];
  if (id !== undefined) parts.push(recordLink(reader, id, display?.html ?? id));
  else if (shown) parts.push(shown.html);
  const others = [...fields.values()].filter(({ key, name }) => {
    if (key === display?.key || key === '__typename' || (key === 'id' && id !== undefined)) return false;
    // The places of a map, and whether it draws them as squares, are no text.
    return (
      !(display && (MAP_FIELDS.has(name) || value[key] === null)) && !(shown && !display) && value[key] !== undefined
    );
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

function periodCell(context: CellContext, fields: ReadonlyMap<string, FieldShape>, value: AnswerObject): Html {
  const { reader } = context;
  const { from, until, status } = value as Record<string, string | null>;
  const others = [...fields.values()].filter(({ key }) => !['from', 'until', 'status'].includes(key) && value[key]);
  const more = others.map(shape => {
    const shown = cell(context, shape, value[shape.key], value);
    // A list of sources says by itself what it is.
    return shape.name === 'citations' ? shown : html` · ${headingOf(shape, reader.language)}: ${shown}`;
  });
  return html`${codeLabel('PartnershipStatus', status, reader) ?? status}: ${periodText(reader, from, until)}${more}`;
}

/** Renders a period: "1999 – 2004", or "since 1999". */
export function periodText(
  { texts, language }: Reader,
  from: string | null | undefined,
  until: string | null | undefined,
): Part {
  if (from && !until) return aroundMark(texts.since, dateOf(from, language));
  return html`${from ? dateOf(from, language) : '…'} – ${until ? dateOf(until, language) : '…'}`;
}

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
