import type { GraphQLEnumType, GraphQLSchema } from 'graphql';
import { changeCursor } from '../change/cursor.js';
import { codeListNamed } from '../graph/types/code-list.js';
import { ATTRIBUTION, ATTRIBUTION_COLUMN, LICENCE } from './attribution.js';
import { columnLabel, listLabel } from './column-labels.js';
import { csv, SEPARATORS } from './csv.js';
import type { Category, DataPackage, TableField, TableResource, Translations } from './descriptor.js';
import { type Fact, factOf, recordTypeOf } from './fact.js';
import { type ColumnType, LIST_SEPARATOR, type Position, type Separator } from './format.js';
import { selectedColumns } from './statements.js';
import type { ExportTable } from './table.js';

/** The contents of a package. */
export interface PackageContents {
  schema: GraphQLSchema;
  tables: readonly ExportTable[];
  provenance: boolean;
  separator: Separator;
  /** Returns the path of a file, from that of the descriptor. */
  pathOf(list: string): string;
}

const TYPES: Readonly<Record<ColumnType, TableField['type']>> = {
  text: 'string',
  partialDate: 'string',
  day: 'date',
  instant: 'datetime',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  texts: 'list',
  // Records in a cell are one text.
  records: 'string',
};

const PARTIAL_DATE = '^\\d{4}(-\\d{2}(-\\d{2})?)?$';

const translations = (label: (language: 'nl' | 'en' | 'zh') => string): Translations => ({
  title: label('en'),
  'title@nl': label('nl'),
  'title@zh': label('zh'),
});

function categoriesOf({ name }: GraphQLEnumType): Category[] {
  const codes = codeListNamed(name)?.codes ?? [];
  return codes.map(({ value, labels }) => ({
    value,
    label: labels.en,
    'label@nl': labels.nl,
    'label@zh': labels.zh,
  }));
}

function fieldOf({ column: { name, type }, description, codeLists }: Fact): TableField {
  const isList = type === 'texts';
  // Two enums of a column can share values, as the levels of both countries do.
  const categories = codeLists
    .flatMap(categoriesOf)
    .filter(({ value }, index, all) => all.findIndex(other => other.value === value) === index);
  return {
    name,
    type: TYPES[type],
    ...translations(language => columnLabel(name, language)),
    ...(description !== null && { description }),
    ...(isList && { delimiter: LIST_SEPARATOR, itemType: 'string' }),
    ...(categories.length > 0 && (isList ? { codeList: codeLists[0]?.name ?? '' } : { categories })),
    ...(type === 'partialDate' && { constraints: { pattern: PARTIAL_DATE } }),
    ...(name === 'id' && { constraints: { required: true, unique: true } }),
  };
}

function resourceOf(table: ExportTable, contents: PackageContents): TableResource {
  const { schema, tables, provenance, separator, pathOf } = contents;
  const { name } = table;
  const selection = { table, provenance, format: csv, filter: null, orderBy: null };
  const facts = selectedColumns(selection).map(column => factOf(schema, name, column));
  const listOf = new Map(tables.map(list => [recordTypeOf(schema, list.name)?.name, list.name]));
  const references = facts.flatMap(({ column, recordTypes }) => {
    const [list] = recordTypes.flatMap(type => listOf.get(type) ?? []);
    // A reference without a list is to the list itself.
    const resource = list === name ? {} : { resource: list };
    return list ? [{ fields: [column.name], reference: { ...resource, fields: ['id'] } }] : [];
  });
  const attribution: Fact = {
    column: { name: ATTRIBUTION_COLUMN, type: 'text' },
    description: 'The attribution that the licence requires; the same in every row.',
    codeLists: [],
    recordTypes: [],
  };
  return {
    name,
    path: pathOf(name),
    ...translations(language => listLabel(name, language)),
    description: recordTypeOf(schema, name)?.description ?? '',
    type: 'table',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: {
      delimiter: SEPARATORS[separator],
      lineTerminator: '\r\n',
      quoteChar: '"',
      doubleQuote: true,
      header: true,
    },
    schema: {
      fields: [...facts, attribution].map(fieldOf),
      missingValues: [''],
      primaryKey: ['id'],
      ...(references.length > 0 && { foreignKeys: references }),
    } as TableResource['schema'],
  };
}

/** The code lists of the items of lists, which Table Schema has no categories for. */
function codeListsOf({ schema, tables }: PackageContents) {
  const lists = tables.flatMap(table => table.columns.map(column => factOf(schema, table.name, column)));
  const ofItems = lists.filter(({ column }) => column.type === 'texts').flatMap(({ codeLists }) => codeLists);
  return Object.fromEntries(ofItems.map(list => [list.name, categoriesOf(list)]));
}

/** Describes lists as a Data Package: their columns, types, code lists, references and licence. `atMoment` adds the moment. */
export function dataPackage(contents: PackageContents): DataPackage {
  const { tables } = contents;
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'stedenband',
    ...translations(
      language =>
        ({
          en: 'Ties between Dutch and Chinese local governments',
          nl: 'Banden tussen Nederlandse en Chinese overheden',
          zh: '荷兰与中国地方政府之间的友好关系',
        })[language],
    ),
    description:
      'The register of the ties between Dutch and Chinese local governments. Partial dates are text, as exact as known (1979, 1979-11 or 1979-11-23); beside each are the first and the last day that it can mean. An apostrophe stands before text that a spreadsheet would take for a formula.',
    languages: ['en', 'nl', 'zh'],
    attribution: ATTRIBUTION,
    licenses: [{ name: 'CC-BY-4.0', title: 'Creative Commons Attribution 4.0', path: LICENCE }],
    resources: tables.map(table => resourceOf(table, contents)),
    codeLists: codeListsOf(contents),
  };
}

/** Returns a package as it is at a moment. */
export function atMoment(described: DataPackage, position: Position, resources: TableResource[]): DataPackage {
  const cursor = changeCursor(position);
  return { ...described, version: cursor, created: position.recordedAt, knownAt: cursor, resources };
}
