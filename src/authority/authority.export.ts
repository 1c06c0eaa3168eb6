import sql from 'sql-template-tag';
import { provenance } from '../export/provenance.js';
import { type Column, column, columns, type ExportTable, names } from '../export/table.js';
import { authorities } from './authority.listing.js';

/** Columns of one side of a partnership or an exchange, whose authority is joined under an alias. */
export function sideColumns(side: 'dutch' | 'chinese', alias: string): Column[] {
  return [
    column(`${side}.id`, `${alias}.id`),
    ...names(`${side}.names`, `${alias}.names`),
    column(`${side}.level`, `${alias}.level`),
    column(`${side}.parent.id`, `${alias}.parent_id`),
    ...location(`${side}.location`, alias),
  ];
}

function location(path: string, alias: string): Column[] {
  return [column(`${path}.latitude`, `${alias}.latitude`), column(`${path}.longitude`, `${alias}.longitude`)];
}

/** GeoJSON: a line from the Dutch to the Chinese side, or a point if only one side has a location. */
export const lineBetweenSides = sql`case
  when d.longitude is not null and c.longitude is not null then json_build_object('type', 'LineString', 'coordinates',
    json_build_array(json_build_array(d.longitude, d.latitude), json_build_array(c.longitude, c.latitude)))
  when coalesce(d.longitude, c.longitude) is not null then json_build_object('type', 'Point', 'coordinates',
    json_build_array(coalesce(d.longitude, c.longitude), coalesce(d.latitude, c.latitude))) end`;

const count = (table: string) =>
  `(select count(*)::int from ${table} record where record.dutch_id = a.id or record.chinese_id = a.id)`;

export const authorityTable: ExportTable = {
  name: 'authorities',
  listing: authorities,
  from: sql`authority a left join authority parent on parent.id = a.parent_id`,
  columns: [
    ...columns('a', 'id', 'country', 'level'),
    ...names('names', 'a.names', 'pinyin'),
    column('names.aliases', `coalesce(a.names->'aliases', '[]'::jsonb)`),
    column('cbsCode', "case a.country when 'NL' then a.code end"),
    column('gbCode', "case a.country when 'CN' then a.code end"),
    column('parent.id', 'parent.id'),
    ...names('parent.names', 'parent.names'),
    column('prefecture.id', 'a.prefecture_id'),
    ...location('location', 'a'),
    ...columns('a', 'wikidataId', 'dissolvedOn'),
    column('partnershipCount', count('partnership')),
    column('exchangeCount', count('exchange')),
    ...provenance('a', 'authority_id'),
  ],
  geometry: sql`case when a.longitude is not null then
    json_build_object('type', 'Point', 'coordinates', json_build_array(a.longitude, a.latitude)) end`,
};
