import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { StoredNames } from '../types/names.js';
import { compact, fold } from '../types/text.js';
import { termsOf, termsOfName, tsvector } from './search-terms.js';

export enum SearchType {
  AUTHORITY = 'AUTHORITY',
  PARTNERSHIP = 'PARTNERSHIP',
  PROGRAMME = 'PROGRAMME',
  EXCHANGE = 'EXCHANGE',
  ORGANISATION = 'ORGANISATION',
}

/** What search reads of one record: written with it, never by hand. */
@Entity({ tableName: 'search_document' })
export class SearchDocument {
  /** The record's own id. */
  @PrimaryKey({ type: 'text' })
  id!: string;
  @Property({ type: 'text' })
  type!: SearchType;
  @Property({ type: 'text' })
  sortName!: string;
  /** Its own names, folded. */
  @Property({ type: ArrayType })
  names!: string[];
  /** The terms of what it is called by, as a tsvector literal. */
  @Property({ columnType: 'tsvector', type: 'text', lazy: true })
  title!: string;
  /** The terms of all its texts, as a tsvector literal. */
  @Property({ columnType: 'tsvector', type: 'text', lazy: true })
  terms!: string;
  /** Each text by the name of its field, folded. */
  @Property({ type: 'json' })
  fields!: Record<string, string>;
}

type Texts = Record<string, string | null | undefined>;

/** Texts by field name, under a prefix: `names.nl`, `names.zh`, `names.aliases`. */
export function namedTexts(prefix: string, { aliases, ...names }: StoredNames): Texts {
  const fields: Texts = { [`${prefix}.aliases`]: aliases?.join(', ') };
  for (const [language, name] of Object.entries(names)) fields[`${prefix}.${language}`] = name;
  return fields;
}

/** All names, in no order that means anything. */
export function allNames({ aliases = [], ...names }: StoredNames): string[] {
  return [...Object.values(names), ...aliases].filter(name => name != null);
}

/** What search reads of a record is made of this. */
export interface SearchableRecord {
  type: SearchType;
  id: string;
  sortName: string;
  /** Its own names: a search that is one of them, or begins one, puts the record on top. */
  names: string[];
  /** Other names it is called by, its sides' for one; they count for more than its texts. */
  relatedNames?: string[];
  /** All it is found by, by the name of the field. */
  texts: Texts;
}

/** Makes a record's search document. */
export function searchDocument({
  type,
  id,
  sortName,
  names,
  relatedNames = [],
  texts,
}: SearchableRecord): SearchDocument {
  const known = Object.entries(texts).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const title = [...names, ...relatedNames].flatMap(termsOfName);
  return {
    id,
    type,
    sortName,
    names: [...new Set(names.flatMap(name => [fold(name), compact(name)]))],
    title: tsvector(title),
    terms: tsvector([...title, ...known.flatMap(([, text]) => termsOf(text))]),
    fields: Object.fromEntries(known.map(([field, text]) => [field, fold(text)])),
  };
}
