import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { authorities } from '../authority/authority.listing.js';
import { exchanges } from '../exchange/exchange.listing.js';
import type { Selection } from '../graph/execute/plan.js';
import type { PageSelection } from '../graph/list/page-selection.js';
import type { RowAssembler } from '../graph/read/eager.js';
import { type Projection, projectionOf } from '../graph/read/projection.js';
import { eagerRecordOf, RECORD_COLUMN } from '../graph/read/row-properties.js';
import { type RecordSource, recordsWhere } from '../graph/record/record-loader.js';
import { SearchType } from '../graph/search/search-document.js';
import type { Fork } from '../graph/sql/fork.js';
import { organisations } from '../organisation/organisation.listing.js';
import { partnerships } from '../partnership/partnership.listing.js';
import { programmes } from '../programme/programme.listing.js';

const SOURCES: Record<SearchType, RecordSource<{ id: string }>> = {
  AUTHORITY: authorities,
  PARTNERSHIP: partnerships,
  PROGRAMME: programmes,
  EXCHANGE: exchanges,
  ORGANISATION: organisations,
};

const projections = new WeakMap<PageSelection, Projection>();

/**
 * Returns what a search reads of its documents: their ids, the texts by field if `matchedOn` is selected, and in one column the
 * record with the selected fields, so that a search is one statement:
 *
 *     select page."id", page."type", (case page."type"
 *       when 'AUTHORITY' then (select row_to_json(record) from (
 *         select a."id" as "id", a."names" as "names" from "authority" a where a.id = page.id) record)
 *       when 'PARTNERSHIP' then … end) as "~record"
 *     from (…) page order by page."~"
 *
 * Without a selection (graphql-js has none) records are loaded by id, in one statement a type.
 */
export function foundProjection(em: Fork, selected: PageSelection): Projection {
  let projection = projections.get(selected);
  if (!projection) {
    projection = buildProjection(em, selected);
    projections.set(selected, projection);
  }
  return projection;
}

function buildProjection(em: Fork, { records, edges }: PageSelection): Projection {
  const readsTexts = edges ? edges.fields.has('matchedOn') : records === undefined;
  const names = ['id', 'type', ...(readsTexts ? ['fields'] : [])];
  const columns = names.map(name => `d."${name}" as "${name}"`).join(', ');
  const record = records && recordColumn(em, records);
  return {
    key: [columns, record?.key].join(),
    columns: raw(columns),
    names,
    joins: record && { columns: record.column, from: empty },
    assemble: record?.assemble,
  };
}

/** Returns the column of the record of a document, by the type of the record. */
function recordColumn(em: Fork, selection: Selection): { key: string; column: Sql; assemble: RowAssembler } {
  const read = Object.values(SearchType).map(type => {
    const source = SOURCES[type];
    return { type, source, projection: projectionOf(em, source.entity, source.alias, selection) };
  });
  const cases = read.map(({ type, source, projection }) => {
    const record = recordsWhere(em, source, projection, sql`= page.id`);
    return sql`when ${raw(`'${type}'`)} then (select row_to_json(record) from (${record}) record)`;
  });
  const assemblers = new Map(read.map(({ type, projection }) => [type, projection.assemble]));
  return {
    key: read.map(({ projection }) => projection.key).join(),
    column: sql`(case page."type" ${join(cases, ' ')} end) as ${RECORD_COLUMN}`,
    assemble: row => {
      const record = eagerRecordOf(row);
      if (record) assemblers.get((row as { type: SearchType }).type)?.(record);
    },
  };
}
