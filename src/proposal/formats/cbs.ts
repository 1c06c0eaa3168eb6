import { SubjectType } from '../../change/change.js';
import { message } from '../../messages/message.js';
import type { ProposalConcept } from '../concept.js';
import { SUCCESSOR_CODE } from '../identify-successors.js';
import { IF_NEW } from '../parsed-row.js';
import { ProposalOrigin } from '../proposal.enums.js';
import type { ProposalRow } from '../row.js';
import { partialDateOf } from './cell.js';
import { tableOfCsv } from './csv.js';
import type { FileFormat } from './file-format.js';
import { listOfJson, notOf, rowWithProblem } from './publisher.js';

/** The names that the lists of CBS have had for a column, in lower case, without the number of OData (`Naam_2`). */
const COLUMNS = {
  code: ['code', 'gemeentecodegm', 'key', 'identifier', 'oude code', 'gemeentecode'],
  name: ['naam', 'gemeentenaam', 'title'],
  dissolved: ['datum opheffing', 'datum'],
  successor: ['nieuwe code', 'nieuwe gemeentecode', 'opvolger'],
} as const;
type Column = keyof typeof COLUMNS;

/** Names of law that a municipality does not use itself. */
const FORMAL_NAMES: ReadonlyMap<string, string> = new Map([["'s-Gravenhage", 'Den Haag']]);

const normalized = (name: string): string => name.trim().toLowerCase().replace(/_\d+$/, '');

/** Returns the columns of a list by what they are. */
function columnsOf(names: readonly string[]): Columns {
  const columns = Object.entries(COLUMNS).map(([column, aliases]) => {
    const wanted = aliases.map(candidate => names.find(name => normalized(name) === candidate));
    return [column, wanted.find(name => name !== undefined)] as const;
  });
  return Object.fromEntries(columns.filter(([, name]) => name !== undefined));
}

/** One line of a list. */
interface Line {
  place: string;
  record: Readonly<Record<string, unknown>>;
}

type Columns = Partial<Record<Column, string>>;

function textOf({ record }: Line, columns: Columns, column: Column): string {
  const name = columns[column];
  const value = name === undefined ? '' : record[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** Returns a code as the register has it: `GM0599` for `599`; other texts as they are. */
const codeOf = (text: string): string =>
  text.replace(/^(?:GM)?(\d{1,4})$/, (_, digits: string) => `GM${digits.padStart(4, '0')}`);

/** The codes of the successors of each dissolved municipality. */
type Successors = Map<string, Set<string>>;

function addSuccessor(successors: Successors, line: Line, columns: Columns): void {
  const [code, successor] = [codeOf(textOf(line, columns, 'code')), codeOf(textOf(line, columns, 'successor'))];
  if (successor && successor !== code) successors.set(code, (successors.get(code) ?? new Set()).add(successor));
}

function rowOf(line: Line, columns: Columns, successors: Successors): ProposalRow | undefined {
  const { place } = line;
  const text = (column: Column) => textOf(line, columns, column);
  const code = codeOf(text('code'));
  // Lists of regions have the country, provinces and other areas too.
  if (/^(?!GM)[A-Z]{2}\d/.test(code)) return undefined;
  if (!/^GM\d{4}$/.test(code)) {
    const problem = message('PUBLISHER_VALUE_MISSING', {
      element: columns.code ?? 'code',
      value: JSON.stringify(code),
    });
    return rowWithProblem(place, 'cbsCode', problem);
  }
  // Names that two municipalities have end with their province: `Bergen (NH.)`, `Hengelo (O.)`.
  const name = text('name').replace(/\s\((?:gemeente|[A-Z]{1,2}\.?)\)$/, '');
  const dissolved = partialDateOf(text('dissolved'));
  // Of a municipality that was divided, no other one is the successor.
  const [successor, ...others] = successors.get(code) ?? [];
  const values = {
    cbsCode: code,
    country: 'NL',
    ...(name && !dissolved && { 'names.nl': FORMAL_NAMES.get(name) ?? name }),
    ...(dissolved && { dissolvedOn: dissolved }),
    ...(dissolved && successor && others.length === 0 && { [SUCCESSOR_CODE]: successor }),
    [`${IF_NEW}level`]: 'MUNICIPALITY',
  };
  return { place, values };
}

function* rowsOfJson(file: Buffer): Generator<ProposalRow> {
  const records = listOfJson(file, 'CBS', 'value').map(record => Object(record) as Record<string, unknown>);
  const columns = columnsOf(Object.keys(records[0] ?? {}));
  if (!columns.code) throw notOf('CBS', 'Code');
  const lines = records.map((record, index): Line => ({ place: `value ${index + 1}`, record }));
  const successors: Successors = new Map();
  for (const line of lines) addSuccessor(successors, line, columns);
  for (const line of lines) {
    const row = rowOf(line, columns, successors);
    if (row) yield row;
  }
}

async function* linesOfCsv(file: Buffer): AsyncGenerator<{ line: Line; columns: Columns }> {
  let header: readonly string[] | undefined;
  let columns: Columns = {};
  for await (const { place, cells } of tableOfCsv(file)) {
    if (!header) {
      header = cells as string[];
      columns = columnsOf(header);
      if (!columns.code) throw notOf('CBS', 'Gemeentecode');
    } else if (cells.some(cell => cell !== '')) {
      const record = Object.fromEntries(header.map((name, index) => [name, cells[index]]));
      yield { line: { place, record }, columns };
    }
  }
}

/** Reads the file twice: a municipality that was divided has a line for each of its parts. */
async function* rowsOfCsv(file: Buffer): AsyncGenerator<ProposalRow> {
  const successors: Successors = new Map();
  for await (const { line, columns } of linesOfCsv(file)) addSuccessor(successors, line, columns);
  for await (const { line, columns } of linesOfCsv(file)) {
    const row = rowOf(line, columns, successors);
    if (row) yield row;
  }
}

/**
 * The municipalities of a year, or those that were dissolved, as CBS publishes them: OData JSON or CSV. A municipality is
 * found by its code, and gets the name that CBS has.
 */
export const cbs: FileFormat = {
  name: 'cbs',
  origin: ProposalOrigin.CBS,
  concept: SubjectType.AUTHORITY,
  source: { title: 'Gemeentelijke indeling', publisher: 'CBS', url: 'https://www.cbs.nl/' },
  rows: (file: Buffer, _concept: ProposalConcept) =>
    /^\s*\{/.test(file.toString('latin1', 0, 64).replace(/^\xEF\xBB\xBF/, '')) ? rowsOfJson(file) : rowsOfCsv(file),
};
