import sql from 'sql-template-tag';
import {
  Args,
  ArgsType,
  type ClassType,
  Ctx,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import type { Context } from '../context.js';
import { childConnection } from '../graph/list/child-list.js';
import { connectionType } from '../graph/list/connection-type.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import type { PageArgs } from '../graph/list/page.js';
import type { ListRelation } from '../graph/list/relation.js';
import { column } from '../graph/search/search-terms.js';
import { Change } from './change.js';
import { ChangeCursor, changeCursor, changeId } from './cursor.js';

@ObjectType({ description: 'One change in a list, with its place in the feed.' })
class ChangeEdge {
  @Field(() => ChangeCursor, { description: 'Its place in the feed; give it as `after`.' })
  cursor!: string;
  @Field(() => Change, { description: 'The change.' })
  node!: Change;
}

export const ChangeConnection = connectionType<Change>('Change', () => Change, ChangeEdge);

/** The log as a list: always in the order of the commits, with places that the feed takes too. */
export const changes: ListDefinition<Change> = {
  entity: Change,
  alias: 'c',
  connection: ChangeConnection,
  orders: { ID: { kind: 'integer', by: column('id') } },
  defaultOrder: [{ field: 'ID' }],
  selectsWholeRow: true,
  cursors: {
    encode: (_, [id]) => changeCursor(Number(id)),
    decode: cursor => [String(changeId(cursor))],
  },
};

@ArgsType()
export class ChangePage {
  @Field(() => Int, { nullable: true, description: 'How many to give: 1 to 100, 20 when nothing is said.' })
  first?: number | null;
  @Field(() => ChangeCursor, { nullable: true, description: 'Give those after this place.' })
  after?: string | null;
}

const changesOfSubject: ListRelation<Change> = {
  name: 'history',
  list: changes,
  on: (row, [subject]) => sql`${row}.subject_id = ${subject}`,
};

/** The `history` field of a concept, as a resolver class of its own. */
export function historyField(type: () => ClassType) {
  @Resolver(type)
  class History {
    @FieldResolver(() => ChangeConnection, { description: 'All its changes, oldest first.' })
    history(@Root() record: { id: string }, @Args(() => ChangePage) page: ChangePage, @Ctx() { em }: Context) {
      return childConnection(em, changesOfSubject, record, page as PageArgs);
    }
  }
  return History;
}
