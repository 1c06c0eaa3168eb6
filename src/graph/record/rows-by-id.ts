import sql, { raw, type Sql } from 'sql-template-tag';
import type { ListDefinition } from '../list/list-definition.js';
import { withJoins } from '../read/joins.js';
import { type Projection, projectionOf } from '../read/projection.js';
import { isOneOf, tableOf } from '../sql/columns.js';
import type { Fork } from '../sql/fork.js';
import { queryRows } from '../sql/query.js';
import type { SqlQuery } from '../sql/sql-query.js';
import { type RecordsEvent, recordsChannel } from './records-channel.js';

/** The table of a concept's records, its alias, and the columns of their labels. */
export type RecordSource<Row> = Pick<ListDefinition<Row & object>, 'entity' | 'alias' | 'label'>;

/**
 * Reads records by id in one statement, in no order:
 *
 *     select page.*, "@dutch"."names" as "dutch.names"
 *     from (select p."id" as "id", p."dutch_id" as "dutch" from "partnership" p where p.id = any($1::text[])) page
 *     left join "authority" "@dutch" on "@dutch".id = page."dutch"
 *
 * @param projection All columns by default.
 */
export async function rowsById<Row extends { id: string }>(
  em: Fork,
  source: RecordSource<Row>,
  ids: readonly string[],
  projection: Projection = projectionOf(em, source.entity, source.alias, undefined),
): Promise<Row[]> {
  const statement = statementById(em, source, projection, isOneOf(ids));
  const rows = await queryRows<Row>(em, statement);
  if (projection.assemble) rows.forEach(projection.assemble);
  if (recordsChannel.hasSubscribers) {
    const { text } = statement;
    recordsChannel.publish({ em, text, ids, rows, lists: listsOf(projection) } satisfies RecordsEvent);
  }
  return rows;
}

/** The texts of statements that read records by id, by what they read and then by their condition. */
const texts = new WeakMap<Projection, Map<string, string>>();

/** Returns a statement of `recordsWhere`. Its text is put together once, unless it has values beside those of the condition. */
function statementById<Row extends { id: string }>(
  em: Fork,
  source: RecordSource<Row>,
  projection: Projection,
  condition: Sql,
): SqlQuery {
  let byCondition = texts.get(projection);
  if (!byCondition) {
    byCondition = new Map();
    texts.set(projection, byCondition);
  }
  const { text: key, values } = condition;
  const text = byCondition.get(key);
  if (text !== undefined) return { text, values };
  const statement = recordsWhere(em, source, projection, condition);
  if (statement.values.length === values.length) byCondition.set(key, statement.text);
  return statement;
}

/** Returns the statement that reads records whose id meets a condition, such as `= $1`. */
export function recordsWhere<Row extends { id: string }>(
  em: Fork,
  { entity, alias }: RecordSource<Row>,
  projection: Projection,
  condition: Sql,
): Sql {
  const records = sql`select ${projection.columns} from ${tableOf(em, entity)} ${raw(alias)} where ${raw(alias)}.id ${condition}`;
  return withJoins(records, projection);
}

/** Returns the columns of a statement as SQL if lists are among them. */
function listsOf({ joins }: Projection): string | undefined {
  return joins?.columns.text.includes('json_agg') ? joins.columns.text : undefined;
}
