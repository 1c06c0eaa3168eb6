import { type GraphQLSchema, getNamedType, isEnumType, isLeafType, isObjectType, isRequiredArgument } from 'graphql';
import { cellText } from './sort.js';

/** Source of a citation. */
export interface CitedSource {
  readonly title: string;
  readonly publisher: string;
  readonly url: string | null;
  readonly publishedOn: string | null;
}

/** Fact of a record, its value, and the sources that support it. */
export interface CitedFact {
  /** Name of a field, or a few words; empty for the record as a whole. */
  readonly name: string;
  readonly value: string | null;
  readonly sources: readonly CitedSource[];
}

/** Record in the result of {@link evidenceQuery}. */
export interface CitedRecord {
  readonly citations: readonly { readonly source: CitedSource; readonly supports: readonly string[] }[];
  readonly statusPeriods?: readonly (Pick<CitedRecord, 'citations'> & {
    status: string;
    from: string;
    until: string | null;
    reason: string | null;
    decidedBy: string;
  })[];
  readonly [field: string]: unknown;
}

const METADATA_FIELDS = new Set(['id', 'version', 'createdAt', 'updatedAt']);
/** Selection of the sources of a record. */
export const CITATIONS = 'citations { supports source { title publisher url publishedOn } }';

/**
 * Returns a query for the facts of one record and their sources: all scalar and enum fields without required arguments,
 * with `citations`. Returns `undefined` for a type without citations.
 */
export function evidenceQuery(schema: GraphQLSchema, type: string): string | undefined {
  const objectType = schema.getType(type);
  const fields = isObjectType(objectType) ? Object.values(objectType.getFields()) : [];
  if (!fields.some(({ name }) => name === 'citations')) return undefined;
  const facts = fields.filter(
    field =>
      isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument) && !METADATA_FIELDS.has(field.name),
  );
  const periods = fields.some(({ name }) => name === 'statusPeriods')
    ? `statusPeriods { status from until reason decidedBy ${CITATIONS} }`
    : '';
  const selection = `${facts.map(({ name }) => name).join(' ')} ${CITATIONS} ${periods}`;
  return `query Evidence($id: ID!) { node(id: $id) { __typename ... on ${type} { ${selection} } } }`;
}

/** Returns the name of the enum that a fact has as its type; `undefined` if it is not an enum. */
export function enumTypeOf(schema: GraphQLSchema, type: string, fact: string): string | undefined {
  const objectType = schema.getType(type);
  const field = isObjectType(objectType) ? objectType.getFields()[fact] : undefined;
  const namedType = field && getNamedType(field.type);
  return isEnumType(namedType) ? namedType.name : undefined;
}

/** Groups the citations of a record by the fact that they support, in the order of the citations. */
export function factsOf(record: CitedRecord): CitedFact[] {
  const facts = new Map<string, CitedSource[]>();
  for (const { source, supports } of record.citations) {
    for (const fact of supports.length > 0 ? supports : ['']) {
      facts.set(fact, [...(facts.get(fact) ?? []), source]);
    }
  }
  return [...facts].map(([name, sources]) => {
    const value = record[name];
    const isLeaf = typeof value !== 'object' || Array.isArray(value);
    return { name, sources, value: isLeaf ? cellText(value ?? null) || null : null };
  });
}

/** Tells if a URL may be rendered as a link: only http and https, since a URL is user input (`javascript:`). */
export const isSafeLink = (url: string | null): url is string => url !== null && /^https?:\/\//i.test(url);
