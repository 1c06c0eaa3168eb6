import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import { AssumedSize, SizeByArguments } from '../schema/cost.js';
import { nullOnError } from '../schema/null-on-error.js';
import { LabelledResolver } from './labelled.js';
import { Node, nodeById } from './node.js';

const MAX_NODE_IDS = 100;

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Returns the record with this id, of any type. Null if there is none.',
  })
  node(@Arg('id', () => ID, { description: 'The id, such as nl-rotterdam.' }) id: string, @Ctx() { em }: Context) {
    return nodeById(em, id);
  }

  @AssumedSize(20)
  @SizeByArguments({ length: ({ ids }) => (Array.isArray(ids) ? ids.length : 1) })
  @Query(() => [Node], {
    ...nullOnError(
      'Returns the records with these ids, in the same order. An entry is null if there is no record with that id.',
    ),
    nullable: 'itemsAndList',
  })
  nodes(@Arg('ids', () => [ID], { description: 'The ids: at most 100.' }) ids: string[], @Ctx() { em }: Context) {
    if (ids.length > MAX_NODE_IDS)
      throw new InputError(message('TOO_MANY_IDS', { argument: 'ids', limit: MAX_NODE_IDS, count: ids.length }));
    return ids.map(id => nodeById(em, id));
  }
}

/** The resolvers of all records. */
export const recordResolvers = [NodeResolver, LabelledResolver] as const;
