import { raw } from 'sql-template-tag';
import type { CitedColumn } from '../source/citation.js';
import { type ExportColumn, exportColumn } from './table.js';

/** SQL of a source as text: `publisher: title (date) url [facts]`. */
const TEXT = `s.publisher || ': ' || s.title || coalesce(' (' || s.published_on || ')', '') || coalesce(' ' || s.url, '')
  || case when cardinality(cited.supports) > 0 then ' [' || array_to_string(cited.supports, ', ') || ']' else '' end`;

/**
 * Declares a column of sources: a JSON array, or a text for flat formats.
 *
 * ```sql
 * (select coalesce(json_agg(json_build_object('title', s.title, …) order by cited.position, cited.id), '[]'::json)
 *  from citation cited join source s on s.id = cited.source_id where cited.partnership_id = p.id)
 * ```
 *
 * @param condition SQL over `cited`.
 * @param startedOn SQL of the start of the cited status period; omitted for sources of the record itself.
 */
function sources(name: string, condition: string, startedOn?: string): ExportColumn {
  const source = `json_build_object('title', s.title, 'publisher', s.publisher, 'url', s.url,
    'publishedOn', s.published_on, 'supports', cited.supports${startedOn ? `, 'from', ${startedOn}` : ''})`;
  const select = (expression: string) =>
    `(select ${expression} from citation cited join source s on s.id = cited.source_id where ${condition})`;
  const text = startedOn ? `'from ' || ${startedOn} || ': ' || ${TEXT}` : TEXT;
  return exportColumn(name, select(`coalesce(json_agg(${source} order by cited.position, cited.id), '[]'::json)`), {
    text: raw(select(`string_agg(${text}, '; ' order by cited.position, cited.id)`)),
    provenance: true,
    members: {
      title: 'text',
      publisher: 'text',
      url: 'text',
      publishedOn: 'text',
      supports: 'texts',
      ...(startedOn && { from: 'text' }),
    },
  });
}

const timestamp = (name: string, value: string): ExportColumn =>
  exportColumn(name, `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`, { provenance: true });

/** Returns the version of a record, and the columns of `provenance=true`: its sources and timestamps. */
export function provenance(alias: string, cited: CitedColumn): ExportColumn[] {
  return [
    sources('sources', `cited.${cited} = ${alias}.id`),
    exportColumn('version', `${alias}.version`),
    timestamp('createdAt', `${alias}.created_at`),
    timestamp('updatedAt', `${alias}.updated_at`),
  ];
}

/** Declares the column of the sources of a partnership's status periods, each with the start of its period. */
export const statusPeriodSources = (partnershipId: string): ExportColumn =>
  sources(
    'statusPeriodSources',
    `cited.status_period_id in (select id from status_period where partnership_id = ${partnershipId})`,
    '(select from_on from status_period where id = cited.status_period_id)',
  );
