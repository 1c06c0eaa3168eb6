import { Args, type ClassType, Ctx, Extensions, FieldResolver, Root } from 'type-graphql';
import type { Fork } from '../sql/fork.js';
import { childConnection } from './child-list.js';
import type { Connection } from './connection.js';
import { planEagerLists } from './eager-list.js';
import type { ListArgs } from './page.js';
import type { ListRelation } from './relation.js';

/** The resolver of a list under a record, as `@ListField` defines it on the prototype of a resolver class. */
export type ListResolver<Row extends object> = (parent: { id: string }, args: ListArgs, em: Fork) => Connection<Row>;

/**
 * Declares a list under a record: the field with its arguments, its resolver (`childConnection`), and the planner by
 * which the record's own statement fetches the list if its arguments are constant (`planEagerLists`). Decorates a
 * property of a resolver class, which becomes the resolver:
 *
 *     @ListField(childrenOfAuthority, () => PageArgs, { description: '…' })
 *     readonly children!: ListResolver<Authority>;
 */
export function ListField<Row extends object>(
  relation: ListRelation<Row>,
  args: () => ClassType<ListArgs>,
  options: { description: string },
): PropertyDecorator {
  const resolve: ListResolver<Row> = (parent, listArgs, em) => childConnection(em, relation, parent, listArgs);
  const field = FieldResolver(() => relation.list.connection as ClassType, options) as PropertyDecorator;
  const eager = Extensions({ eagerList: planEagerLists(relation) }) as PropertyDecorator;
  return (prototype, name) => {
    Object.defineProperty(prototype, name, { value: resolve });
    Root()(prototype, name, 0);
    Args(args)(prototype, name, 1);
    Ctx('em')(prototype, name, 2);
    field(prototype, name);
    eager(prototype, name);
  };
}
