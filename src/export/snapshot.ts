import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { openOnEmbedded, openOnPostgreSql, type Session } from './session.js';
import type { ExportRow } from './table.js';

/** Rows in one page: enough to make statements cheap, few enough to hold. */
const PAGE = 100;

/** The newest change that a snapshot holds. */
export interface Position {
  /** 0 when there is none. */
  id: number;
  /** RFC 3339, in UTC. */
  recordedAt: string;
}

const BEFORE_ALL: Position = { id: 0, recordedAt: '1970-01-01T00:00:00.000Z' };
const POSITION = sql`select id, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"
  from change order by id desc limit 1`;

let cursors = 0;

/** The register as it was at one moment, for as long as it takes to read it. Whoever opens one must close it. */
export class Snapshot {
  #cursor: Sql | undefined;

  private constructor(
    private readonly session: Session,
    readonly position: Position,
  ) {}

  static async open(em: EntityManager, embedded: boolean): Promise<Snapshot> {
    const session = await (embedded ? openOnEmbedded(em) : openOnPostgreSql(em));
    try {
      const [last] = await session.query<Position>(POSITION);
      return new Snapshot(session, last ?? BEFORE_ALL);
    } catch (error) {
      await session.close(undefined);
      throw error;
    }
  }

  /** How many, as a statement counts them. Before `read`. */
  async count(statement: Sql): Promise<number> {
    return (await this.session.query<{ total: number }>(statement))[0]?.total ?? 0;
  }

  /** The rows of a statement, page by page as they are asked for; the first is read at once. One statement a snapshot. */
  async read(statement: Sql): Promise<AsyncIterable<ExportRow[]>> {
    cursors += 1;
    const cursor = raw(`export_${cursors}`);
    const { query, cursor: its } = this.session;
    await query(sql`declare ${cursor} no scroll cursor ${its.options} for ${statement}`);
    this.#cursor = cursor;
    await its.declared();
    const fetch = async () => {
      const page = await query<{ row: ExportRow }>(sql`fetch forward ${raw(String(PAGE))} from ${cursor}`);
      return page.map(({ row }) => row);
    };
    const first = await fetch();
    return (async function* () {
      for (let page = first; ; page = await fetch()) {
        if (page.length) yield page;
        if (page.length < PAGE) return;
      }
    })();
  }

  close(): Promise<void> {
    return this.session.close(this.#cursor);
  }
}
