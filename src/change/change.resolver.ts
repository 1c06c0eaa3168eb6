import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context.js';
import { InputError } from '../graph/errors.js';
import { rootConnection } from '../graph/list/root-list.js';
import { Node, nodeById } from '../graph/record/node.js';
import { Change } from './change.js';
import { ChangeConnection, ChangePage, changes } from './change.listing.js';
import { ChangeCursor, changeCursor, changeId } from './cursor.js';
import { ChangeFilter, changesWhere, checkFilter } from './filter.js';
import { latestChange } from './log.js';

/** The arguments of the subscription. */
export interface FollowArgs {
  after?: string | null;
  filter?: ChangeFilter | null;
}

/**
 * The changes that a subscription asks for.
 *
 * @param onSlow Told the place to resume from when the client does not keep up, before it is ended.
 * @throws InputError for a cursor that is none of ours or lies beyond the newest change, or a malformed filter.
 */
export async function follow(
  { em, changes: stream }: Pick<Context, 'em' | 'changes'>,
  { after, filter }: FollowArgs,
  onSlow?: (place: number) => void,
): Promise<AsyncGenerator<Change>> {
  const checked = checkFilter(filter);
  // From now on means from the log's newest: this process may not have heard yet of what was just acknowledged.
  const place = after == null ? await latestChange(em) : await placeOf({ em, changes: stream }, after);
  return stream.subscribe(place, checked, onSlow);
}

/**
 * The id of the change that a cursor stands behind.
 *
 * @throws InputError INVALID_CURSOR when it lies beyond the newest.
 */
async function placeOf({ em, changes: stream }: Pick<Context, 'em' | 'changes'>, after: string): Promise<number> {
  const place = changeId(after);
  if (place > stream.newest && place > (await latestChange(em))) {
    throw new InputError(
      'after lies beyond the newest change: it is a cursor of another register. Load a copy and start from latestChangeCursor.',
      'INVALID_CURSOR',
    );
  }
  return place;
}

@Resolver(() => Change)
export class ChangeResolver {
  @Query(() => ChangeConnection, { description: 'The changes of the register, in the order in which they were made.' })
  async changes(
    @Args(() => ChangePage) page: ChangePage,
    @Arg('filter', () => ChangeFilter, { nullable: true, description: 'Only these changes.' })
    filter: ChangeFilter | null,
    @Ctx() context: Context,
  ) {
    const where = changesWhere(checkFilter(filter), sql`c`);
    if (page.after != null) await placeOf(context, page.after);
    return rootConnection(context.em, changes, 'Query.changes', page, where);
  }

  @Query(() => ChangeCursor, {
    description: 'Where the feed is now: load a copy, then follow from here, and nothing is missed.',
  })
  async latestChangeCursor(@Ctx() { em }: Context): Promise<string> {
    return changeCursor(await latestChange(em));
  }

  @Subscription(() => Change, {
    description:
      'Every change once, in the order in which they were made: first those after a place, then each as it comes, without a seam. Keep the cursor of the last one you dealt with, and give it as `after` when the connection broke.',
    subscribe: ({ args, context }) => follow(context, args as FollowArgs),
    name: 'changes',
  })
  changesFeed(
    @Root() change: Change,
    @Arg('after', () => ChangeCursor, {
      nullable: true,
      description: 'The last change you know; without it, only what comes from now on.',
    })
    _after: string | null,
    @Arg('filter', () => ChangeFilter, { nullable: true, description: 'Only these changes.' })
    _filter: ChangeFilter | null,
  ): Change {
    return change;
  }

  @FieldResolver(() => ChangeCursor, { description: 'Its place in the feed.' })
  cursor(@Root() { id }: Change): string {
    return changeCursor(id);
  }

  @FieldResolver(() => Node, { nullable: true, description: 'The record as it is now; null when it was withdrawn.' })
  subject(@Root() { subjectId }: Change, @Ctx() { em }: Context) {
    return nodeById(em, subjectId);
  }
}
