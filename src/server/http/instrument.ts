import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../observability/logger.js';
import { finishOperation, recordRequest, runInOperation, startOperation } from '../observability/operation-context.js';
import type { OperationRecord } from '../observability/operation-record.js';
import { sendError } from './error-response.js';

/** Whether a request is a browser's, for a page. */
export const acceptsHtml = ({ method, headers }: IncomingMessage) =>
  method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');

export function pathnameOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** What a path is, when it is one whose requests are counted and logged. */
function transportOf(path: string): OperationRecord['transport'] | undefined {
  if (path === '/graphql') return 'http';
  if (path === '/graphql/stream') return 'stream';
  return path.startsWith('/export') ? 'export' : undefined;
}

/** Answers a request, whose body may be read already. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse, reading?: Promise<string>) => void;

/** What an answer was, for the log: 499 when its client went away before. */
export const responseStatus = ({ destroyed, statusCode }: ServerResponse): number => (destroyed ? 499 : statusCode);

/** Answers as the route does, and in JSON what it throws; what is an operation is counted and logged. */
export function instrument(route: (...its: Parameters<RequestHandler>) => Promise<void>, log: Logger): RequestHandler {
  return (request, response, reading) => {
    const answer = () =>
      route(request, response, reading).catch((error: unknown) => sendError(request, response, error, log));
    const path = pathnameOf(request);
    const transport = acceptsHtml(request) ? undefined : transportOf(path);
    if (!transport) return void answer();
    const observed = startOperation(transport, request.headers.traceparent?.toString());
    if (transport === 'export') recordRequest(undefined, path, observed);
    void runInOperation(observed, answer).then(() => finishOperation(observed, responseStatus(response), log));
  };
}
