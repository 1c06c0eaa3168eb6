import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { formatDate, type ReaderLanguage } from './format.js';
import { type OperationRequest, operationOf, variablesOf } from './operation-request.js';

/** Labels of fields and enum values. */
export type Labels = (type: string, value: string) => string;

type Texts = Readonly<Record<string, (value: string) => string>>;

/** Words for the operators of filters. */
const OPERATORS: Readonly<Record<ReaderLanguage, Texts>> = {
  en: {
    eq: value => value,
    in: value => value,
    notIn: value => `not ${value}`,
    before: value => `before ${value}`,
    after: value => `after ${value}`,
    from: value => `from ${value}`,
    until: value => `until ${value}`,
    isNull: value => (value === 'true' ? 'unknown' : 'known'),
    some: value => `with ${value}`,
    none: value => `without ${value}`,
    not: value => `not (${value})`,
    contains: value => `contains “${value}”`,
    startsWith: value => `starts with “${value}”`,
  },
  nl: {
    eq: value => value,
    in: value => value,
    notIn: value => `niet ${value}`,
    before: value => `vóór ${value}`,
    after: value => `na ${value}`,
    from: value => `van ${value}`,
    until: value => `tot en met ${value}`,
    isNull: value => (value === 'true' ? 'onbekend' : 'bekend'),
    some: value => `met ${value}`,
    none: value => `zonder ${value}`,
    not: value => `niet (${value})`,
    contains: value => `bevat “${value}”`,
    startsWith: value => `begint met “${value}”`,
  },
  zh: {
    eq: value => value,
    in: value => value,
    notIn: value => `非${value}`,
    before: value => `早于${value}`,
    after: value => `晚于${value}`,
    from: value => `自${value}起`,
    until: value => `至${value}止`,
    isNull: value => (value === 'true' ? '未知' : '已知'),
    some: value => `含${value}`,
    none: value => `不含${value}`,
    not: value => `非（${value}）`,
    contains: value => `包含“${value}”`,
    startsWith: value => `以“${value}”开头`,
  },
};
const OR: Readonly<Record<ReaderLanguage, string>> = { en: ' or ', nl: ' of ', zh: '或' };
const FIELDS: Readonly<Record<ReaderLanguage, Readonly<Record<string, string>>>> = {
  en: {
    activeOn: 'Active on',
    statusOn: 'Status',
    on: 'on',
    updatedAt: 'Changed',
    text: 'Text',
    dutchLevel: 'level of government',
    chineseLevel: 'level of government',
    within: 'within',
    partnerships: 'partnerships',
    name: 'name',
    province: 'province',
  },
  nl: {
    activeOn: 'Actief op',
    statusOn: 'Stand',
    on: 'op',
    updatedAt: 'Gewijzigd',
    text: 'Tekst',
    dutchLevel: 'bestuurslaag',
    chineseLevel: 'bestuurslaag',
    within: 'binnen',
    partnerships: 'banden',
    name: 'naam',
    province: 'provincie',
  },
  zh: {
    activeOn: '有效日期',
    statusOn: '状态',
    on: '日期',
    updatedAt: '修改时间',
    text: '文本',
    dutchLevel: '行政级别',
    chineseLevel: '行政级别',
    within: '位于',
    partnerships: '友好关系',
    name: '名称',
    province: '省',
  },
};

/**
 * Returns the filters of the root fields of a request in words, each once: "Dutch side: level of government:
 * municipality".
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
    const filter = selection.arguments?.find(({ name }) => name.value === 'filter');
    const type = filterType(fields[selection.name.value]);
    if (!filter || !type) return [];
    return wordsOf(valueFromASTUntyped(filter.value, variables), type, labels, language) || [];
  });
  return [...new Set(words)];
}

const filterType = (field: GraphQLField<unknown, unknown> | undefined): GraphQLInputType | undefined =>
  field?.args.find(({ name }) => name === 'filter')?.type;

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
