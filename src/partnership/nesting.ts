import sql, { type Sql } from 'sql-template-tag';

const isInProvince = (side: Sql, province: Sql) =>
  sql`${side} in (select inside.id from authority inside where inside.id = ${province} or inside.parent_id = ${province})`;

/** Condition: both sides of a partnership are provinces: they are part of no other authority. */
export const isOfProvinces = (row: Sql): Sql =>
  sql`not exists (select 1 from authority side where side.id in (${row}.dutch_id, ${row}.chinese_id) and side.parent_id is not null)`;

/**
 * Condition: a partnership is nested in another, whose two sides are provinces that contain both sides of this one.
 * Eindhoven–Nanjing is nested in Noord-Brabant–Jiangsu; another partnership of the same two provinces is not.
 */
export function isNestedIn(row: Sql, outer: Sql): Sql {
  return sql`(${row}.dutch_id, ${row}.chinese_id) <> (${outer}.dutch_id, ${outer}.chinese_id)
    and ${isOfProvinces(outer)}
    and ${isInProvince(sql`${row}.dutch_id`, sql`${outer}.dutch_id`)} and ${isInProvince(sql`${row}.chinese_id`, sql`${outer}.chinese_id`)}`;
}
