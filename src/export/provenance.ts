import type { CitedColumn } from '../source/citation.js';
import { type Column, column, type Entry } from './table.js';

/** A source as text: who published what, when, where, and which facts it carries. */
function sourceText({ publisher, title, publishedOn, url, supports, from }: Entry): string {
  const facts = (supports as string[]).length ? ` [${(supports as string[]).join(', ')}]` : '';
  const period = from === undefined ? '' : `from ${from}: `;
  return `${period}${publisher}: ${title}${publishedOn ? ` (${publishedOn})` : ''}${url ? ` ${url}` : ''}${facts}`;
}

/** A column of sources: those whose citation meets a condition over `cited`, with what else there is to say of each. */
function sources(name: string, condition: string, also = ''): Column {
  const source = `json_build_object('title', s.title, 'publisher', s.publisher, 'url', s.url,
    'publishedOn', s.published_on, 'supports', cited.supports${also})`;
  return column(
    name,
    `(select coalesce(json_agg(${source} order by cited.position, cited.id), '[]'::json)
      from citation cited join source s on s.id = cited.source_id where ${condition})`,
    { provenance: true, entry: sourceText },
  );
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
    `, 'from', (select from_on from status_period where id = cited.status_period_id)`,
  );
