import type { Connection } from './connection.js';
import type { CopyChange, CopyEntry, CopyRecord } from './copy-store.js';
import { RegisterError, refusalOf } from './errors.js';
import { piecesOf, silenceSignal } from './response-text.js';

/** The records of a batch of a snapshot. */
const BATCH_SIZE = 500;

/** A message of the State Protocol: a change of a record, or one that controls the client. */
interface Message {
  type?: string;
  key?: string;
  value?: CopyRecord;
  headers: { operation?: 'insert' | 'update' | 'delete'; control?: string; offset?: string };
}

/** A page of the feed: whole change sets. */
export interface FeedPage {
  changes: CopyChange[];
  /** The cursor after the page. */
  next: string;
  isUpToDate: boolean;
  /** To be sent with the next request that waits for changes. */
  streamCursor: string | undefined;
}

/** All records of one moment. */
export interface Snapshot {
  cursor: string;
  batches: AsyncIterable<CopyEntry[]>;
}

const cutOff = () => new RegisterError('UNREACHABLE', 'The response of the register ended too early.');

async function get(
  connection: Connection,
  search: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<{ cursor: string; response: Response; pieces: AsyncGenerator<string> }> {
  const silence = silenceSignal(signal);
  silence.expect();
  try {
    const response = await connection.send(connection.sibling('feed', search), { signal: silence.signal });
    const cursor = response.headers.get('register-cursor');
    // A proxy can answer 200 with a page of its own.
    if (!response.ok || cursor === null) throw refusalOf(response, await response.text().catch(() => ''));
    return { cursor, response, pieces: piecesOf(response, silence) };
  } finally {
    silence.arrived();
  }
}

/** Reads the changes after a cursor; `live` waits for some if there are none. */
export async function readPage(
  connection: Connection,
  after: string,
  live: boolean,
  streamCursor: string | undefined,
  signal: AbortSignal | undefined,
): Promise<FeedPage> {
  const waiting = { live: 'long-poll', ...(streamCursor !== undefined && { cursor: streamCursor }) };
  const search = { offset: after, ...(live && waiting) };
  const { cursor: next, response, pieces } = await get(connection, search, signal);
  let text = '';
  for await (const piece of pieces) text += piece;
  const changes: CopyChange[] = [];
  for (const { type, key, value, headers } of messagesIn(text)) {
    // The feed can ask for a new copy.
    if (headers.control === 'reset') throw new RegisterError('HISTORY_CHANGED', 'The feed begins again.');
    if (type === undefined || key === undefined) continue;
    changes.push({ type, key, value: headers.operation === 'delete' ? undefined : value });
  }
  const isUpToDate = response.headers.get('stream-up-to-date') === 'true';
  return { changes, next, isUpToDate, streamCursor: response.headers.get('stream-cursor') ?? undefined };
}

/** Returns the messages of a page; that of an answer without changes (204) is empty. */
const messagesIn = (text: string): Message[] => (text === '' ? [] : parsed<Message[]>(text));

function parsed<T>(json: string): T {
  try {
    return JSON.parse(json) as T;
  } catch {
    throw cutOff();
  }
}

/** Opens a snapshot: the records are read while they are stored. */
export async function openSnapshot(connection: Connection, signal: AbortSignal | undefined): Promise<Snapshot> {
  const { pieces } = await get(connection, { offset: 'snapshot' }, signal);
  const messages = linesOf(pieces);
  const { value: first } = await messages.next();
  const cursor = first?.headers.control === 'snapshot-start' ? first.headers.offset : undefined;
  if (cursor === undefined) {
    await messages.return(undefined);
    throw cutOff();
  }
  return { cursor, batches: batchesOf(messages) };
}

async function* linesOf(pieces: AsyncGenerator<string>): AsyncGenerator<Message, undefined> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) yield parsed<Message>(line);
  }
  return undefined;
}

/** @throws RegisterError UNREACHABLE if the snapshot ends without its last line. */
async function* batchesOf(messages: AsyncGenerator<Message, undefined>): AsyncGenerator<CopyEntry[]> {
  let batch: CopyEntry[] = [];
  for await (const { type, key, value, headers } of messages) {
    if (headers.control === 'snapshot-end') {
      yield batch;
      return;
    }
    if (type === undefined || key === undefined || value === undefined) continue;
    batch.push({ type, key, value });
    if (batch.length < BATCH_SIZE) continue;
    yield batch;
    batch = [];
  }
  throw cutOff();
}
