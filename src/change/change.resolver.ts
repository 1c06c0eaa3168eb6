import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context.js';
import { rootConnection } from '../graph/list/root-list.js';
import { Node, nodeById } from '../graph/record/node.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { Change } from './change.js';
import { ChangeConnection, ChangePageArgs, changes } from './change.listing.js';
import type { SubscriptionEnd } from './change-source.js';
import { ChangeCursor, changeCursor } from './cursor.js';
import { ChangeFilter, changesWhere, checkFilter } from './filter.js';
import { latestPosition } from './log-reader.js';
import { resolveFilter } from './resolve-filter.js';
import { checkCursors, resumePosition } from './resume.js';
import type { Subscriber } from './subscriber.js';

/** Arguments of the subscription `changes`. */
export interface FollowArgs {
  after?: string | null;
  filter?: ChangeFilter | null;
}

/** Options of `follow`. */
export interface FollowOptions {
  /** False if the client selects no `fields`, which are not read then. */
  withFields?: boolean;
  /** Called when the server ends the subscription. */
  onEnd?: (end: SubscriptionEnd) => void;
}

/**
 * Subscribes to the changes after a cursor that match a filter.
 *
 * @throws GraphQLError for a cursor that is not in the log, or a filter that is malformed or names no authority.
 */
export async function follow(
  context: Pick<Context, 'em' | 'changes'>,
  args: FollowArgs,
  { withFields = true, onEnd }: FollowOptions = {},
): Promise<Subscriber> {
  const { em, changes: stream } = context;
  const { after } = args;
  // Checked before anything is sent: nobody would handle the rejection of that.
  const checked = checkFilter(args.filter);
  const [position, filter] = await Promise.all([
    // Without a cursor the log decides: this process may not have read the latest acknowledged change yet.
    after == null ? latestPosition(em) : resumePosition(context, after),
    resolveFilter(em, checked),
  ]);
  return stream.subscribe(position, { filter, withFields }, onEnd);
}

@Resolver(() => Change)
export class ChangeResolver {
  @Query(
    () => ChangeConnection,
    nullOnError('Returns the changes of the register, oldest first. `last: 10` returns the newest ten.'),
  )
  async changes(
    @Args(() => ChangePageArgs) page: ChangePageArgs,
    @Arg('filter', () => ChangeFilter, {
      nullable: true,
      description: 'Filters the changes: all conditions must hold.',
    })
    filter: ChangeFilter | null,
    @Ctx() context: Context,
  ) {
    const checked = checkFilter(filter);
    const [position, resolved] = await Promise.all([checkCursors(context, page), resolveFilter(context.em, checked)]);
    const args = position ? { ...page, after: changeCursor(position) } : page;
    return rootConnection(context.em, changes, 'Query.changes', args, changesWhere(resolved, sql`c`));
  }

  @Query(() => ChangeCursor, {
    description:
      'Cursor of the newest change. Read it before you load a copy of the data, then follow the changes after it: none is missed.',
  })
  async latestChangeCursor(@Ctx() { em }: Context): Promise<string> {
    return changeCursor(await latestPosition(em));
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
  cursor(@Root() change: Change, @Ctx() { operationState }: Context): string | null {
    const { dryRunChangeId = Number.POSITIVE_INFINITY } = operationState;
    return change.id >= dryRunChangeId ? null : changeCursor(change);
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: 'The current record. Null if it was withdrawn, and for a proposal: read that by its id.',
  })
  subject(@Root() { subjectId }: Change, @Ctx() { em }: Context) {
    return nodeById(em, subjectId);
  }
}
