import type { GraphQLSchema } from 'graphql';
import type { OrderItem } from '../graph/list/order.js';
import { message } from '../messages/message.js';
import { argumentValue } from './argument.js';
import { exportError } from './export-error.js';
import { type Format, SEPARATOR_NAMES, type Separator } from './format.js';
import { formatOf, formats } from './formats.js';
import type { ExportSelection, ExportTable } from './table.js';

/** The parameters that an export of records accepts. */
const PARAMETERS = ['filter', 'orderBy', 'provenance', 'separator', 'template', 'knownAt'];

/** A validated export request. */
export interface ExportRequest {
  selection: ExportSelection;
  /** The filter as the client wrote it. */
  filter: string | null;
  /** The moments of a difference, as the client wrote them. */
  moments: { from: string | undefined; to: string | null };
  /** Undefined if the client leaves it to the format. */
  separator: Separator | undefined;
}

/** Formats a list as `a, b, c`. */
const enumerate = (names: readonly string[]) => names.join(', ');

/** Quotes a text of the client. */
const quote = (text: string) => JSON.stringify(text.slice(0, 60));

/**
 * Parses the URL of an export.
 *
 * @param name The path after `/export/`, such as `partnerships.csv`.
 * @throws ExportError 404 for an unknown type or format, 400 for an invalid parameter.
 * @throws InputError for a filter or an order that the API rejects.
 */
export function exportRequest(
  schema: GraphQLSchema,
  tables: readonly ExportTable[],
  name: string,
  parameters: URLSearchParams,
): ExportRequest {
  const [, type, extension] = /^([a-z]+)\.([a-z]+)$/.exec(name) ?? [];
  const table = tables.find(candidate => candidate.name === type);
  const format = formatOf(type, extension);
  if (!table || !format || (format.isForWikidata && !table.wikidata)) {
    const [types, extensions] = [tables.map(({ name }) => name), formats.map(({ extension }) => extension)];
    // Only the first table has columns for Wikidata.
    const tableName = format?.isForWikidata ? types[0] : (table?.name ?? types[0]);
    const example = `/export/${tableName}.${format?.extension ?? 'csv'}`;
    throw exportError(
      404,
      'NOT_FOUND',
      message('EXPORT_UNKNOWN', {
        value: quote(name),
        types: enumerate(types),
        formats: enumerate(extensions),
        example,
      }),
    );
  }
  if (format.isSpatial && !table.geometry) {
    const nonSpatial = formats
      .filter(({ isSpatial, isForWikidata }) => !isSpatial && !isForWikidata)
      .map(({ extension }) => extension);
    const located = tables.filter(({ geometry }) => geometry).map(({ name }) => name);
    throw exportError(
      404,
      'NOT_FOUND',
      message('EXPORT_WITHOUT_LOCATION', {
        table: table.name,
        formats: enumerate(nonSpatial),
        format: format.extension,
        tables: enumerate(located),
      }),
    );
  }
  const values = uniqueParameters(parameters, table.parameters ?? PARAMETERS);
  const filter = values.get('filter') || null;
  const orderBy = values.get('orderBy') || null;
  return {
    filter,
    moments: { from: values.get('from'), to: values.get('to') || null },
    separator: separatorParameter(format, values.get('separator')),
    selection: {
      table,
      filter: filter === null ? null : (argumentValue(schema, table.name, 'filter', filter) as object | null),
      orderBy: orderBy === null ? null : (argumentValue(schema, table.name, 'orderBy', orderBy) as OrderItem[] | null),
      provenance: booleanParameter('provenance', values.get('provenance')),
      template: templateParameter(format, values.get('template')),
      format,
    },
  };
}

/** Reads the parameters. Rejects unknown ones: a misspelt `filter` would otherwise export all records. */
function uniqueParameters(parameters: URLSearchParams, names: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (!names.includes(name)) {
      throw exportError(
        400,
        'BAD_USER_INPUT',
        message('EXPORT_PARAMETER_UNKNOWN', { value: quote(name), names: enumerate(names) }),
      );
    }
    if (values.has(name)) throw exportError(400, 'BAD_USER_INPUT', message('EXPORT_PARAMETER_REPEATED', { name }));
    values.set(name, value);
  }
  return values;
}

function separatorParameter({ extension, isSeparated }: Format, value: string | undefined): Separator | undefined {
  if (value === undefined) return undefined;
  if (!isSeparated) {
    const format = formats.find(format => format.isSeparated)?.extension ?? '';
    throw exportError(400, 'BAD_USER_INPUT', message('SEPARATOR_UNUSED', { format, extension }));
  }
  const separator = SEPARATOR_NAMES.find(name => name === value);
  if (separator) return separator;
  const names = enumerate(SEPARATOR_NAMES);
  throw exportError(400, 'BAD_USER_INPUT', message('SEPARATOR_UNKNOWN', { names, value: quote(value) }));
}

function templateParameter({ extension, isFlat }: Format, value: string | undefined): boolean {
  const template = booleanParameter('template', value);
  if (!template || isFlat) return template;
  const flat = formats.filter(format => format.isFlat).map(format => format.extension);
  throw exportError(400, 'BAD_USER_INPUT', message('TEMPLATE_UNUSED', { formats: enumerate(flat), extension }));
}

function booleanParameter(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw exportError(400, 'BAD_USER_INPUT', message('BOOLEAN_PARAMETER', { name, value: quote(value) }));
}
