import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../observability/logger.js';
import { finishOperation, recordRequest, runInOperation, startOperation } from '../observability/operation-context.js';
import type { OperationRecord } from '../observability/operation-record.js';
import { sendError } from './error-response.js';

/** Checks whether a browser requests a page. */
export const acceptsHtml = ({ method, headers }: IncomingMessage) =>
  method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');

export function pathnameOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** Returns the transport of a path whose requests are counted and logged. */
function transportOf(path: string): OperationRecord['transport'] | undefined {
  if (path === '/graphql') return 'http';
  if (path === '/graphql/stream') return 'stream';
  return path.startsWith('/export') ? 'export' : undefined;
}

/** The part of a request that was read before routing, for a look-up in the response cache. */
export interface PrereadRequest {
  body: Promise<string>;
  /** The key of the request, under which the cache has no response; undefined if the request cannot be cached. */
  cacheKey: string | undefined;
}

/** Handles a request, and never throws. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse, preread?: PrereadRequest) => void;

/** Returns the status for the log: 499 if the client disconnected before the response. */
export const responseStatus = ({ destroyed, statusCode }: ServerResponse): number => (destroyed ? 499 : statusCode);

/** Returns the status for the log. The stream of an export destroys its response after it was sent as a whole, too. */
function statusOf(transport: OperationRecord['transport'], response: ServerResponse): number {
  return transport === 'export' && response.writableFinished ? response.statusCode : responseStatus(response);
}

/** Wraps a route: sends the errors that it throws, and counts and logs its operations. */
export function instrument(
  route: (...args: Parameters<RequestHandler>) => Promise<void>,
  logger: Logger,
): RequestHandler {
  return (request, response, preread) => {
    const handle = () =>
      route(request, response, preread).catch((error: unknown) => sendError(request, response, error, logger));
    const path = pathnameOf(request);
    const transport = acceptsHtml(request) ? undefined : transportOf(path);
    if (!transport) {
      void handle();
      return;
    }
    const record = startOperation(transport, request.headers.traceparent?.toString());
    if (transport === 'export') recordRequest(undefined, path, record);
    void runInOperation(record, handle).then(() => finishOperation(record, statusOf(transport, response), logger));
  };
}
