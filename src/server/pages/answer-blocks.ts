import { type Html, html, type Part } from '../http/html.js';
import { type CellContext, cell, objectCell } from './answer-cells.js';
import { headingOf } from './answer-labels.js';
import { type AnswerObject, type FieldShape, isConnection, isObject, type Rows, rowsOf } from './answer-shape.js';
import { numberText } from './dates.js';
import { displayOf } from './display.js';
import { recordLink } from './reader.js';

const NUMBERS = new Set(['Int', 'Float']);

/** A longer table has fewer sources in each row, so that its page stays small. */
const MAX_ROWS_WITH_ALL_SOURCES = 25;
const MAX_SOURCES_IN_LONG_TABLE = 3;

/** Renders rows as a table that scrolls by itself, also by keyboard. The first column names the row. */
export function table(ofPage: CellContext, { fields, rows }: Rows, caption: string): Html {
  const isLong = rows.length > MAX_ROWS_WITH_ALL_SOURCES;
  const context = isLong ? { ...ofPage, maxSources: MAX_SOURCES_IN_LONG_TABLE } : ofPage;
  const { reader } = context;
  const columns = [...fields.values()];
  const hasRecords = rows.some(row => typeof row?._id === 'string');
  const linksRecord = columns.some(
    ({ key, name }) => key === 'id' || ['name', 'title', 'label', 'names'].includes(name),
  );
  const addsRecord = hasRecords && !linksRecord;
  const head = columns.map(
    shape =>
      html`<th scope="col"${NUMBERS.has(shape.typeName) && !shape.isList && html` class="number"`}>${headingOf(shape, reader.language, context.aliases)}</th>`,
  );
  const body = rows.map(row => {
    if (!row) return html`<tr><td colspan="${columns.length + (addsRecord ? 1 : 0)}">–</td></tr>`;
    const cells = columns.map((shape, index) => {
      const value = rowCell(context, fields, shape, row);
      if (index === 0) return html`<th scope="row">${value}</th>`;
      return NUMBERS.has(shape.typeName) && !shape.isList
        ? html`<td class="number">${value}</td>`
        : html`<td>${value}</td>`;
    });
    const id = row._id;
    return html`<tr>${cells}${addsRecord && html`<td>${typeof id === 'string' && recordLink(reader, id, id)}</td>`}</tr>\n`;
  });
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption class="hidden">${caption}</caption><thead><tr>${head}${addsRecord && html`<th scope="col">${reader.texts.record}</th>`}</tr></thead><tbody>
${body}</tbody></table></div>`;
}

/** Renders a cell of a row; the name of a record is a link to it. */
function rowCell(
  context: CellContext,
  fields: ReadonlyMap<string, FieldShape>,
  shape: FieldShape,
  row: AnswerObject,
): Html {
  const display = typeof row._id === 'string' ? displayOf(context.reader, fields, row) : undefined;
  if (display?.key === shape.key) return recordLink(context.reader, row._id as string, display.html);
  return cell(context, shape, row[shape.key], row);
}

/** Returns true for a field that fits in one line: a value, a record, or a list of which only the length is selected. */
export function isInline(shape: FieldShape): boolean {
  if (!shape.fields.size) return true;
  if (isConnection(shape)) return ![...shape.fields.values()].some(({ name }) => name === 'nodes' || name === 'edges');
  return !shape.isList;
}

/** Renders terms and their values. */
export const definitions = (entries: readonly (readonly [term: Part, value: Part])[]): Html =>
  html`<dl>${entries.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

const count = (context: CellContext, { total, rows }: Rows): string =>
  `(${numberText(total ?? rows.length, context.reader.language)})`;

/** Renders the list of a field with a heading and the number of its records. */
export function listBlock(
  context: CellContext,
  shape: FieldShape,
  value: unknown,
  heading: string,
  level: 2 | 3 | 4,
): Html {
  const rows = rowsOf(shape, value) as Rows;
  const { texts } = context.reader;
  const title = html`${heading} <small>${count(context, rows)}</small>`;
  const rest = (rows.total ?? 0) - rows.rows.length;
  return html`${headingElement(level, title)}${
    rows.rows.length ? table(context, rows, heading) : html`<p>${texts.emptyAnswer}</p>`
  }${rest > 0 && rows.rows.length > 0 && html`<p>${texts.more(rest)}</p>`}`;
}

export const headingElement = (level: 2 | 3 | 4, content: Part): Html =>
  level === 2 ? html`<h2>${content}</h2>` : level === 3 ? html`<h3>${content}</h3>` : html`<h4>${content}</h4>`;

/** Renders the fields of an object: those that fit in one line as terms, each list as a table. */
export function objectBlocks(
  context: CellContext,
  fields: Iterable<FieldShape>,
  value: AnswerObject,
  level: 3 | 4,
): Html {
  const { language } = context.reader;
  const shapes = [...fields].filter(({ name }) => name !== 'pageInfo');
  const inline = shapes.filter(shape => isInline(shape) && !isRecordBlock(shape, level));
  const entries = inline.map(
    shape => [headingOf(shape, language, context.aliases), cell(context, shape, value[shape.key], value)] as const,
  );
  const blocks = shapes
    .filter(shape => !inline.includes(shape))
    .map(shape => {
      const heading = headingOf(shape, language, context.aliases);
      const shown = value[shape.key];
      if (shown === null || shown === undefined) return html`${headingElement(level, heading)}<p>–</p>`;
      return isInline(shape)
        ? recordBlock(context, shape, shown, heading)
        : listBlock(context, shape, shown, heading, level);
    });
  return html`${entries.length > 0 && definitions(entries)}${blocks}`;
}

/** Returns true for a record at the root of an answer, whose fields have lines of their own. */
const isRecordBlock = (shape: FieldShape, level: 3 | 4): boolean =>
  level === 3 && shape.fields.size > 0 && !isConnection(shape) && !shape.isList;

function recordBlock(context: CellContext, shape: FieldShape, value: unknown, heading: string): Html {
  if (!isObject(value)) return html`<h3>${heading}</h3><p>–</p>`;
  const display = displayOf(context.reader, shape.fields, value);
  const id = value._id;
  const title = typeof id === 'string' ? recordLink(context.reader, id, display?.html ?? id) : heading;
  const others = [...shape.fields.values()].filter(({ key }) => key !== display?.key && !(key === 'id' && id));
  return html`<h3>${typeof id === 'string' && `${heading}: `}${title}</h3>${
    others.length ? objectBlocks(context, others, value, 4) : !display && objectCell(context, shape.fields, value)
  }`;
}
