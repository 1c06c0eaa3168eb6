import { Kind, parse, valueFromASTUntyped } from 'graphql';
import { type OperationRequest, operationOf, variablesOf } from './operation-request.js';

const EXPORTED_LISTS = new Set(['authorities', 'exchanges', 'organisations', 'partnerships', 'programmes']);

export const EXPORT_FORMATS = ['csv', 'ndjson', 'geojson', 'xlsx', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The lists that GeoJSON cannot have. */
const WITHOUT_LOCATION = new Set(['organisations']);

/** The files of a list. */
export interface ExportLink {
  /** The name of the list. */
  name: string;
  formats: readonly ExportFormat[];
  /** Returns a relative URL, with the filter of the operation. */
  url(format: ExportFormat, withSources: boolean): string;
}

/**
 * Returns the export of the whole list, with the filter of the operation.
 *
 * @returns `undefined` if the operation selects anything but one root list.
 */
export function exportLink(request: OperationRequest): ExportLink | undefined {
  const operation = operationOf(parse(request.query, { noLocation: true }), request.operationName);
  const [field, ...rest] = operation?.selectionSet.selections ?? [];
  if (field?.kind !== Kind.FIELD || rest.length > 0 || !EXPORTED_LISTS.has(field.name.value)) return undefined;
  const filter = field.arguments?.find(({ name }) => name.value === 'filter');
  const value = filter && valueFromASTUntyped(filter.value, variablesOf(request, operation));
  const { value: name } = field.name;
  return {
    name,
    formats: EXPORT_FORMATS.filter(format => format !== 'geojson' || !WITHOUT_LOCATION.has(name)),
    url: (format, withSources) => {
      const parameters = [
        ...(value ? [`filter=${encodeURIComponent(JSON.stringify(value))}`] : []),
        ...(withSources ? ['provenance=true'] : []),
      ];
      return `export/${name}.${format}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`;
    },
  };
}
