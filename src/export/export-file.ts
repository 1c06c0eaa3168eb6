import sql, { empty, raw, type Sql } from 'sql-template-tag';
import { ChangeKind } from '../change/change.js';
import { LOG_START } from '../change/cursor.js';
import type { Content, ExportRow, List, Position } from './format.js';
import { formatOf } from './formats.js';
import type { SnapshotSession, Statement } from './snapshot-session.js';

/** Rows in one `fetch`: enough to make statements cheap, few enough to hold in memory. */
const PAGE_SIZE = 50;

const EMPTY_LOG_POSITION: Position = { ...LOG_START, recordedAt: '1970-01-01T00:00:00.000Z' };

const selectPosition = (more: Sql) => sql`
  select id, mark, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt" ${more}
  from change order by id desc limit 1`;

const POSITION = selectPosition(empty);

/** Also reads the newest redaction in the present: it changes what is known of the past, too. */
const PAST_POSITION = selectPosition(
  sql`, (select max(id) from public.change where kind = ${ChangeKind.REDACTED}) as "redactionId"`,
);

/** Returns the statement that selects the newest change of the log, in the present or at a past moment. */
export const positionStatement = (moment: number | undefined): Sql => (moment === undefined ? POSITION : PAST_POSITION);

/** Returns the position in the result of `positionStatement`. */
export const logPositionOf = ([last]: Position[]): Position => last ?? EMPTY_LOG_POSITION;

/** A list to write. */
export interface ListJob extends Omit<List, 'pages'> {
  /** Selects each record as one JSON array, `row`. */
  rows: Statement;
}

/** Description of a file to write; structured-cloneable, so that it can be sent to a worker thread. */
export interface ExportJob extends Pick<Content, 'filter' | 'separator' | 'knownAt' | 'descriptor'> {
  /** The extension of the format. */
  extension: string;
  lists: readonly [ListJob, ...ListJob[]];
  /** The id of the last change that it sees; undefined for the present. */
  moment?: number | undefined;
}

/** A file that is being written. The caller must close it. */
export interface ExportFile {
  /** The state of the register that it contains. */
  position: Position;
  /** The content; each chunk is produced when it is pulled. */
  chunks: AsyncIterable<string | Uint8Array>;
  /** Releases its resources; may be called before the end of the content. Never rejects. */
  close(): Promise<void>;
}

let cursors = 0;

/**
 * Opens a file over a snapshot: `declare export_1 no scroll cursor for select …` for each of its lists, then `fetch forward
 * 50 from export_1` per page. Reads the first page before it returns, so that most errors occur before the response headers
 * are sent.
 */
export async function openExportFile(session: SnapshotSession, job: ExportJob): Promise<ExportFile> {
  const declared: Sql[] = [];
  const close = () => session.close(declared);
  const declare = async ({ rows }: ListJob): Promise<Sql> => {
    cursors += 1;
    const cursor = raw(`export_${cursors}`);
    const declaration = sql`declare ${cursor} no scroll cursor ${session.cursor.options} for ${empty}`;
    await session.query({ text: declaration.text + rows.text, values: rows.values });
    declared.push(cursor);
    return cursor;
  };
  const fetchFrom = (cursor: Sql) => () =>
    session.query<{ row: ExportRow }>(sql`fetch forward ${raw(String(PAGE_SIZE))} from ${cursor}`);
  try {
    const position = logPositionOf(await session.query<Position>(positionStatement(job.moment)));
    const [first, ...others] = job.lists;
    const fetch = fetchFrom(await declare(first));
    const otherLists: List[] = [];
    for (const list of others) otherLists.push({ ...list, pages: pagesOf(undefined, fetchFrom(await declare(list))) });
    await session.cursor.declared();
    const format = formatOf(job.lists[0].name, job.extension);
    if (!format) throw new Error(`There is no export format ${job.extension}.`);
    const pages = pagesOf(await fetch(), fetch);
    return { position, chunks: format.write({ ...job, ...first, position, pages, others: otherLists }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Iterates over pages, of which the first may have been read. The database reads the next page while one is written. */
async function* pagesOf(
  first: { row: ExportRow }[] | undefined,
  fetch: () => Promise<{ row: ExportRow }[]>,
): AsyncGenerator<ExportRow[]> {
  let next = first ?? fetch();
  for (;;) {
    const page = await next;
    const isLast = page.length < PAGE_SIZE;
    if (!isLast) {
      next = fetch();
      // A reader who leaves does not wait for it.
      next.catch(() => undefined);
    }
    if (page.length) yield page.map(({ row }) => row);
    if (isLast) return;
  }
}
