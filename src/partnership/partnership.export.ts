import sql, { raw } from 'sql-template-tag';
import { lineBetweenSides, sideColumns } from '../authority/sides.export.js';
import { provenance, statusPeriodSources } from '../export/provenance.js';
import { columns, countColumn, dateColumns, type ExportTable, exportColumn } from '../export/table.js';
import { isNestedIn } from './nesting.js';
import { partnerships } from './partnership.listing.js';

const ofPeriods = (what: string) => `(select ${what} from (
  select *, lead(from_on) over (order by from_day) as until from status_period where partnership_id = p.id) period)`;
const period =
  "json_build_object('status', period.status, 'from', period.from_on, 'until', period.until, 'reason', period.reason, 'decidedBy', period.decided_by)";
/** Status, EDTF interval and who decided, if known: `ACTIVE 1979/2021-05`, `ENDED 2021-05/.. by COUNCIL`. */
const periodText = `period.status || ' ' || period.from_on || '/' || coalesce(period.until, '..')
  || case when period.decided_by <> 'UNKNOWN' then ' by ' || period.decided_by else '' end`;

export const partnershipTable: ExportTable = {
  name: 'partnerships',
  listing: partnerships,
  from: sql`partnership p join authority d on d.id = p.dutch_id join authority c on c.id = p.chinese_id`,
  columns: [
    ...columns('p', 'id'),
    ...sideColumns('dutch', 'd'),
    ...sideColumns('chinese', 'c'),
    ...columns('p', 'kind', 'status'),
    ...dateColumns('p', 'statusSince', 'startedOn', 'endedOn', 'lastEvidenceOn'),
    exportColumn('statusPeriods', ofPeriods(`coalesce(json_agg(${period} order by period.from_day), '[]'::json)`), {
      text: raw(ofPeriods(`string_agg(${periodText}, '; ' order by period.from_day)`)),
      members: { status: 'text', from: 'text', until: 'text', reason: 'text', decidedBy: 'text' },
    }),
    ...columns('p', 'origin'),
    exportColumn('encouragedBy.id', 'p.encouraged_by_id'),
    exportColumn(
      'nestedIn.id',
      sql`(select o.id from partnership o where ${isNestedIn(sql`p`, sql`o`)} order by o.started_day, o.id limit 1)`,
    ),
    ...columns('p', 'motives', 'themes', 'support', 'dialogueTopics'),
    exportColumn(
      'programmeIds',
      'array(select programme_id from programme_partnership where partnership_id = p.id order by 1)',
      { type: 'texts' },
    ),
    countColumn('exchangeCount', '(select count(*)::int from exchange where partnership_id = p.id)'),
    ...columns('p', 'notes', 'confidence'),
    ...provenance('p', 'partnership_id'),
    statusPeriodSources('p.id'),
  ],
  wikidata: [
    exportColumn('dutch.wikidataId', 'd.wikidata_id'),
    exportColumn('chinese.wikidataId', 'c.wikidata_id'),
    ...columns('p', 'startedOn', 'endedOn'),
    exportColumn(
      'urls',
      `array(select s.url from citation cited join source s on s.id = cited.source_id
        where cited.partnership_id = p.id and s.url is not null order by cited.position, cited.id)`,
    ),
  ],
  citations: sql`cited.partnership_id = p.id
    or cited.status_period_id in (select id from status_period where partnership_id = p.id)`,
  geometry: lineBetweenSides,
};
