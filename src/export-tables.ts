import 'reflect-metadata';
import { authorityTable } from './authority/authority.export.js';
import { exchangeTable } from './exchange/exchange.export.js';
import type { ExportTable } from './export/table.js';
import { organisationTable } from './organisation/organisation.export.js';
import { partnershipTable } from './partnership/partnership.export.js';
import { programmeTable } from './programme/programme.export.js';

/** What can be exported, by the name of the field of Query that lists the same. */
export const tables: readonly ExportTable[] = [
  partnershipTable,
  authorityTable,
  programmeTable,
  exchangeTable,
  organisationTable,
];
