import { Kind, parse, valueFromASTUntyped } from 'graphql';
import { type OperationRequest, operationOf, variablesOf } from './operation-request.js';

const EXPORTED_LISTS = new Set(['authorities', 'exchanges', 'organisations', 'partnerships', 'programmes']);

export const EXPORT_FORMATS = ['csv', 'ndjson', 'geojson', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Returns the relative URL of the export of the whole list, with the filter of the operation.
 *
 * @returns `undefined` if the operation selects anything but one root list.
 */
export function exportLink(request: OperationRequest): ((format: ExportFormat) => string) | undefined {
  const operation = operationOf(parse(request.query, { noLocation: true }), request.operationName);
  const [field, ...rest] = operation?.selectionSet.selections ?? [];
  if (field?.kind !== Kind.FIELD || rest.length > 0 || !EXPORTED_LISTS.has(field.name.value)) return undefined;
  const filter = field.arguments?.find(({ name }) => name.value === 'filter');
  const value = filter && valueFromASTUntyped(filter.value, variablesOf(request, operation));
  const search = value ? `?filter=${encodeURIComponent(JSON.stringify(value))}` : '';
  return format => `export/${field.name.value}.${format}${search}`;
}
