import sql, { type Sql } from 'sql-template-tag';

const isInProvince = (side: Sql, province: Sql) =>
  sql`${side} in (select inside.id from authority inside where inside.id = ${province} or inside.parent_id = ${province})`;

/**
 * Whether a tie lies in another: that one ties two authorities of province level, which hold both ends of this one.
 * Eindhoven–Nanjing lies in Noord-Brabant–Jiangsu; a tie of the same two provinces does not.
 */
export function isNestedIn(row: Sql, outer: Sql): Sql {
  return sql`(${row}.dutch_id, ${row}.chinese_id) <> (${outer}.dutch_id, ${outer}.chinese_id)
    and not exists (select 1 from authority side where side.id in (${outer}.dutch_id, ${outer}.chinese_id) and side.parent_id is not null)
    and ${isInProvince(sql`${row}.dutch_id`, sql`${outer}.dutch_id`)} and ${isInProvince(sql`${row}.chinese_id`, sql`${outer}.chinese_id`)}`;
}
