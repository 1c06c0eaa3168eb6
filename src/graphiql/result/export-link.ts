import { Kind, parse, valueFromASTUntyped } from 'graphql';
import { operationOf, type Question, variablesOf } from './question.js';

const LISTS = new Set(['authorities', 'exchanges', 'organisations', 'partnerships', 'programmes']);

export const EXPORT_FORMATS = ['csv', 'ndjson', 'geojson', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Where the server gives the whole list of a question as a file, with the question's filter; relative to the page.
 *
 * @returns Undefined for a question that is not one list of the root.
 */
export function exportLink(question: Question): ((format: ExportFormat) => string) | undefined {
  const operation = operationOf(parse(question.query, { noLocation: true }), question.operationName);
  const [field, ...others] = operation?.selectionSet.selections ?? [];
  if (field?.kind !== Kind.FIELD || others.length > 0 || !LISTS.has(field.name.value)) return undefined;
  const filter = field.arguments?.find(({ name }) => name.value === 'filter');
  const value = filter && valueFromASTUntyped(filter.value, variablesOf(question, operation));
  const search = value ? `?filter=${encodeURIComponent(JSON.stringify(value))}` : '';
  return format => `export/${field.name.value}.${format}${search}`;
}
