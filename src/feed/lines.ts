import type { EntityManager } from '@mikro-orm/sql';
import sql, { join, raw } from 'sql-template-tag';
import { changeMessage } from '../export/change-message.js';
import type { ExportRow } from '../export/format.js';
import { ndjson, recordWriter } from '../export/ndjson.js';
import { selectedColumns } from '../export/statements.js';
import type { ExportTable } from '../export/table.js';
import { tables } from '../export-tables.js';
import { queryRows } from '../graph/sql/query.js';
import type { PlannedMessage } from './feed-page.js';
import { atMoment } from './tables-at-moment.js';

/** The messages that are read at a time: the limit of what a page holds in memory. */
const CHUNK_MESSAGES = 500;

/** Reads and writes the lines of an export. */
interface LineReader {
  /** Selects the line of the record `line.key` at the moment `line.at`, as `row`. */
  select: string;
  recordOf: (row: ExportRow) => object;
}

const readers = new Map(tables.map(table => [table.name, readerOf(table)]));

function readerOf(table: ExportTable): LineReader {
  const columns = selectedColumns({ table, provenance: false, format: ndjson, filter: null, orderBy: null });
  const { text, values } = sql`select json_build_array(${join(columns.map(({ value }) => value))}) as row
    from ${table.from} where ${raw(table.listing.alias)}.id = line.key`;
  if (values.length) throw new Error(`The columns of ${table.name} have values.`);
  return { select: atMoment(text, 'line.at'), recordOf: recordWriter(columns) };
}

/** Returns the texts of the statements by which lines are read: a column more makes pages of the feed other ones. */
export const lineStatements: readonly string[] = [...readers.values()].map(({ select }) => select);

/**
 * Reads the messages of a page as JSON, in chunks. A message about a line that is not there at its moment is left out: the
 * record was withdrawn, and redacted later. One statement for each type of record in a chunk.
 *
 * @param from The first chunk to read: 0 for all of them.
 */
export async function* readMessages(
  em: EntityManager,
  messages: readonly PlannedMessage[],
  from = 0,
): AsyncGenerator<string[]> {
  for (let start = from * CHUNK_MESSAGES; start < messages.length; start += CHUNK_MESSAGES)
    yield await readChunk(em, messages.slice(start, start + CHUNK_MESSAGES));
}

async function readChunk(em: EntityManager, messages: readonly PlannedMessage[]): Promise<string[]> {
  const rows = new Map<PlannedMessage, object>();
  const ofType = Map.groupBy(
    messages.filter(({ operation }) => operation !== 'delete'),
    ({ type }) => type,
  );
  const reading = [...ofType].map(async ([type, planned]) => {
    const { select, recordOf } = readers.get(type) as LineReader;
    const [keys, moments] = [planned.map(({ key }) => key), planned.map(({ at }) => at)];
    const lines = await queryRows<{ n: number; row: ExportRow }>(
      em,
      sql`select line.n::int as n, version.row from unnest(${keys}::text[], ${moments}::int[]) with ordinality as line(key, at, n)
        cross join lateral (${raw(select)}) version`,
    );
    for (const { n, row } of lines) rows.set(planned[n - 1] as PlannedMessage, recordOf(row));
  });
  await Promise.all(reading);
  return messages.flatMap(message => {
    const { type, key, operation, txid, timestamp } = message;
    const headers = { operation, txid, timestamp };
    if (operation === 'delete') return [changeMessage(type, key, headers)];
    const value = rows.get(message);
    return value ? [changeMessage(type, key, headers, value)] : [];
  });
}
