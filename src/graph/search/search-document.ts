import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { StoredNames } from '../types/names.js';
import { TextArray } from '../types/text-array.js';
import { IndexedTexts, tsvector } from './search-terms.js';

export enum SearchType {
  AUTHORITY = 'AUTHORITY',
  PARTNERSHIP = 'PARTNERSHIP',
  PROGRAMME = 'PROGRAMME',
  EXCHANGE = 'EXCHANGE',
  ORGANISATION = 'ORGANISATION',
}

/** The search index entry of a record, written in the same transaction as the record. */
@Entity({ tableName: 'search_document' })
export class SearchDocument {
  /** The id of the record. */
  @PrimaryKey({ type: 'text' })
  id!: string;
  @Property({ type: 'text' })
  type!: SearchType;
  @Property({ type: 'text' })
  sortName!: string;
  /** The names of the record, folded. */
  @Property({ type: TextArray })
  names!: string[];
  /** The terms of its names and related names, as a tsvector literal. */
  @Property({ columnType: 'tsvector', type: 'text', lazy: true })
  title!: string;
  /** The terms of all its texts, as a tsvector literal. */
  @Property({ columnType: 'tsvector', type: 'text', lazy: true })
  terms!: string;
  /** Each text by its field, folded: `names.zh`. */
  @Property({ type: 'json' })
  fields!: Record<string, string>;
}

type Texts = Record<string, string | null | undefined>;

/** Returns names by their field, under a prefix: `names.nl`, `names.zh`, `names.aliases`. */
export function namedTexts(prefix: string, { aliases, ...names }: StoredNames): Texts {
  const fields: Texts = { [`${prefix}.aliases`]: aliases?.join(', ') };
  for (const [language, name] of Object.entries(names)) fields[`${prefix}.${language}`] = name;
  return fields;
}

/** Returns all names, in an order that does not depend on that of the keys. */
export function allNames({ nl, en, zh, pinyin, aliases = [] }: StoredNames): string[] {
  return [nl, en, zh, pinyin, ...aliases].filter(name => name != null);
}

/** The searchable parts of a record. */
export interface SearchableRecord {
  type: SearchType;
  id: string;
  sortName: string;
  /** The names of the record. A query that equals one of them, or starts one, ranks the record first. */
  names: string[];
  /** Other names in its title, such as those of its sides. They rank above its texts. */
  relatedNames?: string[];
  /** All searchable texts by field. */
  texts: Texts;
}

/**
 * Returns the search document of a record.
 *
 * @param indexed The texts of the documents that are written together.
 */
export function searchDocument(
  { type, id, sortName, names, relatedNames = [], texts }: SearchableRecord,
  indexed = new IndexedTexts(),
): SearchDocument {
  const present = Object.entries(texts).flatMap(([field, text]) => (text ? [[field, indexed.of(text)] as const] : []));
  const ownNames = names.map(name => indexed.of(name));
  const allOfName = [...ownNames, ...relatedNames.map(name => indexed.of(name))];
  const title = allOfName.flatMap(({ termsOfName }) => termsOfName);
  return {
    id,
    type,
    sortName,
    names: [...new Set(ownNames.flatMap(({ folded, compact }) => [folded, compact]))],
    title: tsvector(title),
    terms: tsvector([...title, ...present.flatMap(([, { terms }]) => terms)]),
    fields: Object.fromEntries(present.map(([field, { folded }]) => [field, folded])),
  };
}
