import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../context.js';
import { nodeByIdOfType } from '../graph/record/node.js';
import { Source } from './source.js';
import { sources } from './source.listing.js';

@Resolver()
export class SourceResolver {
  @Query(() => Source, { nullable: true, description: 'Returns the source with this id. Null if there is none.' })
  source(
    @Arg('id', () => ID, { description: 'The id, such as that of the source of a citation.' }) id: string,
    @Ctx() { em }: Context,
  ) {
    return nodeByIdOfType(em, sources, id, 'src');
  }
}
