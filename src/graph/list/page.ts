import { ArgsType, type ClassType, Field, Int } from 'type-graphql';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import type { OrderClass, OrderItem } from './order.js';

/** The length of a page without `first` and `last`. */
export const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

/** The four arguments of every Relay connection. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'Returns the first n records: 1 to 100, 20 by default.',
  })
  first?: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'Cursor: returns the records after it. Use `pageInfo.endCursor` of the previous page.',
  })
  after?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Returns the last n records, in the same order: 1 to 100. Cannot be combined with `first`.',
  })
  last?: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'Cursor: returns the records before it. Use `pageInfo.startCursor` of the next page.',
  })
  before?: string | null;
}

/** The arguments of a list with a filter and an order. */
export interface ListArgs extends PageArgs {
  filter?: object | null;
  orderBy?: OrderItem[] | null;
}

/**
 * Returns the arguments of a concept's lists: `filter`, `orderBy` and the page.
 *
 * @param order The default order, as it follows "Default:" in the description of `orderBy`.
 */
export function listArgs<F extends object, O extends string>(
  filterType: () => ClassType<F>,
  orderType: () => OrderClass<O>,
  order: string,
) {
  @ArgsType()
  class Args extends PageArgs implements ListArgs {
    @Field(filterType, {
      nullable: true,
      description:
        'Filters the records: all conditions must hold. Conditions that are null or an empty text are ignored, so that a form can send all its fields; a date that is not given is null.',
    })
    filter?: F | null;
    @Field(() => [orderType()], {
      nullable: true,
      description: `Sort order, first field first (at most 4 fields). Default: ${order}.`,
    })
    orderBy?: OrderItem<O>[] | null;
  }
  return Args;
}

/** A validated page: its size, its direction, and the cursors before and after it. */
export interface PageRequest {
  size: number;
  backwards: boolean;
  after?: string | undefined;
  before?: string | undefined;
}

/**
 * Validates the page arguments.
 *
 * @throws InputError for a size outside 1–100, or both `first` and `last`.
 */
export function pageRequest({ first, after, last, before }: PageArgs): PageRequest {
  if (first != null && last != null) {
    throw new InputError(message('FIRST_AND_LAST', { first, last }));
  }
  for (const [name, size] of Object.entries({ first, last })) {
    if (size != null && (size < 1 || size > MAX_PAGE_SIZE)) {
      throw new InputError(message('PAGE_SIZE_OUT_OF_RANGE', { argument: name, limit: MAX_PAGE_SIZE, value: size }));
    }
  }
  return {
    size: first ?? last ?? DEFAULT_PAGE_SIZE,
    backwards: last != null,
    after: after ?? undefined,
    before: before ?? undefined,
  };
}
