import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

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
