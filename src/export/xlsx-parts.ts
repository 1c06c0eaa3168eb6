/** Excel's maximum number of characters in a cell. */
const MAX_CELL_LENGTH = 32_767;
const TRUNCATED = ' … (truncated: a cell can hold 32,767 characters; the CSV file has the full text)';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML excludes or reads, and the start of a text that looks like an escaped one. Most texts have none of them. */
const SPECIAL = /_(?=x[0-9A-Fa-f]{4}_)|[&<>"\uFFFE\uFFFF]|[^\P{Cc}\t\n]/gu;

const escaped = (character: string): string =>
  ENTITIES[character] ?? `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** Escapes text for XML. Characters that XML excludes become `_x000B_`, as Office Open XML defines; so does such text. */
export const xmlText = (text: string): string => text.replace(SPECIAL, escaped);

/** Returns whether a text of a cell is not the whole value: it was too long for one. */
export const isTruncated = (text: string): boolean => text.endsWith(TRUNCATED);

/** Returns the letters of a column: 0 → A, 26 → AA. */
export function columnLetters(index: number): string {
  const rest = String.fromCharCode(65 + (index % 26));
  return index < 26 ? rest : columnLetters(Math.floor(index / 26) - 1) + rest;
}

/** A day as Excel has it: the number of days since 30 December 1899. */
export class ExcelDay {
  constructor(readonly serial: number) {}
}

const DAY_MS = 86_400_000;
const EPOCH_MS = Date.UTC(1899, 11, 30);
/** Excel takes 1900 for a leap year, and knows no day before it: earlier days stay text. */
const FIRST_DAY = '1900-03-01';

/** Converts a day, `2021-05-31`, to a date of Excel; days that Excel does not know remain text. */
export const excelDay = (day: string): ExcelDay | string =>
  day < FIRST_DAY ? day : new ExcelDay((Date.parse(day) - EPOCH_MS) / DAY_MS);

/** The value of a cell. */
export type CellValue = string | number | boolean | null | ExcelDay;

function cell(value: CellValue, reference: string, style: string): string {
  if (value === null) return '';
  if (value instanceof ExcelDay) return `<c r="${reference}" s="2"><v>${value.serial}</v></c>`;
  if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c r="${reference}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const text =
    value.length > MAX_CELL_LENGTH
      ? value.slice(0, MAX_CELL_LENGTH - TRUNCATED.length).toWellFormed() + TRUNCATED
      : value;
  // Excel never evaluates an inline string as a formula.
  return `<c r="${reference}"${style} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

/** Formats one row of a sheet; rows are numbered from 1. */
export function sheetRow(row: number, values: readonly CellValue[], head = false): string {
  const style = head ? ' s="1"' : '';
  return `<row r="${row}">${values.map((value, i) => cell(value, columnLetters(i) + row, style)).join('')}</row>`;
}

/** Returns column widths in characters: the header and some padding. */
export function columnWidths(names: readonly string[]): number[] {
  return names.map(name => Math.max(12, name.length + 4));
}

/** Returns the start of a sheet; `head` freezes the first row. */
export function sheetStart(widths: readonly number[], head = false): string {
  const pane = head ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' : '';
  const columns = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  return `${XML}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`;
}

/** Returns the end of a sheet, with an auto-filter over the given rows and columns; none for 0 columns. */
export function sheetEnd(rows: number, columns: number): string {
  const filter = columns ? `<autoFilter ref="A1:${columnLetters(columns - 1)}${rows}"/>` : '';
  return `</sheetData>${filter}</worksheet>`;
}

/** Returns the parts of a workbook other than its sheets, by path in the archive. */
export function workbookParts(sheets: readonly string[]): Record<string, string> {
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${TYPES}.${type}+xml"/>`;
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}.xml"/>`;
  const fonts =
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>';
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook', 'sheet.main')}${override('styles', 'styles')}${sheets.map((_, index) => override(`worksheets/sheet${index + 1}`, 'worksheet')).join('')}</Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'officeDocument', 'xl/workbook')}</Relationships>`,
    'xl/workbook.xml': `${XML}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets>${sheets.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, index) => relation(index + 1, 'worksheet', `worksheets/sheet${index + 1}`)).join('')}${relation(sheets.length + 1, 'styles', 'styles')}</Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>${fonts}<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  };
}
