import sql from 'sql-template-tag';
import { provenance } from '../export/provenance.js';
import { columns, countColumn, dateColumns, type ExportTable, exportColumn, exportNames } from '../export/table.js';
import { programmes } from './programme.listing.js';

const participants = (participant: string) =>
  exportColumn(
    `${participant}Ids`,
    `array(select ${participant}_id from programme_${participant} where programme_id = g.id order by 1)`,
    { type: 'texts' },
  );

export const programmeTable: ExportTable = {
  name: 'programmes',
  listing: programmes,
  from: sql`programme g`,
  columns: [
    ...columns('g', 'id'),
    ...exportNames('names', 'g.names', 'pinyin'),
    exportColumn('names.aliases', `coalesce(g.names->'aliases', '[]'::jsonb)`),
    ...columns('g', 'description', 'inVngInternationalPortfolio'),
    ...dateColumns('g', 'startedOn', 'endedOn'),
    ...columns('g', 'funder', 'implementer', 'projectCode', 'iatiId', 'budgetEur', 'themes'),
    ...['organisation', 'authority', 'partnership'].map(participants),
    ...columns('g', 'otherPartners'),
    countColumn('exchangeCount', '(select count(*)::int from exchange where programme_id = g.id)'),
    ...columns('g', 'notes', 'confidence'),
    ...provenance('g', 'programme_id'),
  ],
  citations: sql`cited.programme_id = g.id`,
  // GeoJSON: the locations of the participating authorities.
  geometry: sql`(select case when count(*) > 0 then json_build_object('type', 'MultiPoint', 'coordinates',
    json_agg(json_build_array(a.longitude, a.latitude) order by a.id)) end
    from programme_authority link join authority a on a.id = link.authority_id
    where link.programme_id = g.id and a.longitude is not null)`,
};
