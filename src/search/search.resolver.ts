import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { PageArgs } from '../graph/list/page.js';
import { rootConnection } from '../graph/list/root-list.js';
import { eagerRecordOf } from '../graph/read/row-properties.js';
import { nodeById } from '../graph/record/node.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { matches } from '../graph/search/matching.js';
import { type SearchDocument, SearchType } from '../graph/search/search-document.js';
import { parseSearch } from '../graph/search/search-terms.js';
import type { Fork } from '../graph/sql/fork.js';
import { emptyPage, hits, SearchConnection, SearchEdge, SearchResult } from './search.listing.js';

@Resolver()
class SearchResolver {
  @Query(
    () => SearchConnection,
    nullOnError(
      'Finds records by their names and texts, best match first. Ignores case, accents, tone marks and spaces in pinyin. The beginning of a word, or a single Chinese character, is enough. Forgives one wrong letter in a word of at least five letters that the register does not have (`Roterdam`), and finds older names of Chinese places (`Nanking`) and traditional characters. Finds records, not kinds of record: for all partnerships (in Dutch: stedenbanden) use `partnerships`, whose `filter.text` searches in the same way beside other conditions.',
    ),
  )
  search(
    @Arg('query', () => String, {
      description:
        'The words to find: at most 200 characters and 12 words. A text without a letter, digit or Chinese character finds nothing.',
    })
    query: string,
    @Arg('types', () => [SearchType], {
      nullable: true,
      description: 'Returns only records of these types. `[]` matches nothing.',
    })
    types: SearchType[] | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { em }: Context,
  ) {
    const search = searches.get(page) ?? searchFor(query, types);
    if (!search) return emptyPage(page);
    searches.set(page, search);
    const { terms, name, listing, restriction } = search;
    return Object.assign(rootConnection(em, listing, name, page, restriction), { terms });
  }
}

/** Memoised by argument-object identity, as in `listPlan`. */
const searches = new WeakMap<PageArgs, NonNullable<ReturnType<typeof searchFor>>>();

/** Returns what a search asks of the list of documents; null if it has nothing to search for. */
function searchFor(query: string, types: SearchType[] | null) {
  const terms = parseSearch(query, 'query');
  if (!terms || types?.length === 0) return null;
  const ofTypes = types ? sql` and d.type = any(${types}::text[])` : sql``;
  return {
    terms,
    name: JSON.stringify(['Query.search', terms, types]),
    listing: hits(terms),
    restriction: sql`${matches(sql`d`, terms)}${ofTypes}`,
  };
}

/** Returns the record of a search document; loads it if the statement of the search has not read it. */
const recordOf = (em: Fork, hit: SearchDocument) => eagerRecordOf(hit) ?? nodeById(em, hit.id);

@Resolver(() => SearchEdge)
class SearchEdgeResolver {
  @FieldResolver(() => SearchResult, { description: 'The record.' })
  node(@Root() { node }: { node: SearchDocument }, @Ctx() { em }: Context) {
    return recordOf(em, node);
  }
}

@Resolver(() => SearchConnection)
class SearchConnectionResolver {
  @FieldResolver(() => [SearchResult], { description: 'Shorthand for `edges { node }`.' })
  async nodes(@Root() connection: SearchConnection, @Ctx() { em }: Context) {
    return (await connection.nodes()).map(hit => recordOf(em, hit));
  }
}

export const searchResolvers = [SearchResolver, SearchEdgeResolver, SearchConnectionResolver] as const;
