import type { GraphQLSchema } from 'graphql';
import type { OrderItem } from '../graph/list/order.js';
import { argumentValue, exportError } from './argument.js';
import { formats } from './formats.js';
import type { ExportSelection, ExportTable } from './table.js';

/** The parameters of an export, and what each holds; for the message about any other. */
const PARAMETERS = ['filter', 'orderBy', 'provenance'];

/** An export as it was asked for. */
export interface ExportRequest {
  selection: ExportSelection;
  /** The filter as the client wrote it. */
  filter: string | null;
}

const listed = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/**
 * What an address asks for.
 *
 * @param name What stands behind `/export/`: `partnerships.csv`.
 * @throws Refusal 404 for a type or a format that is not there, 400 for a parameter.
 * @throws InputError for a filter or an order that breaks a rule of the API.
 */
export function exportRequest(
  schema: GraphQLSchema,
  tables: readonly ExportTable[],
  name: string,
  parameters: URLSearchParams,
): ExportRequest {
  const [, type, extension] = /^([a-z]+)\.([a-z]+)$/.exec(name) ?? [];
  const table = tables.find(its => its.name === type);
  const format = formats.find(its => its.extension === extension);
  if (!table || !format) {
    const [types, extensions] = [tables.map(its => its.name), formats.map(its => its.extension)];
    const example = `/export/${table?.name ?? types[0]}.${format?.extension ?? 'csv'}`;
    throw exportError(
      404,
      'NOT_FOUND',
      `No export is called ${JSON.stringify(name.slice(0, 60))}: types are ${listed(types)}, formats ${listed(extensions)}, as in ${example}.`,
    );
  }
  if (format.isSpatial && !table.geometry) {
    const others = formats.filter(its => !its.isSpatial).map(its => its.extension);
    const placed = tables.filter(its => its.geometry).map(its => its.name);
    throw exportError(
      404,
      'NOT_FOUND',
      `The register holds no places of ${table.name}: export them as ${listed(others)}. ${format.extension} there is of ${listed(placed)}.`,
    );
  }
  const given = single(parameters);
  const filter = given.get('filter') || null;
  const orderBy = given.get('orderBy') || null;
  return {
    filter,
    selection: {
      table,
      filter: filter === null ? null : (argumentValue(schema, table.name, 'filter', filter) as object | null),
      orderBy: orderBy === null ? null : (argumentValue(schema, table.name, 'orderBy', orderBy) as OrderItem[] | null),
      provenance: flag('provenance', given.get('provenance')),
      format,
    },
  };
}

/** The parameters, each once; what is not known is not passed over, or a misspelt filter would give everything. */
function single(parameters: URLSearchParams): Map<string, string> {
  const given = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (!PARAMETERS.includes(name)) {
      throw exportError(
        400,
        'BAD_USER_INPUT',
        `An export has no parameter ${JSON.stringify(name.slice(0, 60))}; it has ${listed(PARAMETERS)}.`,
      );
    }
    if (given.has(name)) throw exportError(400, 'BAD_USER_INPUT', `${name} is given twice; give it once.`);
    given.set(name, value);
  }
  return given;
}

function flag(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw exportError(400, 'BAD_USER_INPUT', `${name} is true or false; got ${JSON.stringify(value.slice(0, 60))}.`);
}
