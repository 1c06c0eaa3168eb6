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

/** Arguments of the subscription `changes`. */
export interface FollowArgs {
  after?: string | null;
  filter?: ChangeFilter | null;
}

/**
 * Subscribes to the changes after a cursor that match a filter.
 *
 * @param onSlow Called with the id to resume from when the client does not keep up; the caller then ends the stream.
 * @throws InputError for an invalid cursor, one newer than the newest change, or a malformed filter.
 */
export async function follow(
  { em, changes: stream }: Pick<Context, 'em' | 'changes'>,
  { after, filter }: FollowArgs,
  onSlow?: (lastId: number) => void,
): Promise<AsyncGenerator<Change>> {
  const checked = checkFilter(filter);
  // Without a cursor the log decides: this process may not have read the latest acknowledged change yet.
  const lastId = after == null ? await latestChange(em) : await existingChangeId({ em, changes: stream }, after);
  return stream.subscribe(lastId, checked, onSlow);
}

/**
 * Decodes a cursor to the id of its change.
 *
 * @throws InputError INVALID_CURSOR if it is newer than the newest change.
 */
async function existingChangeId(
  { em, changes: stream }: Pick<Context, 'em' | 'changes'>,
  after: string,
): Promise<number> {
  const id = changeId(after);
  if (id > stream.newest && id > (await latestChange(em))) {
    throw new InputError(
      'The cursor in after is newer than the newest change: it belongs to another register. Load a copy and start from latestChangeCursor.',
      'INVALID_CURSOR',
    );
  }
  return id;
}

@Resolver(() => Change)
export class ChangeResolver {
  @Query(() => ChangeConnection, { description: 'Returns the changes of the register, oldest first.' })
  async changes(
    @Args(() => ChangePage) page: ChangePage,
    @Arg('filter', () => ChangeFilter, {
      nullable: true,
      description: 'Filters the changes: all conditions must hold.',
    })
    filter: ChangeFilter | null,
    @Ctx() context: Context,
  ) {
    const where = changesWhere(checkFilter(filter), sql`c`);
    if (page.after != null) await existingChangeId(context, page.after);
    return rootConnection(context.em, changes, 'Query.changes', page, where);
  }

  @Query(() => ChangeCursor, {
    description:
      'Cursor of the newest change. Read it before you load a copy of the data, then follow the changes after it: none is missed.',
  })
  async latestChangeCursor(@Ctx() { em }: Context): Promise<string> {
    return changeCursor(await latestChange(em));
  }

  @Subscription(() => Change, {
    description:
      'Sends each change once, in the order of recording: first those after the cursor, then new ones as they happen, without gaps or duplicates. Save the cursor of the last change you handled, and pass it as `after` when you reconnect.',
    subscribe: ({ args, context }) => follow(context, args as FollowArgs),
    name: 'changes',
  })
  changesFeed(
    @Root() change: Change,
    @Arg('after', () => ChangeCursor, {
      nullable: true,
      description: 'Cursor: sends the changes after it. Without it, only changes from now on are sent.',
    })
    _after: string | null,
    @Arg('filter', () => ChangeFilter, {
      nullable: true,
      description: 'Filters the changes: all conditions must hold.',
    })
    _filter: ChangeFilter | null,
  ): Change {
    return change;
  }

  @FieldResolver(() => ChangeCursor, {
    nullable: true,
    description:
      'Cursor of the change in the change feed. Null only for the change of a dry run, which is not recorded.',
  })
  cursor(@Root() { id }: Change, @Ctx() { operationState }: Context): string | null {
    return id === operationState.dryRunChangeId ? null : changeCursor(id);
  }

  @FieldResolver(() => Node, { nullable: true, description: 'The current record. Null if it was withdrawn.' })
  subject(@Root() { subjectId }: Change, @Ctx() { em }: Context) {
    return nodeById(em, subjectId);
  }
}
