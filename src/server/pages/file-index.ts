import type { GraphQLSchema } from 'graphql';
import sql, { join, raw } from 'sql-template-tag';
import { changeCursor } from '../../change/cursor.js';
import type { Context } from '../../context.js';
import { LICENCE } from '../../export/attribution.js';
import { listLabel } from '../../export/column-labels.js';
import { atMoment, dataPackage } from '../../export/data-package.js';
import { logPositionOf, positionStatement } from '../../export/export-file.js';
import type { Position } from '../../export/format.js';
import { listFormats } from '../../export/formats.js';
import { booleanParameter, uniqueParameters } from '../../export/parameters.js';
import { ARCHIVE_FILE } from '../../export/request.js';
import { tables } from '../../export-tables.js';
import { queryRows } from '../../graph/sql/query.js';
import type { Reader } from './reader.js';

/** The files that the register has at a moment. */
export interface FileIndex {
  schema: GraphQLSchema;
  /** True if links lead to files with sources. */
  provenance: boolean;
  position: Position;
  cursor: string;
  /** The lists, with the number of their records and the extensions of their formats. */
  lists: { name: string; records: number; formats: string[] }[];
}

/** The description of all files, as a file. */
export const PACKAGE_FILE = 'datapackage.json';

/** The parameters of the list of files. */
const PARAMETERS = ['provenance', 'knownAt', 'language'];

/**
 * Reads what the files have: one statement, so that the numbers are those of the moment.
 *
 * @throws ExportError for a parameter that is none.
 */
export async function readFileIndex(
  schema: GraphQLSchema,
  { em, knownAt }: Context,
  parameters: URLSearchParams,
): Promise<FileIndex> {
  const values = uniqueParameters(parameters, PARAMETERS);
  const counts = tables.map(({ listing, from }) => {
    const table = raw(listing.alias);
    return sql`(select count(${table}.id)::int from ${from})`;
  });
  const [row] = await queryRows<{ position: Position | null; counts: number[] }>(
    em,
    sql`select (select row_to_json(newest) from (${positionStatement(knownAt?.changeId)}) newest) as position,
      json_build_array(${join(counts)}) as counts`,
  );
  const position = logPositionOf(row?.position ? [row.position] : []);
  return {
    schema,
    provenance: booleanParameter('provenance', values.get('provenance')),
    position,
    cursor: changeCursor(position),
    lists: tables.map((table, index) => ({
      name: table.name,
      records: row?.counts[index] ?? 0,
      formats: listFormats
        .filter(({ geometry }) => geometry !== 'required' || table.geometry)
        .filter(({ isForWikidata }) => !isForWikidata || table.wikidata)
        .map(({ extension }) => extension),
    })),
  };
}

/** Returns the address of a file of the index, from the root of the server. */
export function fileAddress({ provenance }: FileIndex, file: string, moment?: string): string {
  const parameters = new URLSearchParams({
    ...(provenance && { provenance: 'true' }),
    ...(moment && { knownAt: moment }),
  });
  const search = parameters.toString();
  return `/export/${file}${search && `?${search}`}`;
}

/** Returns the list of files, or the description of them, as JSON. */
export const dataOf = (kind: 'files' | 'package', reader: Reader, index: FileIndex): string =>
  `${JSON.stringify(kind === 'files' ? listOfFiles(reader, index) : packageOf(index), undefined, 2)}\n`;

function listOfFiles({ language, origin, knownAt }: Reader, index: FileIndex) {
  const address = (file: string) => origin + fileAddress(index, file, knownAt?.cursor);
  return {
    name: 'stedenband',
    knownAt: index.cursor,
    lastChange: index.position.recordedAt,
    licence: LICENCE,
    lists: index.lists.map(({ name, records, formats }) => ({
      name,
      title: listLabel(name, language),
      records,
      files: Object.fromEntries(formats.map(format => [format, address(`${name}.${format}`)])),
    })),
    archive: address(ARCHIVE_FILE),
    dataPackage: address(PACKAGE_FILE),
  };
}

/** Describes the CSV files of the moment: their addresses name it, so that they stay what is described. */
function packageOf({ schema, provenance, position, cursor, lists }: FileIndex) {
  const parameters = new URLSearchParams({ ...(provenance && { provenance: 'true' }), knownAt: cursor });
  const described = dataPackage({
    schema,
    tables,
    provenance,
    separator: 'comma',
    pathOf: list => `${list}.csv?${parameters}`,
  });
  const resources = described.resources.map((resource, index) => ({
    ...resource,
    rowCount: lists[index]?.records ?? 0,
  }));
  return atMoment(described, position, resources);
}
