import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { InputError } from '../errors.js';
import { AssumedSize } from '../schema/cost.js';
import { checkId, Node, nodeById } from './node.js';

const MAX_NODE_IDS = 100;

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'The record that an id names, of whatever type; null when there is none.',
  })
  node(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() { em }: Context) {
    return nodeById(em, id);
  }

  @AssumedSize(20)
  @Query(() => [Node], {
    nullable: 'items',
    description: 'The records that ids name, in their order; null in the place of one that names none.',
  })
  nodes(@Arg('ids', () => [ID], { description: 'Their ids: at most 100.' }) ids: string[], @Ctx() { em }: Context) {
    if (ids.length > MAX_NODE_IDS)
      throw new InputError(`ids names at most ${MAX_NODE_IDS} records; got ${ids.length}.`);
    for (const [index, id] of ids.entries()) checkId(id, `ids[${index}]`);
    return ids.map(id => nodeById(em, id));
  }
}
