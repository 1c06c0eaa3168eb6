import { Directive, Field, ObjectType } from 'type-graphql';
import { Selection, type SelectionAware, withSelection } from '../execute/plan.js';
import type { PageRequest } from './page.js';

@Directive('@shareable')
@ObjectType({ description: 'Position of a page in its list, as the Relay specification defines it.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether records follow this page.' })
  hasNextPage!: boolean;
  @Field(() => Boolean, { description: 'Whether records precede this page.' })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first record. Null if the page is empty.' })
  startCursor!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last record; pass it as `after` for the next page. Null if the page is empty.',
  })
  endCursor!: string | null;
}

/** One row of a page, and its place in the list. */
export interface Edge<Row> {
  node: Row;
  cursor: string;
}

/** What of a page is asked for. */
export interface PageSelection {
  /** Of its records; undefined when that is not known. */
  selection: Selection | undefined;
  /** Whether any row matters, or only how many there are. */
  rows: boolean;
  /** Whether the place of each row matters. */
  cursors: boolean;
  /** Whether the whole list is to be counted beside its page. */
  totalCount: boolean;
}

/** What is wanted where nobody says what: all of it. */
export const FULL_PAGE: PageSelection = { selection: undefined, rows: true, cursors: true, totalCount: false };

/** At most `size + 1` rows in reading order, and the length of the whole list where it was counted with them. */
export interface PageRows<Row> {
  rows: Row[];
  total?: number | undefined;
}

/** What reading a page takes. */
export interface PageSource<Row> {
  page: PageRequest;
  read: (wanted: PageSelection) => PageRows<Row> | Promise<PageRows<Row>>;
  cursorOf: (row: Row) => string;
  count: () => Promise<number>;
}

interface Slice<Row> {
  rows: Row[];
  more: boolean;
  total: number | undefined;
}

/** A page that is read when one of its edges is asked for, and counted when `totalCount` is. */
export class Connection<Row> implements SelectionAware {
  #slice: Slice<Row> | Promise<Slice<Row>> | undefined;
  #wanted = FULL_PAGE;

  constructor(private readonly source: PageSource<Row>) {}

  [withSelection](selection: Selection): this {
    this.#wanted = pageSelectionOf(selection);
    return this;
  }

  private slice(): Slice<Row> | Promise<Slice<Row>> {
    this.#slice ??= mapMaybePromise(this.source.read(this.#wanted), ({ rows: found, total }) => {
      const { size, backwards } = this.source.page;
      const rows = found.length > size ? found.slice(0, size) : found;
      return { rows: backwards ? rows.toReversed() : rows, more: found.length > size, total };
    });
    return this.#slice;
  }

  nodes(): Row[] | Promise<Row[]> {
    return mapMaybePromise(this.slice(), ({ rows }) => rows);
  }

  edges(): Edge<Row>[] | Promise<Edge<Row>[]> {
    return mapMaybePromise(this.slice(), ({ rows }) =>
      rows.map(node => ({ node, cursor: this.source.cursorOf(node) })),
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
        endCursor: end ? this.source.cursorOf(end) : null,
      };
    });
  }

  async totalCount(): Promise<number> {
    const counted = this.#wanted.totalCount ? (await this.slice()).total : undefined;
    return counted ?? this.source.count();
  }
}

/** Goes on with a value, at once where it is there: most lists come with their records, and promises are dear. */
function mapMaybePromise<A, B>(value: A | Promise<A>, next: (value: A) => B): B | Promise<B> {
  return value instanceof Promise ? value.then(next) : next(value);
}

const pageSelections = new WeakMap<Selection, PageSelection>();

/** What of a page is wanted for what is asked of its connection. */
export function pageSelectionOf(selection: Selection): PageSelection {
  let found = pageSelections.get(selection);
  if (!found) {
    const { fields } = selection;
    const cursors = fields.has('pageInfo') || (selection.child('edges')?.fields.has('cursor') ?? false);
    const hasRows = ['nodes', 'edges', 'pageInfo'].some(name => fields.has(name));
    found = {
      selection: Selection.merge(selection.child('nodes'), selection.child('edges')?.child('node')),
      rows: hasRows,
      cursors,
      totalCount: hasRows && fields.has('totalCount'),
    };
    pageSelections.set(selection, found);
  }
  return found;
}
