import sql from 'sql-template-tag';
import { type ExportColumn, exportColumn, exportNames } from '../export/table.js';
import { locationColumns } from './authority.export.js';

/** Returns the columns of one side of a partnership or an exchange, whose authority is joined under an alias. */
export function sideColumns(side: 'dutch' | 'chinese', alias: string): ExportColumn[] {
  return [
    exportColumn(`${side}.id`, `${alias}.id`),
    ...exportNames(`${side}.names`, `${alias}.names`),
    exportColumn(`${side}.level`, `${alias}.level`),
    exportColumn(`${side}.parent.id`, `${alias}.parent_id`),
    ...locationColumns(`${side}.location`, alias),
  ];
}

/**
 * A line from the Dutch side `d` to the Chinese side `c`; the point of one of them if the other has no coordinates.
 */
export const lineBetweenSides = sql`case
  when d.longitude is not null and c.longitude is not null then json_build_object('type', 'LineString', 'coordinates',
    json_build_array(json_build_array(d.longitude, d.latitude), json_build_array(c.longitude, c.latitude)))
  when coalesce(d.longitude, c.longitude) is not null then json_build_object('type', 'Point', 'coordinates',
    json_build_array(coalesce(d.longitude, c.longitude), coalesce(d.latitude, c.latitude))) end`;
