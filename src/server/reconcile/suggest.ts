import sql, { join } from 'sql-template-tag';
import { matches, rankOf } from '../../graph/search/matching.js';
import { SearchType } from '../../graph/search/search-document.js';
import { parseSearch } from '../../graph/search/search-terms.js';
import { textArray } from '../../graph/sql/columns.js';
import type { Fork } from '../../graph/sql/fork.js';
import { queryRows } from '../../graph/sql/query.js';
import { compact } from '../../graph/types/text.js';
import type { MatchType } from '../../matching/match.js';
import type { MessageLanguage } from '../../messages/message.js';
import { loadEntities } from './entities.js';
import { propertiesOf, propertyIn } from './properties.js';
import { typeIn, typesIn } from './types.js';

/** A request for suggestions. */
export interface Suggestions {
  prefix: string;
  type: MatchType | undefined;
  offset: number;
  limit: number;
}

const TYPES = [SearchType.AUTHORITY, SearchType.ORGANISATION, SearchType.PROGRAMME, SearchType.PARTNERSHIP];
const SEARCH_TYPES: Readonly<Record<MatchType, SearchType>> = {
  Authority: SearchType.AUTHORITY,
  DutchAuthority: SearchType.AUTHORITY,
  ChineseAuthority: SearchType.AUTHORITY,
  Organisation: SearchType.ORGANISATION,
  Programme: SearchType.PROGRAMME,
  Partnership: SearchType.PARTNERSHIP,
};

/** Returns the records that a search finds, best match first, and the record whose id the prefix is. */
export async function suggestEntities(
  em: Fork,
  { prefix, type, offset, limit }: Suggestions,
  language: MessageLanguage,
) {
  const terms = parseSearch(prefix, 'prefix');
  const id = prefix.trim();
  const types = type ? [SEARCH_TYPES[type]] : TYPES;
  const ofCountry =
    type === 'DutchAuthority'
      ? sql`and d.id like 'nl-%'`
      : type === 'ChineseAuthority'
        ? sql`and d.id like 'cn-%'`
        : sql``;
  const hits = terms
    ? await queryRows<{ id: string }>(
        em,
        sql`select d.id from search_document d
          where d.type in (${join(types)}) ${ofCountry} and (d.id = ${id} or ${matches(sql`d`, terms)})
          order by d.id = ${id} desc, ${rankOf(sql`d`, terms)} desc, array_position(${textArray(TYPES)}, d.type), d.sort_name, d.id
          offset ${offset} limit ${limit}`,
      )
    : [];
  const entities = await loadEntities(
    em,
    hits.map(row => row.id),
    language,
  );
  return entities.flatMap(entity =>
    entity
      ? [
          {
            id: entity.id,
            name: entity.name,
            description: entity.description,
            notable: [notable(entity.type, language)],
          },
        ]
      : [],
  );
}

const notable = (type: MatchType, language: MessageLanguage) => {
  const { id, name } = typeIn(type, language);
  return { id, name };
};

/** Returns whether a text begins the id or the name of an item, or a word of them; an empty text begins all. */
const begins = (prefix: string, { id, name }: { id: string; name: string }) => {
  const wanted = compact(prefix);
  return [id, name, ...name.split(' ')].some(text => compact(text).startsWith(wanted));
};

const page = <T>(items: readonly T[], { offset, limit }: Suggestions): T[] => items.slice(offset, offset + limit);

export const suggestTypes = (asked: Suggestions, language: MessageLanguage) =>
  page(
    typesIn(language).filter(item => begins(asked.prefix, item)),
    asked,
  );

export const suggestProperties = (asked: Suggestions, language: MessageLanguage) =>
  page(
    propertiesOf(asked.type)
      .map(property => propertyIn(property, language))
      .filter(item => begins(asked.prefix, item)),
    asked,
  );
