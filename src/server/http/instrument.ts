import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../observability/logger.js';
import { finishOperation, runInOperation, startOperation } from '../observability/operation-context.js';
import type { OperationRecord } from '../observability/operation-record.js';
import { mediaTypeChoice } from './accept.js';
import { sendError } from './error-response.js';
import { isExportPath, isFeedPath, isPagePath, isReconcilePath, pathnameOf } from './request-target.js';

const chooseType = mediaTypeChoice('application/json', 'application/graphql-response+json', 'text/html');

/** Checks whether a client prefers a page to data, as browsers do. */
export const acceptsHtml = ({ method, headers: { accept } }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && accept !== undefined && chooseType(accept) === 'text/html';

/** Returns the transport of a request that is counted and logged: not GraphiQL, and no file. */
function transportOf(request: IncomingMessage): OperationRecord['transport'] | undefined {
  const path = pathnameOf(request);
  if (path === '/graphql') return acceptsHtml(request) ? undefined : 'http';
  if (path === '/graphql/stream') return 'stream';
  if (isReconcilePath(path)) return 'reconcile';
  if (path === '/proposals') return 'proposal';
  if (isFeedPath(path)) return 'feed';
  if (isPagePath(path)) return 'page';
  return isExportPath(path) ? 'export' : undefined;
}

/** The part of a request that was read before routing, for a look-up in the response cache. */
export interface PrereadRequest {
  body: Promise<string>;
  /** The key of the request, under which the cache has no response; undefined if the request cannot be cached. */
  cacheKey: string | undefined;
}

/** Handles a request, and never throws. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse, preread?: PrereadRequest) => void;

/**
 * Returns the status for the log: 499 if the client disconnected before the response. Node destroys a response that was
 * sent as a whole, too: one without a body at once.
 */
export const responseStatus = ({ destroyed, writableFinished, statusCode }: ServerResponse): number =>
  destroyed && !writableFinished ? 499 : statusCode;

/** Wraps a route: sends the errors that it throws, and counts and logs its operations. */
export function instrument(
  route: (...args: Parameters<RequestHandler>) => Promise<void>,
  logger: Logger,
): RequestHandler {
  return (request, response, preread) => {
    const handle = () =>
      route(request, response, preread).catch((error: unknown) => sendError(request, response, error, logger));
    const transport = transportOf(request);
    if (!transport) {
      void handle();
      return;
    }
    const record = startOperation(transport, request.headers.traceparent?.toString());
    void runInOperation(record, handle).then(() => finishOperation(record, responseStatus(response), logger));
  };
}
