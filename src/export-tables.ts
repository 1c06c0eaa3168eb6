import 'reflect-metadata';
import { authorityTable } from './authority/authority.export.js';
import { exchangeTable } from './exchange/exchange.export.js';
import type { ExportTable } from './export/table.js';
import { organisationTable } from './organisation/organisation.export.js';
import { partnershipTable } from './partnership/partnership.export.js';
import { programmeTable } from './programme/programme.export.js';

/** The exportable tables. The name of each is also the field of Query that lists the same records. */
export const tables: readonly ExportTable[] = [
  partnershipTable,
  authorityTable,
  programmeTable,
  exchangeTable,
  organisationTable,
];
