import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { InputError } from '../graph/errors.js';
import { PageArgs } from '../graph/list/page.js';
import { rootConnection } from '../graph/list/root-list.js';
import { nodeById } from '../graph/record/node.js';
import { matches } from '../graph/search/matching.js';
import { type SearchDocument, SearchType } from '../graph/search/search-document.js';
import { parseSearch } from '../graph/search/search-terms.js';
import { hits, SearchConnection, SearchEdge, SearchResult } from './search.listing.js';

@Resolver()
export class SearchResolver {
  @Query(() => SearchConnection, {
    description:
      'Finds records by their names and texts, best match first. Ignores case, accents, tone marks and spaces in pinyin. The beginning of a word, or a single Chinese character, is enough. Forgives one wrong letter in a word of at least five letters that the register does not have (`Roterdam`), and finds older names of Chinese places (`Nanking`) and traditional characters. Finds records, not kinds of record: for all partnerships (in Dutch: stedenbanden) use `partnerships`, whose `filter.text` searches in the same way beside other conditions.',
  })
  search(
    @Arg('query', () => String, { description: 'The words to find: 1 to 200 characters, at most 12 words.' })
    query: string,
    @Arg('types', () => [SearchType], { nullable: true, description: 'Returns only records of these types.' }) types:
      | SearchType[]
      | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { em }: Context,
  ) {
    const terms = parseSearch(query, 'query');
    if (types?.length === 0) throw new InputError('types is empty; name at least one type, or leave it out.');
    const ofTypes = types ? sql` and d.type = any(${types}::text[])` : sql``;
    const name = JSON.stringify(['Query.search', terms, types]);
    const connection = rootConnection(em, hits(terms), name, page, sql`${matches(sql`d`, terms)}${ofTypes}`);
    return Object.assign(connection, { terms });
  }
}

/** Loads the records of the search documents: one statement per type. */
@Resolver(() => SearchEdge)
export class SearchEdgeResolver {
  @FieldResolver(() => SearchResult, { description: 'The record.' })
  node(@Root() { node }: { node: SearchDocument }, @Ctx() { em }: Context) {
    return nodeById(em, node.id);
  }
}

@Resolver(() => SearchConnection)
export class SearchConnectionResolver {
  @FieldResolver(() => [SearchResult], { description: 'Shorthand for `edges { node }`.' })
  async nodes(@Root() connection: SearchConnection, @Ctx() { em }: Context) {
    return (await connection.nodes()).map(({ id }) => nodeById(em, id));
  }
}
