import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { CURRENT } from '../../graph/sql/moment.js';
import { queryRows } from '../../graph/sql/query.js';
import { type SourceFacts, sourceKey } from '../../source/source-id.js';
import { storeSources } from '../../source/store-sources.js';
import { columnNames } from './column-names.js';
import type { RowVersion } from './open-rows.js';
import type { CitationValues } from './record-rows.js';
import type { VersionedTable } from './versioned-tables.js';

/** Limits the text of the versions that wait to be written. */
const MAX_BUFFERED_CHARACTERS = 4_000_000;

/** Writes versions of rows in large statements. */
export class VersionWriter {
  readonly #ended = new Map<string, string[]>();
  readonly #newest = new Map<string, string[]>();
  readonly #columnNames: ReturnType<typeof columnNames>;
  #characters = 0;

  constructor(
    private readonly em: EntityManager,
    private readonly tables: ReadonlyMap<string, VersionedTable>,
  ) {
    this.#columnNames = columnNames(em);
  }

  /** Adds versions, and writes them once they are many. */
  async add(versions: readonly RowVersion[]): Promise<void> {
    const sourceIds = await this.#sourceIds(versions);
    for (const { row, from, until } of versions) {
      const { table, key, values } = row;
      const ids = until === undefined ? {} : this.#columns(table, values, sourceIds);
      const text = JSON.stringify({ ...key, ...ids, known_from: from, known_until: until ?? CURRENT });
      const waiting = until === undefined ? this.#newest : this.#ended;
      const ofTable = waiting.get(table);
      if (ofTable) ofTable.push(text);
      else waiting.set(table, [text]);
      this.#characters += text.length;
    }
    if (this.#characters > MAX_BUFFERED_CHARACTERS) await this.flush();
  }

  async flush(): Promise<void> {
    for (const [table, rows] of this.#ended) await queryRows(this.em, this.#insertEnded(table, `[${rows.join()}]`));
    for (const [table, rows] of this.#newest) await queryRows(this.em, this.#insertNewest(table, `[${rows.join()}]`));
    this.#ended.clear();
    this.#newest.clear();
    this.#characters = 0;
  }

  /** Ids of the sources of citations that were deleted with their record: sources themselves are never deleted. */
  async #sourceIds(versions: readonly RowVersion[]): Promise<ReadonlyMap<string, string>> {
    const sources = new Map<string, SourceFacts>();
    for (const { row, until } of versions) {
      if (row.table !== 'citation' || until === undefined) continue;
      const { source } = row.values as CitationValues;
      sources.set(sourceKey(source), source);
    }
    const ids = await storeSources(this.em, [...sources.values()]);
    return new Map([...sources.keys()].map((key, index) => [key, ids[index] as string]));
  }

  #columns(table: string, values: object, sourceIds: ReadonlyMap<string, string>): object {
    const nameOf = this.#columnNames(table);
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        nameOf(name),
        table === 'citation' && name === 'source' ? sourceIds.get(sourceKey(value)) : value,
      ]),
    );
  }

  /**
   * Inserts versions that ended. The log has no `created_at`; the row has it while it exists. The first version was updated
   * when it was created; a later one when its change was recorded, a few milliseconds after.
   */
  #insertEnded(table: string, rows: string): Sql {
    const { columns, generated } = this.#table(table);
    const values = columns.map(name => {
      const createdAt = `coalesce((select t.created_at from ${table} t where t.id = v.id), v.created_at)`;
      if (name === 'created_at') return createdAt;
      if (name === 'updated_at') return `case when v.version = 1 then ${createdAt} else v.updated_at end`;
      return generated.get(name) ?? `v."${name}"`;
    });
    return sql`insert into ${raw(`history.${table} (${quoted(columns)}, known_from, known_until)`)}
      select ${raw(values.join(', '))}, v.known_from, v.known_until
      from jsonb_populate_recordset(null::${raw(`history.${table}`)}, ${rows}::jsonb) v`;
  }

  /** Inserts newest versions: those of the rows themselves. */
  #insertNewest(table: string, rows: string): Sql {
    const { columns, key } = this.#table(table);
    return sql`insert into ${raw(`history.${table} (${quoted(columns)}, known_from, known_until)`)}
      select ${raw(columns.map(name => `t."${name}"`).join(', '))}, v.known_from, v.known_until
      from jsonb_populate_recordset(null::${raw(`history.${table}`)}, ${rows}::jsonb) v
      join ${raw(table)} t on ${raw(key.map(name => `t.${name} = v.${name}`).join(' and '))}`;
  }

  #table(name: string): VersionedTable {
    const table = this.tables.get(name);
    if (!table) throw new Error(`There are no versions of ${name}.`);
    return table;
  }
}

const quoted = (columns: readonly string[]) => columns.map(name => `"${name}"`).join(', ');
