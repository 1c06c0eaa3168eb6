import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { FIELDS, OPERATORS, OR } from './filter-texts.js';
import { formatDate, type ReaderLanguage } from './format.js';
import { type OperationRequest, operationOf, variablesOf } from './operation-request.js';

/** Labels of fields and enum values. */
export type Labels = (type: string, value: string) => string;

/** Arguments beside the filter that name the records, or search them. */
const NAMING = new Set(['id', 'ids', 'code', 'query']);

/**
 * Returns the filters of the root fields of a request in words, each once: "Dutch side: level of government:
 * municipality". A field of records that are named by id has these ids.
 */
export function filterWords(
  request: OperationRequest,
  schema: GraphQLSchema,
  labels: Labels,
  language: ReaderLanguage,
): string[] {
  const document = parse(request.query, { noLocation: true });
  const operation = operationOf(document, request.operationName);
  const fields = schema.getQueryType()?.getFields() ?? {};
  const variables = variablesOf(request, operation);
  const words = (operation?.selectionSet.selections ?? []).flatMap(selection => {
    if (selection.kind !== Kind.FIELD) return [];
    const types = fields[selection.name.value]?.args ?? [];
    return (selection.arguments ?? []).flatMap(({ name: { value: name }, value }) => {
      const type = types.find(argument => argument.name === name)?.type;
      if (!type || !(name === 'filter' || NAMING.has(name))) return [];
      const input = valueFromASTUntyped(value, variables) ?? null;
      const text = input === null ? '' : wordsOf(input, type, labels, language);
      if (name === 'filter' || !text) return text || [];
      return `${name === 'query' ? FIELDS[language].text : labels('Field', name)}: ${text}`;
    });
  });
  return [...new Set(words)];
}

function wordsOf(value: unknown, type: GraphQLInputType, labels: Labels, language: ReaderLanguage): string {
  const named = getNamedType(type);
  const join = (values: readonly unknown[], separator: string) =>
    values.map(member => wordsOf(member, type, labels, language)).join(separator);
  if (Array.isArray(value)) return join(value, OR[language]);
  if (isEnumType(named)) return labels(named.name, String(value));
  if (!isInputObjectType(named) || typeof value !== 'object' || value === null)
    return named.name === 'PartialDate' ? formatDate(String(value), language) : String(value);
  const parts = Object.entries(value).flatMap(([name, member]) => {
    const field = named.getFields()[name];
    if (!field || member === null || member === undefined) return [];
    const text =
      name === 'and' && Array.isArray(member)
        ? member.map(part => wordsOf(part, field.type, labels, language)).join('; ')
        : wordsOf(member, field.type, labels, language);
    if (name === 'and' || name === 'or') return text || [];
    const operator = OPERATORS[language][name];
    if (operator) return text && operator(text);
    return `${FIELDS[language][name] ?? labels('Field', name)}: ${text}`;
  });
  return parts.filter(Boolean).join(/^(?:PartialDate|DateTime)Filter$/.test(named.name) ? ' ' : '; ');
}
