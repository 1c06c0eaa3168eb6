import sql, { join, raw, type Sql } from 'sql-template-tag';
import { REDACTED_TEXT, REDACTED_URL } from '../../change/redacted.js';
import { textLimit } from '../../change/text-limits.js';
import { TEXT_TABLES, type TextColumn } from '../../redaction/fields.js';
import { MAX_DIFFERENCES } from './difference.js';

/** A column with texts or codes, and the path of its limit. */
type CheckedColumn = Pick<TextColumn, 'name' | 'type'> & { path: string[] };

const CODES = ['motives', 'themes', 'support', 'dialogue_topics'].map(
  (name): CheckedColumn => ({ name, type: 'text[]', path: [name] }),
);
const SOURCE = ['title', 'publisher', 'url'].map(
  (name): CheckedColumn => ({ name, type: 'text', path: ['source', name] }),
);
const SUPPORTS = 'supports';

/** The tables, and the column of each by which people find its records. */
const TABLES: { name: string; columns: CheckedColumn[]; named?: string }[] = [
  ...TEXT_TABLES.map(({ name, columns, sortedBy }) => ({
    name,
    columns: [
      ...columns.map(({ field, ...column }) => ({
        ...column,
        path: column.name === SUPPORTS ? ['source', SUPPORTS] : [field],
      })),
      ...(name === 'partnership' ? CODES : []),
    ],
    ...(sortedBy && { named: sortedBy }),
  })),
  { name: 'source', columns: SOURCE },
];

/** Returns SQL of the texts of a column of a row `t`: name, limit, text, and whether an earlier element has it, too. */
function textsOf({ name, type, path }: CheckedColumn): string {
  const limit = textLimit(path);
  if (type === 'text') return `select '${name}', ${limit}, t.${name}, false where t.${name} is not null`;
  if (type === 'text[]') {
    // The fields that a source supports are stored as the client sent them.
    const isRepeated = name === SUPPORTS ? 'false' : `n > array_position(t.${name}, value)`;
    return `select '${name}', ${limit}, value, ${isRepeated} from unnest(t.${name}) with ordinality list(value, n)`;
  }
  if (name === 'contact_points') {
    return ['value', 'seenIn']
      .map(
        member => `select '${name}.${member}', ${textLimit([...path, member])}, text #>> '{}', false
          from jsonb_path_query(t.${name}, '$[*].${member}') text where '${member}' = 'value' or text <> 'null'`,
      )
      .join(' union all ');
  }
  return `select '${name}.' || key, ${limit}, value, false from jsonb_each_text(t.${name}) where key <> 'aliases' and value is not null
    union all select '${name}.aliases', ${limit}, alias #>> '{}', false from jsonb_path_query(t.${name}, '$.aliases[*]') alias`;
}

/** SQL of an empty text for a record that has a name in no language. */
const namelessness = (column: string) =>
  `select '${column}', null, '', false
    where not exists (select from jsonb_each_text(t.${column}) where key <> 'aliases' and value is not null)`;

const BLANK = `E' \\t\\n\\r\\f\\u00a0\\u3000'`;
/** A mark can be longer than what it replaced, and several texts can be the same with it. */
const IS_REDACTED = `value like any (array['%${REDACTED_TEXT}%', '%${REDACTED_URL}%'])`;

/**
 * Finds texts that no mutation stores, in one statement a table: elements of lists that are no text, empty and longer ones, and
 * those that a list has twice. Releases stored them that did not check, or that wrote `null` in a list as no text.
 */
export const storedTexts: readonly Sql[] = TABLES.map(({ name, columns, named }) => {
  const texts = [...columns.map(textsOf), ...(named === undefined ? [] : [namelessness(named)])];
  return sql`
    select ${name} as "table", id, null::integer as change, problem from (
      select t.id::text as id, field || case
        when value is null then ' has an element without a text'
        when btrim(value, ${raw(BLANK)}) = '' then ' is empty'
        when ${raw(IS_REDACTED)} then null
        when length(value) > max then ' is longer than ' || max || ' characters'
        when is_repeated then ' has a value twice' end as problem
      from ${raw(name)} t cross join lateral (${join(texts.map(raw), ' union all ')}) texts(field, max, value, is_repeated)) checked
    where problem is not null limit ${MAX_DIFFERENCES}`;
});
