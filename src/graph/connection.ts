import { type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { Cost } from './cost.js';
import { type Selectable, Selection, select } from './execute/selection.js';
import type { PageRequest } from './page.js';

@Directive('@shareable')
@ObjectType({ description: 'Where a page stands in its list, after the Relay specification.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether anything follows this page.' })
  hasNextPage!: boolean;
  @Field(() => Boolean, { description: 'Whether anything comes before this page.' })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first edge; null when the page is empty.' })
  startCursor!: string | null;
  @Field(() => String, { nullable: true, description: 'Cursor of the last edge; null when the page is empty.' })
  endCursor!: string | null;
}

/** One row of a page, and its place in the list. */
export interface Edge<Row> {
  node: Row;
  cursor: string;
}

/** What of a page is asked for. */
export interface Wanted {
  /** Of its records; undefined when that is not known. */
  selection: Selection | undefined;
  /** Whether the place of each row matters. */
  places: boolean;
}

/** What is wanted where nobody says what: all of it. */
export const EVERYTHING: Wanted = { selection: undefined, places: true };

/** What reading a page takes: at most `size + 1` rows in reading order, each with its place. */
export interface PageSource<Row> {
  page: PageRequest;
  read: (wanted: Wanted) => Promise<Row[]>;
  cursorOf: (row: Row) => string;
  count: () => Promise<number>;
}

/** A page that is read when one of its edges is asked for, and counted when `totalCount` is. */
export class Connection<Row> implements Selectable {
  #slice: Promise<{ rows: Row[]; more: boolean }> | undefined;
  #wanted = EVERYTHING;

  constructor(private readonly source: PageSource<Row>) {}

  [select](selection: Selection): this {
    this.#wanted = wantedBy(selection);
    return this;
  }

  private slice() {
    this.#slice ??= this.source.read(this.#wanted).then(found => {
      const { size, backwards } = this.source.page;
      const rows = found.slice(0, size);
      return { rows: backwards ? rows.reverse() : rows, more: found.length > size };
    });
    return this.#slice;
  }

  async nodes(): Promise<Row[]> {
    return (await this.slice()).rows;
  }

  async edges(): Promise<Edge<Row>[]> {
    return (await this.slice()).rows.map(node => ({ node, cursor: this.source.cursorOf(node) }));
  }

  async pageInfo(): Promise<PageInfo> {
    const { rows, more } = await this.slice();
    const { backwards, after, before } = this.source.page;
    const [start, end] = [rows[0], rows.at(-1)];
    return {
      hasNextPage: backwards ? before !== undefined : more,
      hasPreviousPage: backwards ? more : after !== undefined,
      startCursor: start ? this.source.cursorOf(start) : null,
      endCursor: end ? this.source.cursorOf(end) : null,
    };
  }

  totalCount(): Promise<number> {
    return this.source.count();
  }
}

const wanted = new WeakMap<Selection, Wanted>();

function wantedBy(selection: Selection): Wanted {
  let found = wanted.get(selection);
  if (!found) {
    const { fields } = selection;
    const places = fields.has('pageInfo') || (selection.below('edges')?.fields.has('cursor') ?? false);
    found = { selection: Selection.of(selection.below('nodes'), selection.below('edges')?.below('node')), places };
    wanted.set(selection, found);
  }
  return found;
}

/** A concept's connection class: what its lists are made of, and the GraphQL type they show. */
export type ConnectionClass<Row> = new (source: PageSource<Row>) => Connection<Row>;

/**
 * The Relay connection and edge types of a concept: `<name>Connection`, `<name>Edge`.
 *
 * @param edge A richer edge type than `cursor` and `node`, where a list has something to say of each place.
 */
export function connectionType<Row extends object>(
  name: string,
  node: () => ClassType,
  edge?: ClassType,
): ConnectionClass<Row> {
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list, with its place.` })
  class PlainEdge {
    @Field(() => String, { description: 'The place in the list; give it as `after` or `before`.' })
    cursor!: string;
    @Field(node, { description: 'The record.' })
    node!: Row;
  }
  const EdgeType = edge ?? PlainEdge;
  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name} records.` })
  class ConnectionType extends Connection<Row> {
    @Field(() => [EdgeType], { description: 'The records with their places.' })
    override edges() {
      return super.edges();
    }
    @Field(() => [node()], { description: 'The records alone.' })
    override nodes() {
      return super.nodes();
    }
    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    override pageInfo() {
      return super.pageInfo();
    }
    @Cost(5)
    @Field(() => Int, { description: 'How many the whole list holds; counted only when asked for.' })
    override totalCount() {
      return super.totalCount();
    }
  }
  return ConnectionType;
}
