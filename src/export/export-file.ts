import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Content, ExportRow, Position } from './format.js';
import { formats } from './formats.js';
import type { SnapshotSession, Statement } from './snapshot-session.js';

/** Rows in one page: enough to make statements cheap, few enough to hold. */
const PAGE_SIZE = 50;

const EMPTY_LOG_POSITION: Position = { id: 0, recordedAt: '1970-01-01T00:00:00.000Z' };

/** Gives the newest change of the log. */
export const POSITION = sql`select id, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"
  from change order by id desc limit 1`;

/** The position that `POSITION` gave. */
export const positionOf = ([last]: Position[]): Position => last ?? EMPTY_LOG_POSITION;

/** What it takes to make a file; it can be sent to another thread. */
export interface ExportJob extends Pick<Content, 'name' | 'columns' | 'filter'> {
  /** The format's. */
  extension: string;
  /** Gives each record as one JSON array, `row`. */
  rows: Statement;
}

/** A file in the making. Whoever began it must close it. */
export interface ExportFile {
  /** The register that it holds. */
  position: Position;
  /** The file, piece by piece; a piece is made when it is asked for. */
  chunks: AsyncIterable<string | Uint8Array>;
  /** Ends it and frees what it holds, also before its end. Never throws. */
  close(): Promise<void>;
}

let cursors = 0;

/**
 * Begins a file: everything in it is of one moment. Its first page is read by then, so that what goes wrong mostly goes
 * wrong while the client can still be told.
 */
export async function openExportFile(session: SnapshotSession, job: ExportJob): Promise<ExportFile> {
  cursors += 1;
  const cursor = raw(`export_${cursors}`);
  let declared: Sql | undefined;
  const close = () => session.close(declared);
  try {
    const position = positionOf(await session.query<Position>(POSITION));
    const declaration = sql`declare ${cursor} no scroll cursor ${session.cursor.options} for ${empty}`;
    await session.query({ text: declaration.text + job.rows.text, values: job.rows.values });
    declared = cursor;
    await session.cursor.declared();
    const fetch = () => session.query<{ row: ExportRow }>(sql`fetch forward ${raw(String(PAGE_SIZE))} from ${cursor}`);
    const format = formats.find(({ extension }) => extension === job.extension);
    if (!format) throw new Error(`No format is called ${job.extension}.`);
    const pages = pagesOf(await fetch(), fetch);
    return { position, chunks: format.write({ ...job, position, pages }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* pagesOf(
  first: { row: ExportRow }[],
  fetch: () => Promise<{ row: ExportRow }[]>,
): AsyncGenerator<ExportRow[]> {
  for (let page = first; ; page = await fetch()) {
    if (page.length) yield page.map(({ row }) => row);
    if (page.length < PAGE_SIZE) return;
  }
}
