import sql from 'sql-template-tag';
import { lineBetweenSides, sideColumns } from '../authority/sides.export.js';
import { provenance } from '../export/provenance.js';
import { columns, dateColumns, type ExportTable, exportColumn, exportNames } from '../export/table.js';
import { exchanges } from './exchange.listing.js';

export const exchangeTable: ExportTable = {
  name: 'exchanges',
  listing: exchanges,
  from: sql`exchange e left join authority d on d.id = e.dutch_id left join authority c on c.id = e.chinese_id
    left join programme g on g.id = e.programme_id`,
  columns: [
    ...columns('e', 'id', 'kind', 'subkind'),
    ...exportNames('title', 'e.title', 'pinyin'),
    ...columns('e', 'status', 'recurring'),
    ...dateColumns('e', 'startedOn', 'endedOn'),
    ...sideColumns('dutch', 'd'),
    ...sideColumns('chinese', 'c'),
    exportColumn('partnership.id', 'e.partnership_id'),
    ...columns('e', 'underPartnership'),
    exportColumn('programme.id', 'e.programme_id'),
    ...exportNames('programme.names', 'g.names'),
    ...columns('e', 'participants', 'description', 'notes', 'confidence'),
    ...provenance('e', 'exchange_id'),
  ],
  citations: sql`cited.exchange_id = e.id`,
  geometry: lineBetweenSides,
};
