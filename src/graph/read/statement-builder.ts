import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { EagerList, EagerListColumn } from './eager.js';
import { eagerListColumn } from './row-properties.js';

/** Further references are loaded by id, in one statement per level. */
const MAX_JOINS = 6;
/** Further lists are loaded in one statement each, for all records of a level. */
const MAX_EAGER_LISTS = 6;

const JSON_ROWS = raw('json_agg(list)');
/** The number of items, and the items as `jsonRow` writes them: `3[{…},{…},{…}]`. */
const JSON_LIST = raw(`concat(count(*), '[', string_agg(list.json, ','), ']')`);

/** The joins of a statement and the columns that they add to a subquery `page`. */
export interface Joins {
  columns: Sql;
  from: Sql;
}

/**
 * Collects what a statement fetches together with its records, up to its limits. Callers decide first whether a join is
 * needed (`canJoin`), then add it: nothing is ever taken back.
 */
export class StatementBuilder {
  readonly #columns: Sql[] = [];
  readonly #joins: string[] = [];
  #lists = 0;

  get canJoin(): boolean {
    return this.#joins.length < MAX_JOINS;
  }

  get canAddList(): boolean {
    return this.#lists < MAX_EAGER_LISTS;
  }

  /** Adds `left join "authority" "@dutch" on "@dutch".id = page."dutch"`. Returns the number of the join. */
  addJoin(table: string, alias: string, reference: string): number {
    return this.#joins.push(`left join "${table}" ${alias} on ${alias}.id = ${reference}`);
  }

  /** Adds `"@dutch"."names" as "dutch.names"`. */
  addColumn(expression: string, name: string): void {
    this.#columns.push(raw(`${expression} as "${name}"`));
  }

  /** Adds `(select json_agg(list) from (…) list) as "~list0"`, which is null if the list is empty; or `2[{…},{…}]` as a text. */
  addList(list: EagerList): EagerListColumn {
    const column = eagerListColumn(this.#lists);
    this.#lists += 1;
    const json = list.isJsonList ? JSON_LIST : JSON_ROWS;
    this.#columns.push(sql`(select ${json} from (${list.rows}) list) as ${raw(`"${column}"`)}`);
    return { ...list, column };
  }

  /** The texts of the added joins and columns, which distinguish statements. */
  get texts(): string[] {
    return [...this.#joins, ...this.#columns.map(({ text }) => text)];
  }

  /** Returns the joins and columns; `undefined` if none was added. */
  build(): Joins | undefined {
    return this.#columns.length ? { columns: join(this.#columns), from: raw(this.#joins.join(' ')) } : undefined;
  }
}
