import type { IncomingMessage, ServerResponse } from 'node:http';
import { root } from '../../config/config.js';
import type { Context } from '../../context.js';
import type { ConnectionOptions } from '../../database/connection/options.js';
import { openOnEmbedded } from '../../export/embedded.js';
import { exportError } from '../../export/export-error.js';
import { type ExportJob, logPositionOf, openExportFile, positionStatement } from '../../export/export-file.js';
import type { Position } from '../../export/format.js';
import type { ExportPlan } from '../../export/plan.js';
import type { ExportRequest } from '../../export/request.js';
import { openExportFileInThread } from '../../export/thread.js';
import { queryRows } from '../../graph/sql/query.js';
import { message } from '../../messages/message.js';
import type { CacheTags } from '../cache/cache-tags.js';
import { ENCODINGS, type Encoding } from '../http/content-encoding.js';
import { matchesIfNoneMatch, varyOn, writeHead } from '../http/response.js';
import { selectEncoding } from '../http/select-encoding.js';
import type { Logger } from '../observability/logger.js';
import { cachingHeaders, exportHeaders, exportTag } from './export-headers.js';
import { streamResponse } from './stream-response.js';

/** The entry of a worker thread, as it was built. */
const WORKER = new URL('dist/export/worker.js', root);

/** The encodings of a file that is compressed in itself. */
const UNCOMPRESSED: readonly Encoding[] = ['identity'];

/** The parts of the service that an export needs. */
export interface ExportResources {
  logger: Logger;
  /** Undefined if responses have no tags for a CDN. */
  cacheTags: CacheTags | undefined;
  /** The connection string of PostgreSQL, parsed; undefined for the embedded database. */
  connection: ConnectionOptions | undefined;
}

/** The budget of a client, and its place among the exports. */
export interface ExportClient {
  /** Called before a file is opened: a response without one needs no place. A throw refuses the export. */
  acquire(): Promise<void>;
  /**
   * Called with 0 before the records of a file are counted, so that a client without budget has none counted, and with their
   * number before it is opened. A throw refuses it.
   */
  charge(records: number): Promise<void>;
  /** Called when the file is closed, before the client receives its end: the next export of the client is admitted. */
  release(): void;
}

/** Sends one export. Throws errors before the response starts, and logs those after it. */
export async function streamExport(
  { logger, connection, cacheTags: tagger }: ExportResources,
  { em, knownAt }: Context,
  parsed: ExportRequest,
  { counts, ...planned }: ExportPlan,
  { acquire, charge, release }: ExportClient,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { selection, filter, separator } = parsed;
  const { format } = selection;
  const encoding = selectEncoding(request, response, format.isCompressed ? UNCOMPRESSED : ENCODINGS);
  const vary = varyOn(response, 'Accept-Encoding, Register-Known-At');
  const tags = knownAt ? tagger?.ofPast : tagger?.ofLists(planned.lists.map(({ rows }) => rows.text));
  const headersAt = (position: Position) => {
    const tag = exportTag(parsed, planned, position, encoding, knownAt);
    return cachingHeaders(request, knownAt, { tag, vary, tags, position });
  };
  const now = logPositionOf(await queryRows<Position>(em, positionStatement(knownAt?.changeId)));
  const caching = headersAt(now);
  const isUnchanged = matchesIfNoneMatch(request.headers['if-none-match'], caching.etag);
  if (!isUnchanged && request.method !== 'HEAD') await acquire();
  await charge(0);
  if (isUnchanged) {
    writeHead(response, 304, caching).end();
    return;
  }
  const [counted] = await queryRows<{ counts: number[] }>(em, counts);
  const totals = counted?.counts ?? [];
  if (format.maxRecords !== undefined) checkRecordLimit(Math.max(...totals), format.maxRecords, parsed);
  if (request.method === 'HEAD') {
    writeHead(response, 200, exportHeaders(parsed, encoding, caching, knownAt)).end();
    return;
  }
  await charge(totals.reduce((sum, count) => sum + count, 0));
  const job: ExportJob = {
    ...planned,
    filter,
    separator,
    extension: format.extension,
    moment: knownAt?.changeId,
    knownAt: knownAt?.text,
  };
  const { position, chunks, ...file } = connection
    ? await openExportFileInThread(WORKER, connection, job)
    : await openExportFile(await openOnEmbedded(em), job);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= file.close().then(release);
    return closed;
  };
  try {
    writeHead(response, 200, exportHeaders(parsed, encoding, headersAt(position), knownAt));
    await streamResponse(beforeEnd(chunks, close), response, encoding);
  } catch (error) {
    logger('export failed', error);
  } finally {
    await close();
  }
}

function checkRecordLimit(total: number, maximum: number, { selection }: ExportRequest): void {
  if (total <= maximum) return;
  const { format, table } = selection;
  const params = { format: format.extension, limit: maximum, count: total, table: table.name };
  throw exportError(400, 'TOO_MANY_RECORDS', message('TOO_MANY_RECORDS', params));
}

/** Iterates over the chunks of a file, and calls a function after the last one. */
async function* beforeEnd<T>(chunks: AsyncIterable<T>, onRead: () => Promise<void>): AsyncGenerator<T> {
  yield* chunks;
  await onRead();
}
