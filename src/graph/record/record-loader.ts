import sql, { raw, type Sql } from 'sql-template-tag';
import { Selection, type SelectionAware, withSelection } from '../execute/plan.js';
import type { ListDefinition } from '../list/list-definition.js';
import { withJoins } from '../read/joins.js';
import { type Projection, projectionOf } from '../read/projection.js';
import { isOneOf, tableOf } from '../sql/columns.js';
import type { Fork } from '../sql/fork.js';
import { inOrder, loaderByArguments } from '../sql/loader.js';
import { queryRows } from '../sql/query.js';
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
  const statement = recordsWhere(em, source, projection, isOneOf(ids));
  const rows = await queryRows<Row>(em, statement);
  if (projection.assemble) rows.forEach(projection.assemble);
  if (recordsChannel.hasSubscribers) {
    const { text } = statement;
    recordsChannel.publish({ em, text, ids, rows, lists: listsOf(projection) } satisfies RecordsEvent);
  }
  return rows;
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

/** A record to load, and the selection to load of it: all its columns if there is none. */
interface RecordRequest {
  id: string;
  selection: Selection | undefined;
}

/** Returns the projection that covers the selections of all requests. Most batches have one selection. */
function unionProjection(
  em: Fork,
  { entity, alias }: RecordSource<{ id: string }>,
  requests: readonly RecordRequest[],
) {
  const selections = [...new Set(requests.map(({ selection }) => selection))];
  const union = selections.includes(undefined) ? undefined : Selection.merge(...selections);
  return projectionOf(em, entity, alias, union);
}

const selectionIds = new WeakMap<Selection, number>();
let nextSelectionId = 0;

/** Keeps loads of one record for different selections apart: a record loaded for one may lack columns of another. */
function cacheKey({ id, selection }: RecordRequest): string {
  if (!selection) return id;
  let selectionId = selectionIds.get(selection);
  if (selectionId === undefined) {
    nextSelectionId += 1;
    selectionId = nextSelectionId;
    selectionIds.set(selection, selectionId);
  }
  return `${id} ${selectionId}`;
}

const byId = loaderByArguments<RecordSource<{ id: string }>, RecordRequest, { id: string } | null>(
  ({ alias }) => alias,
  async (em, source, requests) => {
    const ids = requests.map(({ id }) => id);
    const rows = await rowsById(em, source, [...new Set(ids)], unionProjection(em, source, requests));
    return inOrder(ids, rows, ({ id }) => id);
  },
  cacheKey,
);

/**
 * A record that is loaded when its selection is known: the planned executor calls `withSelection`, and one statement
 * loads the selected columns of all records of a level. Awaited without a selection, it loads all columns. Resolves
 * with null if there is no such record.
 */
class LazyRecord<Row extends { id: string }> implements SelectionAware, PromiseLike<Row | null> {
  constructor(
    private readonly em: Fork,
    private readonly source: RecordSource<Row>,
    private readonly id: string,
  ) {}

  [withSelection](selection?: Selection): Promise<Row | null> {
    return byId(this.em, this.source).load({ id: this.id, selection }) as Promise<Row | null>;
  }

  // biome-ignore lint/suspicious/noThenProperty: graphql-js and other callers without a selection await it.
  then<A, B>(
    onFulfilled?: ((row: Row | null) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this[withSelection]().then(onFulfilled, onRejected) as Promise<A | B>;
  }
}

/** Returns the record with an id; it resolves with null if there is none. */
export function recordById<Row extends { id: string }>(
  em: Fork,
  source: RecordSource<Row>,
  id: string,
): PromiseLike<Row | null> {
  return new LazyRecord(em, source, id);
}

/**
 * Resolves a reference. Returns the record itself if the statement of the referring record joined it; otherwise loads it
 * by id, in one statement for all references of a level (see `rowsById`).
 */
export function resolveReference<Row extends { id: string }>(
  em: Fork,
  source: RecordSource<Row>,
  reference: string | Row | null | undefined,
): PromiseLike<Row | null> | Row | null | undefined {
  return typeof reference === 'string' ? recordById(em, source, reference) : reference;
}
