import type { GraphQLSchema } from 'graphql';
import type { OrderItem } from '../graph/list/order.js';
import { message } from '../messages/message.js';
import { argumentValue } from './argument.js';
import { csv } from './csv.js';
import { exportError } from './export-error.js';
import { feedSnapshot } from './feed-snapshot.js';
import type { Format, Separator } from './format.js';
import { formatOf, listFormats as formats } from './formats.js';
import {
  booleanParameter,
  enumerate,
  quote,
  separatorParameter,
  templateParameter,
  uniqueParameters,
} from './parameters.js';
import type { ExportSelection } from './statements.js';
import type { ExportTable } from './table.js';
import { zip } from './zip.js';

/** The parameters that an export of records accepts. */
const PARAMETERS = ['filter', 'orderBy', 'provenance', 'separator', 'template', 'knownAt'];

/** The parameters of the archive of all lists. */
const ARCHIVE_PARAMETERS = ['provenance', 'separator', 'knownAt'];
/** The name of the archive, and its path after `/export/`. */
export const ARCHIVE_NAME = 'stedenband';
export const ARCHIVE_FILE = `${ARCHIVE_NAME}.${zip.extension}`;

/** A validated export request. */
export interface ExportRequest {
  /** The name of the file. */
  name: string;
  selection: ExportSelection;
  /** The other lists of an archive. */
  others: ExportSelection[];
  /** The filter as the client wrote it. */
  filter: string | null;
  /** The moments of a difference, as the client wrote them. */
  moments: { from: string | undefined; to: string | null };
  /** Undefined if the client leaves it to the format. */
  separator: Separator | undefined;
}

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
  if (name === ARCHIVE_FILE) return archiveRequest(tables, parameters);
  const [, type, extension] = /^([a-z]+)\.([a-z]+)$/.exec(name) ?? [];
  const table = tables.find(candidate => candidate.name === type);
  const format = extension === zip.extension ? undefined : formatOf(type, extension);
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
  if (format.geometry === 'required' && !table.geometry) {
    const nonSpatial = formats
      .filter(({ geometry, isForWikidata }) => geometry !== 'required' && !isForWikidata)
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
    name: table.name,
    others: [],
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

/** Returns the request of all lists of records in one file. */
function archiveRequest(tables: readonly ExportTable[], parameters: URLSearchParams): ExportRequest {
  const values = uniqueParameters(parameters, ARCHIVE_PARAMETERS);
  const provenance = booleanParameter('provenance', values.get('provenance'));
  const separator = separatorParameter(csv, values.get('separator'));
  return requestOfAll(tables, ARCHIVE_NAME, zip, provenance, separator);
}

/** Returns the request of the snapshot with which the feed starts. */
export const snapshotRequest = (tables: readonly ExportTable[]): ExportRequest =>
  requestOfAll(tables, 'snapshot', feedSnapshot, false, undefined);

function requestOfAll(
  tables: readonly ExportTable[],
  name: string,
  format: Format,
  provenance: boolean,
  separator: Separator | undefined,
): ExportRequest {
  const [selection, ...others] = tables
    .filter(table => !table.parameters)
    .map(table => ({ table, format, provenance, filter: null, orderBy: null }));
  if (!selection) throw new Error('There are no lists to write.');
  return { name, selection, others, filter: null, moments: { from: undefined, to: null }, separator };
}
