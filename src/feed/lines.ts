import sql, { join } from 'sql-template-tag';
import { changeMessage } from '../export/change-message.js';
import type { ExportRow } from '../export/format.js';
import { ndjson, recordWriter } from '../export/ndjson.js';
import { selectedColumns } from '../export/statements.js';
import type { ExportTable } from '../export/table.js';
import { tables } from '../export-tables.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { PlannedMessage } from './feed-page.js';
import { atMoment } from './tables-at-moment.js';

/** The messages that are read at a time. A page holds two chunks in memory: the one that a client takes, and the next one. */
const CHUNK_MESSAGES = 250;

/** Reads and writes the lines of an export. */
interface LineReader {
  /** Selects the lines of the records `line.key` at the moments `line.at`, as `row`: text, of which one at a time is parsed. */
  select: string;
  recordOf: (row: ExportRow) => object;
}

const readers = new Map(tables.map(table => [table.name, readerOf(table)]));

function readerOf(table: ExportTable): LineReader {
  const columns = selectedColumns({ table, provenance: false, format: ndjson, filter: null, orderBy: null });
  const { text: row, values } = sql`json_build_array(${join(columns.map(({ value }) => value))})`;
  if (values.length) throw new Error(`The columns of ${table.name} have values.`);
  const { alias } = table.listing;
  // The first table of an export is that of its records.
  const joins = `join ${table.from.text}`.replace(/^join \w+ \w+/, `$& on ${alias}.id = line.key`);
  const select = `select line.n::int as n, ${atMoment(row, 'line.at')}::text as row
    from unnest($1::text[], $2::int[]) with ordinality as line(key, at, n) ${atMoment(joins, 'line.at')}`;
  return { select, recordOf: recordWriter(columns) };
}

/** Returns the texts of the statements by which lines are read: a column more makes pages of the feed other ones. */
export const lineStatements: readonly string[] = [...readers.values()].map(({ select }) => select);

/**
 * Iterates over the messages of a page as JSON, in chunks: those that `readFirst` has read, then the others. Reads one chunk
 * while the client takes the one before.
 *
 * @param onLast Called when the client gets the last chunk.
 */
export async function* readMessages(
  em: Fork,
  messages: readonly PlannedMessage[],
  first: string[],
  onLast: () => unknown,
): AsyncGenerator<string[]> {
  let chunk = first;
  for (let start = CHUNK_MESSAGES; start < messages.length; start += CHUNK_MESSAGES) {
    const next = readChunk(em, messages.slice(start, start + CHUNK_MESSAGES));
    // A client that is gone does not take the error.
    next.catch(() => undefined);
    yield chunk;
    chunk = await next;
  }
  onLast();
  yield chunk;
}

/** Reads the first chunk of the messages of a page. */
export const readFirst = (em: Fork, messages: readonly PlannedMessage[]): Promise<string[]> =>
  readChunk(em, messages.slice(0, CHUNK_MESSAGES));

/**
 * Reads messages as JSON. A message about a line that is not there at its moment is left out: the record was withdrawn, and
 * redacted later. One statement for each type of record.
 */
async function readChunk(em: Fork, messages: readonly PlannedMessage[]): Promise<string[]> {
  const texts = new Map<PlannedMessage, string>();
  const ofType = Map.groupBy(messages, ({ type, operation }) => (operation === 'delete' ? null : type));
  for (const deleted of ofType.get(null) ?? []) texts.set(deleted, textOf(deleted));
  ofType.delete(null);
  const reading = [...ofType].map(async ([type, planned]) => {
    const { select, recordOf } = readers.get(type as string) as LineReader;
    const [keys, moments] = [planned.map(({ key }) => key), planned.map(({ at }) => at)];
    const lines = await queryRows<{ n: number; row: string }>(em, { text: select, values: [keys, moments] });
    for (const { n, row } of lines) {
      const message = planned[n - 1] as PlannedMessage;
      texts.set(message, textOf(message, recordOf(JSON.parse(row))));
    }
  });
  await Promise.all(reading);
  return messages.map(message => texts.get(message)).filter(text => text !== undefined);
}

const textOf = ({ type, key, operation, txid, timestamp }: PlannedMessage, value?: object): string =>
  changeMessage(type, key, { operation, txid, timestamp }, value);
