import sql from 'sql-template-tag';
import { Args, ArgsType, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { childConnection } from '../graph/list/child-list.js';
import { connectionType } from '../graph/list/connection-type.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import type { PageArgs } from '../graph/list/page.js';
import type { ListRelation } from '../graph/list/relation.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { column, type EntityClass } from '../graph/sql/columns.js';
import { Change } from './change.js';
import { ChangeCursor, changeCursor, decodeChangeCursor } from './cursor.js';
import { RecordRedaction, redactionsOf } from './record-redactions.js';
import { checkCursors } from './resume.js';

@ObjectType({ description: 'One change of a list, with its cursor.' })
class ChangeEdge {
  @Field(() => ChangeCursor, {
    description:
      'Cursor of the change; pass it as `after`. In a dry run, the change that is not recorded has that of the newest recorded one.',
  })
  cursor!: string;
  @Field(() => Change, { description: 'The change.' })
  node!: Change;
}

export const ChangeConnection = connectionType('Change', () => Change, ChangeEdge);

/** The change log as a list, always in commit order. Its cursors are also accepted by the feed. */
export const changes: ListDefinition<Change> = {
  entity: Change,
  alias: 'c',
  connection: ChangeConnection,
  orders: { ID: { kind: 'integer', by: column('id') } },
  defaultOrder: [{ field: 'ID' }],
  selectsWholeRow: true,
  cursors: {
    encode: (_fingerprint, _position, row) => changeCursor(row as Change),
    decode: cursor => [String(decodeChangeCursor(cursor).id)],
  },
};

/** The four arguments of a list of changes: those of every connection, with cursors of the feed. */
@ArgsType()
export class ChangePageArgs implements PageArgs {
  @Field(() => Int, { nullable: true, description: 'Returns the first n changes: 1 to 100, 20 by default.' })
  first?: number | null;
  @Field(() => ChangeCursor, {
    nullable: true,
    description: 'Cursor: returns the changes after it. Use `pageInfo.endCursor` of the previous page.',
  })
  after?: string | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'Returns the last n changes, which are the newest, still oldest first: 1 to 100. Cannot be combined with `first`.',
  })
  last?: number | null;
  @Field(() => ChangeCursor, {
    nullable: true,
    description:
      'Cursor: returns the changes before it. Use it with `last`, and `pageInfo.startCursor` of the page of newer changes.',
  })
  before?: string | null;
}

const changesOfSubject: ListRelation<Change> = {
  name: 'history',
  list: changes,
  on: (row, [subject]) => sql`${row}.subject_id = ${subject}`,
};

/** Returns the changes of a record. That of a dry run has no cursor of its own: a client resumes after the newest recorded one. */
export function historyOf(context: Context, record: { id: string }, page: ChangePageArgs) {
  const connection = () => {
    const list = childConnection(context.em, changesOfSubject, record, page);
    const { dryRunChangeId, position } = context.operationState;
    if (dryRunChangeId === undefined) return list;
    const cursorOf = (change: Change) => changeCursor(change.id < dryRunChangeId ? change : position);
    return new changes.connection({ ...list.source, cursorOf });
  };
  const checked = checkCursors(context, page);
  return checked ? checked.then(connection) : connection();
}

/** Declares the fields `history` and `redactions` of a concept, as a separate resolver class. */
export function historyField(type: () => EntityClass<object>) {
  @Resolver(type)
  class History {
    @FieldResolver(() => ChangeConnection, {
      description: 'The changes of the record, oldest first. `last: 10` returns the newest ten.',
    })
    history(@Root() record: { id: string }, @Args(() => ChangePageArgs) page: ChangePageArgs, @Ctx() context: Context) {
      return historyOf(context, record, page);
    }

    @AssumedSize(2)
    @FieldResolver(() => [RecordRedaction], {
      description:
        'The redactions of the record, oldest first: texts that were removed for ever. Where they stood, its texts have the mark `[redacted]`.',
    })
    redactions(@Root() { id }: { id: string }, @Ctx() { em }: Context): Promise<RecordRedaction[]> {
      return redactionsOf(em, id);
    }
  }
  return History;
}
