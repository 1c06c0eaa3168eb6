import sql, { type Sql } from 'sql-template-tag';
import { createUnionType, Field, Float, Int, ObjectType } from 'type-graphql';
import { ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { Exchange } from '../exchange/exchange.js';
import { Connection, PageInfo } from '../graph/list/connection.js';
import type { ConnectionClass } from '../graph/list/connection-type.js';
import type { ListDefinition } from '../graph/list/list-definition.js';
import { OrderDirection } from '../graph/list/order.js';
import { type PageArgs, pageRequest } from '../graph/list/page.js';
import { cursorValue } from '../graph/read/row-properties.js';
import { resolveNodeType } from '../graph/record/node.js';
import { Cost } from '../graph/schema/cost.js';
import { fieldsOfOtherSpellings, RANKS, rankOf } from '../graph/search/matching.js';
import { SearchDocument, SearchType } from '../graph/search/search-document.js';
import { matchedFields, type SearchTerms } from '../graph/search/search-terms.js';
import { column, textArray } from '../graph/sql/columns.js';
import { codeList } from '../graph/types/code-list.js';
import { Organisation } from '../organisation/organisation.js';
import { Partnership } from '../partnership/partnership.js';
import { Programme } from '../programme/programme.js';
import { foundProjection } from './found-records.js';

codeList('SearchType', SearchType, 'Type of record that search finds.', {
  AUTHORITY: ['Authorities: found by their names and their official code.', 'Overheid', 'Authority', '政府'],
  PARTNERSHIP: ['Partnerships: found by the names of both sides, themes and notes.', 'Band', 'Partnership', '友好关系'],
  PROGRAMME: ['Programmes: found by their names, partners and texts.', 'Programma', 'Programme', '项目'],
  EXCHANGE: [
    'Exchanges: found by their titles, both sides, participants and texts.',
    'Uitwisseling',
    'Exchange',
    '交流活动',
  ],
  ORGANISATION: ['Organisations: found by their names, role, city and notes.', 'Organisatie', 'Organisation', '机构'],
});

export const SearchResult = createUnionType({
  name: 'SearchResult',
  description: 'A record found by a search.',
  types: () => [DutchAuthority, ChineseAuthority, Partnership, Programme, Exchange, Organisation] as const,
  resolveType: resolveNodeType,
});

/** Returns the fields that match; `fields` is read if they are selected. */
const matchedOn = (fields: SearchDocument['fields'], terms: SearchTerms, isExact: boolean) =>
  isExact ? matchedFields(fields, terms) : fieldsOfOtherSpellings(fields, terms);

/** The rank of a record that is only found by another spelling. */
const OTHER_SPELLING_RANK = 0.1;

@ObjectType({ description: 'One search result: the record, its cursor, and how it matches the query.' })
export class SearchEdge {
  @Field(() => String, { description: 'Cursor of the record; pass it as `after` or `before`.' })
  cursor!: string;
  @Field(() => Float, {
    description:
      'How well the record matches: a name or the code equals the query (1), a name starts with it (0.75), names contain it (0.5), other texts contain it (0.25), only another spelling is found (0.1).',
  })
  rank!: number;
  @Field(() => [String], {
    description: 'The fields that match the query, such as names.zh. Their labels are in the code list `Field`.',
  })
  matchedOn!: string[];
}

@Cost(10)
@ObjectType({ description: 'One page of search results, best match first.' })
export class SearchConnection extends Connection<SearchDocument> {
  terms!: SearchTerms;
  @Field(() => [SearchEdge], { description: 'Records with their cursors and ranks.' })
  override async edges() {
    const edges = await super.edges();
    return edges.map(({ cursor, node: hit }) => {
      const rank = Number(cursorValue(hit, 0));
      const isExact = rank > RANKS.SIMILAR;
      return {
        cursor,
        node: hit,
        rank: isExact ? rank / RANKS.NAME : OTHER_SPELLING_RANK,
        matchedOn: hit.fields === undefined ? [] : matchedOn(hit.fields, this.terms, isExact),
      };
    });
  }
  @Field(() => PageInfo, {
    description: 'First and last cursor of the page, and whether more records follow or precede it.',
  })
  override pageInfo() {
    return super.pageInfo();
  }
  @Field(() => Int, { description: 'Number of records on all pages. Counted only if selected.' })
  override totalCount() {
    return super.totalCount();
  }
}

const typeOrder = (row: Sql) => sql`array_position(${textArray(Object.values(SearchType))}, ${row}.type)`;

/** Returns the page of a search that finds nothing, without a statement. */
export function emptyPage(args: PageArgs): SearchConnection {
  const page = { ...pageRequest(args), after: undefined, before: undefined };
  return new SearchConnection({ page, read: () => ({ rows: [] }), cursorOf: () => '', count: async () => 0 });
}

export const hits = (terms: SearchTerms): ListDefinition<SearchDocument> => ({
  entity: SearchDocument,
  alias: 'd',
  connection: SearchConnection as unknown as ConnectionClass,
  orders: {
    RANK: { kind: 'integer', by: row => rankOf(row, terms) },
    TYPE: { kind: 'integer', by: typeOrder },
    NAME: { kind: 'text', by: column('sort_name') },
  },
  defaultOrder: [{ field: 'RANK', direction: OrderDirection.DESC }, { field: 'TYPE' }, { field: 'NAME' }],
  projection: foundProjection,
});
