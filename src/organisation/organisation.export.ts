import sql from 'sql-template-tag';
import { provenance } from '../export/provenance.js';
import { columns, dateColumns, type ExportTable, exportColumn, exportNames } from '../export/table.js';
import { organisations } from './organisation.listing.js';

const contactPoints = sql`(select string_agg((point->>'type') || ' ' || (point->>'value'), '; ' order by position)
  from jsonb_array_elements(o.contact_points) with ordinality points(point, position))`;

export const organisationTable: ExportTable = {
  name: 'organisations',
  listing: organisations,
  from: sql`organisation o left join organisation parent on parent.id = o.parent_id`,
  columns: [
    ...columns('o', 'id', 'kind'),
    ...exportNames('names', 'o.names', 'pinyin'),
    exportColumn('names.aliases', `coalesce(o.names->'aliases', '[]'::jsonb)`),
    ...exportNames('role', 'o.role', 'pinyin'),
    ...columns('o', 'city', 'country'),
    exportColumn('parent.id', 'o.parent_id'),
    ...exportNames('parent.names', 'parent.names'),
    ...dateColumns('o', 'startedOn', 'endedOn'),
    ...columns('o', 'website'),
    exportColumn('contactPoints', 'o.contact_points', {
      text: contactPoints,
      members: { type: 'text', value: 'text', seenIn: 'text' },
    }),
    ...columns('o', 'notes', 'confidence'),
    ...provenance('o', 'organisation_id'),
  ],
  citations: sql`cited.organisation_id = o.id`,
};
