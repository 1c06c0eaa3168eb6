import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw } from 'sql-template-tag';
import { Selection, type SelectionAware, withSelection } from '../execute/plan.js';
import type { ListDefinition } from '../list/list-definition.js';
import { withJoins } from '../read/joins.js';
import { type Projection, projectionOf } from '../read/projection.js';
import { tableOf } from '../sql/columns.js';
import { inOrder, loaderByArguments } from '../sql/loader.js';
import { queryRows } from '../sql/query.js';

/** Where the records of a concept are. */
export type RecordSource<Row> = Pick<ListDefinition<Row & object>, 'entity' | 'alias'>;

/** Rows of a concept by id, in one statement; all columns, unless a projection says which. */
export async function rowsById<Row extends { id: string }>(
  em: EntityManager,
  { entity, alias }: RecordSource<Row>,
  ids: readonly string[],
  projection: Projection = projectionOf(em, entity, alias, undefined),
): Promise<Row[]> {
  // One id is compared as it is: for an array PostgreSQL would plan the statement anew each time.
  const which = ids.length === 1 ? sql`= ${ids[0]}` : sql`= any(${[...ids]}::text[])`;
  const its = sql`select ${projection.columns} from ${tableOf(em, entity)} ${raw(alias)} where ${raw(alias)}.id ${which}`;
  const found = await queryRows<Row>(em, withJoins(its, projection));
  if (projection.nest) found.forEach(projection.nest);
  return found;
}

/** A record that is asked for, and what of it; without a selection, all of it. */
interface RecordRequest {
  id: string;
  selection: Selection | undefined;
}

/** What reads all that several selections ask for. The usual answer is short: all ask for the same. */
function unionProjection(
  em: EntityManager,
  { entity, alias }: RecordSource<{ id: string }>,
  asked: readonly RecordRequest[],
) {
  const selections = [...new Set(asked.map(({ selection }) => selection))];
  const all = selections.includes(undefined) ? undefined : Selection.merge(...selections);
  return projectionOf(em, entity, alias, all);
}

const selectionIds = new WeakMap<Selection, number>();
let nextSelectionId = 0;

/** A record that was read for one selection may lack what another asks for, so each is remembered by itself. */
function cacheKey({ id, selection }: RecordRequest): string {
  if (!selection) return id;
  let number = selectionIds.get(selection);
  if (number === undefined) {
    nextSelectionId += 1;
    number = nextSelectionId;
    selectionIds.set(selection, number);
  }
  return `${id} ${number}`;
}

const byId = loaderByArguments<RecordSource<{ id: string }>, RecordRequest, { id: string } | null>(
  ({ alias }) => alias,
  async (em, concept, asked) => {
    const ids = asked.map(({ id }) => id);
    const found = await rowsById(em, concept, [...new Set(ids)], unionProjection(em, concept, asked));
    return inOrder(ids, found, ({ id }) => id);
  },
  cacheKey,
);

/**
 * A record that is read by its id, once it is known what is asked of it: then only that, with the records it refers to,
 * in one statement for all that are asked for the same. Awaited without that, the whole record; null when there is none.
 */
class LazyRecord<Row extends { id: string }> implements SelectionAware, PromiseLike<Row | null> {
  constructor(
    private readonly em: EntityManager,
    private readonly concept: RecordSource<Row>,
    private readonly id: string,
  ) {}

  [withSelection](selection?: Selection): Promise<Row | null> {
    return byId(this.em, this.concept as never).load({ id: this.id, selection }) as Promise<Row | null>;
  }

  // biome-ignore lint/suspicious/noThenProperty: whoever knows nothing of selections awaits it.
  then<A, B>(
    done?: ((row: Row | null) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this[withSelection]().then(done, failed) as Promise<A | B>;
  }
}

/** The record with an id. */
export function recordById<Row extends { id: string }>(
  em: EntityManager,
  concept: RecordSource<Row>,
  id: string,
): PromiseLike<Row | null> {
  return new LazyRecord(em, concept, id);
}

/** What a reference leads to: the record itself where it came along with the one that refers to it, else by its id. */
export function resolveReference<Row extends { id: string }>(
  em: EntityManager,
  concept: RecordSource<Row>,
  reference: string | Row | null | undefined,
): PromiseLike<Row | null> | Row | null | undefined {
  return typeof reference === 'string' ? recordById(em, concept, reference) : reference;
}
