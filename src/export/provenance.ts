import { raw } from 'sql-template-tag';
import type { CitedColumn } from '../source/citation.js';
import { type Column, column } from './table.js';

/** A source as text: who published what, when, where, and which facts it carries. */
const TEXT = `s.publisher || ': ' || s.title || coalesce(' (' || s.published_on || ')', '') || coalesce(' ' || s.url, '')
  || case when cardinality(cited.supports) > 0 then ' [' || array_to_string(cited.supports, ', ') || ']' else '' end`;

/**
 * A column of sources: those whose citation meets a condition over `cited`.
 *
 * @param from The day that the period begins which they are cited for, where they are.
 */
function sources(name: string, condition: string, from?: string): Column {
  const source = `json_build_object('title', s.title, 'publisher', s.publisher, 'url', s.url,
    'publishedOn', s.published_on, 'supports', cited.supports${from ? `, 'from', ${from}` : ''})`;
  const of = (what: string) =>
    `(select ${what} from citation cited join source s on s.id = cited.source_id where ${condition})`;
  const text = from ? `'from ' || ${from} || ': ' || ${TEXT}` : TEXT;
  return column(name, of(`coalesce(json_agg(${source} order by cited.position, cited.id), '[]'::json)`), {
    text: raw(of(`string_agg(${text}, '; ' order by cited.position, cited.id)`)),
    provenance: true,
  });
}

const moment = (name: string, value: string): Column =>
  column(name, `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`, { provenance: true });

/** The columns that say where a record's facts come from, and how old the record is. */
export function provenance(alias: string, cited: CitedColumn): Column[] {
  return [
    sources('sources', `cited.${cited} = ${alias}.id`),
    column('version', `${alias}.version`, { provenance: true }),
    moment('createdAt', `${alias}.created_at`),
    moment('updatedAt', `${alias}.updated_at`),
  ];
}

/** The sources of a tie's periods, which are cited apart from the tie: each with the day its period begins. */
export const statusPeriodSources = (tie: string): Column =>
  sources(
    'statusPeriodSources',
    `cited.status_period_id in (select id from status_period where partnership_id = ${tie})`,
    '(select from_on from status_period where id = cited.status_period_id)',
  );
