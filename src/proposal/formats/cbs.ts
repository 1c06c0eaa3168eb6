import { SubjectType } from '../../change/change.js';
import { message } from '../../messages/message.js';
import type { ProposalConcept } from '../concept.js';
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
} as const;
type Column = keyof typeof COLUMNS;

/** Names of law that a municipality does not use itself. */
const FORMAL_NAMES: Readonly<Record<string, string>> = { "'s-Gravenhage": 'Den Haag' };

const normalized = (name: string): string => name.trim().toLowerCase().replace(/_\d+$/, '');

/** Returns the columns of a list by what they are. */
function columnsOf(names: readonly string[]): Partial<Record<Column, string>> {
  const columns = Object.entries(COLUMNS).map(([column, aliases]) => {
    const wanted = aliases.map(candidate => names.find(name => normalized(name) === candidate));
    return [column, wanted.find(name => name !== undefined)] as const;
  });
  return Object.fromEntries(columns.filter(([, name]) => name !== undefined));
}

function rowOf(record: Readonly<Record<string, unknown>>, columns: Partial<Record<Column, string>>, place: string) {
  const text = (column: Column) => {
    const value = record[columns[column] ?? ''];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  };
  const code = text('code').replace(/^(?=\d{1,4}$)/, 'GM');
  // Lists of regions have the country, provinces and other areas too.
  if (/^(?!GM)[A-Z]{2}\d/.test(code)) return undefined;
  const [, digits] = /^GM(\d{1,4})$/.exec(code) ?? [];
  if (!digits) {
    const problem = message('PUBLISHER_VALUE_MISSING', {
      element: columns.code ?? 'code',
      value: JSON.stringify(code),
    });
    return rowWithProblem(place, 'cbsCode', problem);
  }
  // Names that two municipalities have end with their province: `Bergen (NH.)`, `Hengelo (O.)`.
  const name = text('name').replace(/\s\((?:gemeente|[A-Z]{1,2}\.?)\)$/, '');
  const dissolved = partialDateOf(text('dissolved'));
  const values = {
    cbsCode: `GM${digits.padStart(4, '0')}`,
    country: 'NL',
    ...(name && !dissolved && { 'names.nl': FORMAL_NAMES[name] ?? name }),
    ...(dissolved && { dissolvedOn: dissolved }),
    [`${IF_NEW}level`]: 'MUNICIPALITY',
  };
  return { place, values } satisfies ProposalRow;
}

function* rowsOfJson(file: Buffer): Generator<ProposalRow> {
  const records = listOfJson(file, 'CBS', 'value').map(record => Object(record) as Record<string, unknown>);
  const columns = columnsOf(Object.keys(records[0] ?? {}));
  if (!columns.code) throw notOf('CBS', 'Code');
  for (const [index, record] of records.entries()) {
    const row = rowOf(record, columns, `value ${index + 1}`);
    if (row) yield row;
  }
}

async function* rowsOfCsv(file: Buffer): AsyncGenerator<ProposalRow> {
  let header: readonly string[] | undefined;
  let columns: Partial<Record<Column, string>> = {};
  for await (const { place, cells } of tableOfCsv(file)) {
    if (!header) {
      header = cells as string[];
      columns = columnsOf(header);
      if (!columns.code) throw notOf('CBS', 'Gemeentecode');
    } else if (cells.some(cell => cell !== '')) {
      const row = rowOf(Object.fromEntries(header.map((name, index) => [name, cells[index]])), columns, place);
      if (row) yield row;
    }
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
