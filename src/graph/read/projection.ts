import { raw, type Sql } from 'sql-template-tag';
import { Selection } from '../execute/plan.js';
import { classNamesOf, type EntityClass, type EntityMetadata, metadataOf } from '../sql/columns.js';
import type { Fork } from '../sql/fork.js';
import { assemble, listKeys, type RowAssembler } from './eager.js';
import { addReads, type Parent } from './eager-reads.js';
import { type RecordReads, readColumns } from './read-columns.js';
import { type Joins, StatementBuilder } from './statement-builder.js';

/** The columns that a statement reads of a concept's records, the references that it joins, the lists that it fetches. */
export interface Projection {
  /** Equal for projections that read the same. */
  key: string;
  /** The record's own columns: `p."id" as "id", p."dutch_id" as "dutch"`. */
  columns: Sql;
  /** The names of those columns: `id`, `dutch`. */
  names: string[];
  /** The columns of references and lists, and the joins of a subquery `page` to them; `undefined` if there are none. */
  joins: Joins | undefined;
  /** Assembles a row: referred records in place of their ids, and lists. `undefined` if the row is complete. */
  assemble: RowAssembler | undefined;
}

/** Columns of a concept, as `@RequiresColumns` names them: the same array at each call. */
export type ColumnPaths = readonly string[];

/** By concept, then by selection: one selection of an interface applies to several concepts. */
const projections = new WeakMap<EntityMetadata, WeakMap<Selection | ColumnPaths | EntityMetadata, Projection>>();

/**
 * Returns the projection of a concept for a selection, built once per planned document: the columns of the selected
 * fields (see `@RequiresColumns`) and the id. References with selected fields are joined, lists with constant arguments
 * are fetched. In place of a selection, the columns can be named. Without a selection: all columns except lazy ones, no
 * joins, no lists.
 *
 * The gain over reading all columns and loading references by id is in `test/bench/RESULTS.md`.
 */
export function projectionOf<T>(
  em: Fork,
  entity: EntityClass<T>,
  alias: string,
  selection: Selection | ColumnPaths | undefined,
): Projection {
  const meta = metadataOf(em, entity);
  let bySelection = projections.get(meta);
  if (!bySelection) {
    bySelection = new WeakMap();
    projections.set(meta, bySelection);
  }
  let projection = bySelection.get(selection ?? meta);
  if (!projection) {
    projection = buildProjection(em, meta, alias, selection);
    bySelection.set(selection ?? meta, projection);
  }
  return projection;
}

function buildProjection(
  em: Fork,
  meta: EntityMetadata,
  alias: string,
  selection: Selection | ColumnPaths | undefined,
): Projection {
  const requested = selection && recordReads(meta, selection);
  const own = readColumns(meta, requested);
  const builder = new StatementBuilder();
  const page: Parent = { prefix: '', id: 'page.id', reference: ({ name }) => `page."${name}"` };
  const reads = requested ? addReads(em, builder, meta, requested, page) : { records: [], lists: [] };
  const columns = own.map(({ name, expression }) => `${expression(alias)} as "${name}"`).join(', ');
  return {
    key: [columns, ...builder.texts, ...listKeys(reads)].join(),
    columns: raw(columns),
    names: own.map(({ name }) => name),
    joins: builder.build(),
    assemble: reads.records.length || reads.lists.length ? row => assemble(row, row, reads) : undefined,
  };
}

function recordReads(meta: EntityMetadata, selection: Selection | ColumnPaths): RecordReads {
  if (!(selection instanceof Selection)) return { selection: undefined, paths: selection };
  // A selection on an interface or a union has fields of other concepts, too.
  return { selection: selection.ofTypes(classNamesOf(meta)), paths: [] };
}
