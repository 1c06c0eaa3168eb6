import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GraphQLError } from 'graphql';
import type { Context } from '../context.js';
import { Refusal, refusal } from '../export/argument.js';
import { type ExportRequest, exportRequest } from '../export/request.js';
import { Snapshot } from '../export/snapshot.js';
import { type Statements, selectedColumns, statementsOf } from '../export/table.js';
import { tables } from '../exports.js';
import { CACHING, exportHeaders, exportTag, isKnown } from './export-headers.js';
import type { Service } from './service.js';

/** Exports under way at once: each holds a connection, and the API needs most of the ten. */
const MOST_AT_ONCE = 4;
/** Who finds all taken is told to come back after this long, in seconds. */
const RETRY_AFTER = 5;
/** A client that takes nothing for this long is cut off; in milliseconds. */
const STALLED = 30_000;
/** And so is an export that lasts this long: PostgreSQL cannot clean up what a snapshot may still read. */
const LONGEST = 600_000;

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
        throw refusal(405, 'BAD_REQUEST', 'An export is asked for with GET or HEAD.');
      }
      // A key that opens nothing is refused here as it is by the API, though reading needs none.
      const context = service.context(await service.authenticator.identify(request.headers.authorization));
      const { pathname, searchParams } = new URL(url, 'http://localhost');
      const [asked, statements] = understood(() => {
        const its = exportRequest(service.schema, tables, pathname.replace('/export/', ''), searchParams);
        return [its, statementsOf(its.selection)] as const;
      });
      if (underWay.size >= MOST_AT_ONCE) {
        response.setHeader('retry-after', RETRY_AFTER);
        const advice = `try again in ${RETRY_AFTER} seconds`;
        throw refusal(
          503,
          'TOO_MANY_EXPORTS',
          `At most ${MOST_AT_ONCE} exports run at once, and so many do; ${advice}.`,
        );
      }
      const running = run(service, context, asked, statements, request, response);
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
function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof GraphQLError) throw new Refusal(400, [error]);
    throw error;
  }
}

/** Reads and sends one export; what went wrong is thrown while there still is an answer to give, and logged after. */
async function run(
  { log }: Service,
  { em, embedded }: Context,
  asked: ExportRequest,
  statements: Statements,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { format, selection, filter } = asked;
  const { table } = selection;
  const snapshot = await Snapshot.open(em, embedded);
  try {
    const { position } = snapshot;
    const tag = exportTag(asked, statements, position);
    const headers = exportHeaders(asked, tag);
    if (isKnown(request.headers['if-none-match'], tag)) {
      response.writeHead(304, { etag: tag, 'cache-control': CACHING }).end();
      return;
    }
    if (format.most !== undefined) mustFit(await snapshot.count(statements.count), format.most, asked);
    if (request.method === 'HEAD') {
      response.writeHead(200, headers).end();
      return;
    }
    const pages = await snapshot.read(statements.rows);
    const content = { name: table.name, columns: selectedColumns(selection), pages, position, filter };
    response.writeHead(200, headers);
    await send(format.write(content), response);
  } catch (error) {
    if (!response.headersSent) throw tooSlow(error) ?? error;
    // A client that went away is no failure of ours.
    if (!String((error as { code?: unknown }).code).startsWith('ERR_STREAM')) log('export failed', error);
  } finally {
    await snapshot.close();
  }
}

/** Sends piece by piece, as the client takes them; cuts off one that does not, and whatever takes too long. */
async function send(pieces: AsyncIterable<string | Buffer>, response: ServerResponse): Promise<void> {
  const cutOff = () => response.destroy();
  const late = setTimeout(cutOff, LONGEST);
  response.setTimeout(STALLED, cutOff);
  try {
    await pipeline(Readable.from(pieces), response);
  } finally {
    clearTimeout(late);
  }
}

function mustFit(total: number, most: number, { format, selection }: ExportRequest): void {
  if (total <= most) return;
  const rule = `${format.extension} holds at most ${most} records; these are ${total}`;
  throw refusal(400, 'TOO_MANY_RECORDS', `${rule}. Filter ${selection.table.name}, or export them as csv or ndjson.`);
}

/** A statement that the database gave up: the client can ask for something lighter. */
function tooSlow(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !/timeout/i.test(error.message)) return undefined;
  const advice = 'try again, with a narrower filter or without orderBy';
  return refusal(503, 'EXPORT_TOO_SLOW', `The database took too long to begin this export; ${advice}.`);
}
