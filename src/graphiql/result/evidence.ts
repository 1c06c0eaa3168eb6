import { type GraphQLSchema, getNamedType, isEnumType, isLeafType, isObjectType, isRequiredArgument } from 'graphql';
import { cellText } from './sort.js';

/** A source as the register knows it. */
export interface Cited {
  readonly title: string;
  readonly publisher: string;
  readonly url: string | null;
  readonly publishedOn: string | null;
}

/** One fact of a record, what the register says of it, and the sources that carry it. */
export interface Fact {
  /** A field's name, or a few words; empty for the record as a whole. */
  readonly fact: string;
  readonly value: string | null;
  readonly sources: readonly Cited[];
}

/** A record in an answer to {@link evidenceQuery}. */
export interface Evidenced {
  readonly citations: readonly { readonly source: Cited; readonly supports: readonly string[] }[];
  readonly statusPeriods?: readonly (Pick<Evidenced, 'citations'> & {
    status: string;
    from: string;
    until: string | null;
    reason: string | null;
  })[];
  readonly [field: string]: unknown;
}

const HOUSEKEEPING = new Set(['id', 'version', 'createdAt', 'updatedAt']);
const CITATIONS = 'citations { supports source { title publisher url publishedOn } }';

/** Asks for one record's facts and the sources behind them; undefined for a type that has none. */
export function evidenceQuery(schema: GraphQLSchema, type: string): string | undefined {
  const found = schema.getType(type);
  const fields = isObjectType(found) ? Object.values(found.getFields()) : [];
  if (!fields.some(({ name }) => name === 'citations')) return undefined;
  const facts = fields.filter(
    field =>
      isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument) && !HOUSEKEEPING.has(field.name),
  );
  const periods = fields.some(({ name }) => name === 'statusPeriods')
    ? `statusPeriods { status from until reason ${CITATIONS} }`
    : '';
  const selection = `${facts.map(({ name }) => name).join(' ')} ${CITATIONS} ${periods}`;
  return `query Evidence($id: ID!) { node(id: $id) { __typename ... on ${type} { ${selection} } } }`;
}

/** The enum that a fact's value is of; undefined for any other fact. */
export function enumOf(schema: GraphQLSchema, type: string, fact: string): string | undefined {
  const found = schema.getType(type);
  const field = isObjectType(found) ? found.getFields()[fact] : undefined;
  const named = field && getNamedType(field.type);
  return isEnumType(named) ? named.name : undefined;
}

/** The sources of a record by the fact they carry, in the order of the record's sources. */
export function factsOf(record: Evidenced): Fact[] {
  const facts = new Map<string, Cited[]>();
  for (const { source, supports } of record.citations) {
    for (const fact of supports.length > 0 ? supports : ['']) {
      facts.set(fact, [...(facts.get(fact) ?? []), source]);
    }
  }
  return [...facts].map(([fact, sources]) => {
    const value = record[fact];
    const leaf = typeof value !== 'object' || Array.isArray(value);
    return { fact, sources, value: leaf ? cellText(value ?? null) || null : null };
  });
}

/** An address that a page may lead to: nothing but https. */
export const isSafeLink = (url: string | null): url is string => url !== null && /^https:\/\//i.test(url);
