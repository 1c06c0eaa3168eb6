import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { root } from '../../config/config.js';
import type { Context } from '../../context.js';
import { openOnEmbedded } from '../../export/embedded.js';
import { ExportError, exportError } from '../../export/export-error.js';
import { openExportFile, POSITION, positionOf } from '../../export/export-file.js';
import type { Position } from '../../export/format.js';
import { type ExportRequest, exportRequest } from '../../export/request.js';
import { type Statements, selectedColumns, statementsOf } from '../../export/table.js';
import { openExportFileInThread } from '../../export/thread.js';
import { tables } from '../../export-tables.js';
import { queryRows } from '../../graph/sql/query.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { matchesIfNoneMatch } from '../http/etag.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';
import type { Service } from '../service.js';
import { CACHING, exportHeaders, exportTag } from './export-headers.js';
import { streamResponse } from './stream-response.js';

/** What makes a file in a thread of its own, as it was built. */
const WORKER = new URL('dist/export/worker.js', root);

/** Exports under way at once: each has a thread, and a connection. */
const MAX_CONCURRENT_EXPORTS = 4;
/** What one takes from the budget of its client, in points. */
const EXPORT_COST = 500;
/** Who finds all taken is told to come back after this long, in seconds. */
const RETRY_AFTER_SECONDS = 5;

/** Exports over HTTP, at `/export/<type>.<format>`. */
export interface ExportTransport {
  /** @throws Refusal for what the client can mend; nothing was sent by then. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Settles when none is under way; whoever closes the server sees to it that none begins. */
  close(): Promise<void>;
}

export function exportTransport(service: Service): ExportTransport {
  const underWay = new Set<Promise<void>>();
  return {
    async answer(request, response) {
      const { method, url = '/' } = request;
      if (method !== 'GET' && method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD');
        throw exportError(405, 'BAD_REQUEST', 'An export is asked for with GET or HEAD.');
      }
      // A key that opens nothing is refused here as it is by the API, though reading needs none.
      const asker = await authenticateRequest(service, request);
      const context = service.context(asker.identity, asker.address);
      const { pathname, searchParams } = new URL(url, 'http://localhost');
      const [asked, statements] = asBadRequest(() => {
        const its = exportRequest(service.schema, tables, pathname.replace('/export/', ''), searchParams);
        return [its, statementsOf(its.selection)] as const;
      });
      if (underWay.size >= MAX_CONCURRENT_EXPORTS) {
        response.setHeader('retry-after', RETRY_AFTER_SECONDS);
        const advice = `try again in ${RETRY_AFTER_SECONDS} seconds`;
        throw exportError(
          503,
          'TOO_MANY_EXPORTS',
          `At most ${MAX_CONCURRENT_EXPORTS} exports run at once, and so many do; ${advice}.`,
        );
      }
      const charge = rateLimitHeaders(await service.admissionControl.chargeCached(asker, EXPORT_COST));
      for (const [name, value] of Object.entries(charge)) response.setHeader(name, value);
      const running = run(service, context, asked, statements, request, response).catch((error: unknown) => {
        throw asTimeoutError(error) ?? error;
      });
      const settled = running.catch(() => undefined).finally(() => underWay.delete(settled));
      underWay.add(settled);
      await running;
    },
    async close() {
      await Promise.all(underWay);
    },
  };
}

/** What breaks a rule of the API is refused with its code. */
function asBadRequest<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof GraphQLError) throw new ExportError(400, [error]);
    throw error;
  }
}

/** Makes and sends one export; what went wrong is thrown while there still is an answer to give, and logged after. */
async function run(
  { logger }: Service,
  { em, embedded }: Context,
  asked: ExportRequest,
  statements: Statements,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { selection, filter } = asked;
  const { table, format } = selection;
  const now = positionOf(await queryRows<Position>(em, POSITION));
  const tag = exportTag(asked, statements, now);
  if (matchesIfNoneMatch(request.headers['if-none-match'], tag)) {
    response.writeHead(304, { etag: tag, 'cache-control': CACHING }).end();
    return;
  }
  if (format.maxRecords !== undefined) {
    const [counted] = await queryRows<{ total: number }>(em, statements.count);
    checkRecordLimit(counted?.total ?? 0, format.maxRecords, asked);
  }
  if (request.method === 'HEAD') {
    response.writeHead(200, exportHeaders(asked, tag)).end();
    return;
  }
  const { text, values } = statements.rows;
  const columns = selectedColumns(selection).map(({ name }) => name);
  const job = { name: table.name, columns, filter, extension: format.extension, rows: { text, values } };
  const { position, chunks, close } = embedded
    ? await openExportFile(await openOnEmbedded(em), job)
    : await openExportFileInThread(WORKER, em.config.get('clientUrl') as string, job);
  try {
    response.writeHead(200, exportHeaders(asked, exportTag(asked, statements, position)));
    await streamResponse(chunks, response);
  } catch (error) {
    // A client that went away is no failure of ours.
    if (!/^(?:ERR_STREAM|ECONNRESET|EPIPE)/.test(String((error as { code?: unknown }).code)))
      logger('export failed', error);
  } finally {
    await close();
  }
}

function checkRecordLimit(total: number, most: number, { selection }: ExportRequest): void {
  if (total <= most) return;
  const rule = `${selection.format.extension} holds at most ${most} records; these are ${total}`;
  throw exportError(
    400,
    'TOO_MANY_RECORDS',
    `${rule}. Filter ${selection.table.name}, or export them as csv or ndjson.`,
  );
}

/** A statement that the database gave up: the client can ask for something lighter. */
function asTimeoutError(error: unknown): ExportError | undefined {
  if (!(error instanceof Error) || !/timeout/i.test(error.message)) return undefined;
  const advice = 'try again, with a narrower filter or without orderBy';
  return exportError(503, 'EXPORT_TOO_SLOW', `The database took too long to begin this export; ${advice}.`);
}
