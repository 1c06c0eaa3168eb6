import sql from 'sql-template-tag';
import { provenance } from '../export/provenance.js';
import {
  columns,
  countColumn,
  dateColumns,
  type ExportColumn,
  type ExportTable,
  exportColumn,
  exportNames,
} from '../export/table.js';
import { authorities } from './authority.listing.js';

/** Returns the columns of the coordinates of an authority. */
export function locationColumns(path: string, alias: string): ExportColumn[] {
  return [
    exportColumn(`${path}.latitude`, `${alias}.latitude`),
    exportColumn(`${path}.longitude`, `${alias}.longitude`),
  ];
}

/** Counts the records of each side by its index; no authority is on both sides. */
const count = (table: string) =>
  `((select count(*)::int from ${table} record where record.dutch_id = a.id)
    + (select count(*)::int from ${table} record where record.chinese_id = a.id))`;

export const authorityTable: ExportTable = {
  name: 'authorities',
  listing: authorities,
  from: sql`authority a left join authority parent on parent.id = a.parent_id`,
  columns: [
    ...columns('a', 'id', 'country', 'level'),
    ...exportNames('names', 'a.names', 'pinyin'),
    exportColumn('names.aliases', `coalesce(a.names->'aliases', '[]'::jsonb)`),
    exportColumn('cbsCode', "case a.country when 'NL' then a.code end"),
    exportColumn('gbCode', "case a.country when 'CN' then a.code end"),
    exportColumn('parent.id', 'parent.id'),
    ...exportNames('parent.names', 'parent.names'),
    exportColumn('prefecture.id', 'a.prefecture_id'),
    ...locationColumns('location', 'a'),
    ...columns('a', 'wikidataId'),
    ...dateColumns('a', 'dissolvedOn'),
    exportColumn('succeededBy.id', 'a.succeeded_by_id'),
    countColumn('partnershipCount', count('partnership')),
    countColumn('exchangeCount', count('exchange')),
    ...provenance('a', 'authority_id'),
  ],
  citations: sql`cited.authority_id = a.id`,
  geometry: sql`case when a.longitude is not null then
    json_build_object('type', 'Point', 'coordinates', json_build_array(a.longitude, a.latitude)) end`,
};
