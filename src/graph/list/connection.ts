import { Directive, Field, ObjectType } from 'type-graphql';
import { mapMaybePromise } from '../execute/maybe-promise.js';
import { type Selection, type SelectionAware, withSelection } from '../execute/plan.js';
import type { PageRequest } from './page.js';
import { FULL_PAGE, type PageSelection, pageSelectionOf } from './page-selection.js';

@Directive('@shareable')
@ObjectType({ description: 'Page information, as the Relay specification defines it.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether records follow this page.' })
  hasNextPage!: boolean;
  @Field(() => Boolean, { description: 'Whether records precede this page.' })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first record. Null if the page is empty.' })
  startCursor!: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Cursor of the last record; pass it as `after` for the next page. Null if the page is empty; an empty page of changes repeats `after`.',
  })
  endCursor!: string | null;
}

/** A row of a page, and its position in the list. */
export interface Edge<Row> {
  node: Row;
  /** Undefined if it is not selected. */
  cursor: string | undefined;
}

/** At most `size + 1` rows in reading order, and the length of the whole list if the same statement counted it. */
export interface PageRows<Row> {
  rows: Row[];
  total?: number | undefined;
}

/** The callbacks by which a connection reads its page. */
export interface PageSource<Row> {
  page: PageRequest;
  /** Called at most once, when the first field that needs rows is resolved. A rejection becomes the error of each field. */
  read(selected: PageSelection): PageRows<Row> | Promise<PageRows<Row>>;
  /** The cursor at which an empty page ends. */
  emptyPageEnd?: string | undefined;
  /** Called per row whose cursor is selected. */
  cursorOf(row: Row): string;
  /** Called if `totalCount` is selected and the statement of the page did not count. */
  count(): Promise<number>;
}

interface Slice<Row> {
  rows: Row[];
  more: boolean;
  total: number | undefined;
}

/** A Relay connection. Reads its page when the first of its fields is resolved, and counts if `totalCount` is. */
export class Connection<Row> implements SelectionAware {
  #slice: Slice<Row> | Promise<Slice<Row>> | undefined;
  #selection = FULL_PAGE;

  constructor(readonly source: PageSource<Row>) {}

  [withSelection](selection: Selection): this {
    this.#selection = pageSelectionOf(selection);
    return this;
  }

  private slice(): Slice<Row> | Promise<Slice<Row>> {
    this.#slice ??= mapMaybePromise(this.source.read(this.#selection), ({ rows: read, total }) => {
      const { size, backwards } = this.source.page;
      const rows = read.length > size ? read.slice(0, size) : read;
      return { rows: backwards ? rows.toReversed() : rows, more: read.length > size, total };
    });
    return this.#slice;
  }

  nodes(): Row[] | Promise<Row[]> {
    return mapMaybePromise(this.slice(), ({ rows }) => rows);
  }

  edges(): Edge<Row>[] | Promise<Edge<Row>[]> {
    const { edges } = this.#selection;
    const hasCursors = edges === undefined || edges.fields.has('cursor');
    return mapMaybePromise(this.slice(), ({ rows }) =>
      rows.map(node => ({ node, cursor: hasCursors ? this.source.cursorOf(node) : undefined })),
    );
  }

  pageInfo(): PageInfo | Promise<PageInfo> {
    return mapMaybePromise(this.slice(), ({ rows, more }) => {
      const { backwards, after, before } = this.source.page;
      const [start, end] = [rows[0], rows.at(-1)];
      return {
        hasNextPage: backwards ? before !== undefined : more,
        hasPreviousPage: backwards ? more : after !== undefined,
        startCursor: start ? this.source.cursorOf(start) : null,
        endCursor: end ? this.source.cursorOf(end) : (this.source.emptyPageEnd ?? null),
      };
    });
  }

  async totalCount(): Promise<number> {
    const total = this.#selection.totalCount ? (await this.slice()).total : undefined;
    return total ?? this.source.count();
  }
}
