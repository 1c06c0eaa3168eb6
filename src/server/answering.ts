import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from './mask.js';
import { begin, end, noteRequest, type Observed, within } from './observe.js';
import { fail } from './refusal.js';

/** Whether a request is a browser's, for a page. */
export const wantsPage = ({ method, headers }: IncomingMessage) =>
  method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');

export function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** What a path is, when it is one whose requests are counted and logged. */
function transportOf(path: string): Observed['transport'] | undefined {
  if (path === '/graphql') return 'http';
  if (path === '/graphql/stream') return 'stream';
  return path.startsWith('/export') ? 'export' : undefined;
}

/** Answers a request, whose body may be read already. */
export type Listener = (request: IncomingMessage, response: ServerResponse, reading?: Promise<string>) => void;

/** What an answer was, for the log: 499 when its client went away before. */
export const statusSent = ({ destroyed, statusCode }: ServerResponse): number => (destroyed ? 499 : statusCode);

/** Answers as the route does, and in JSON what it throws; what is an operation is counted and logged. */
export function answering(route: (...its: Parameters<Listener>) => Promise<void>, log: Log): Listener {
  return (request, response, reading) => {
    const answer = () =>
      route(request, response, reading).catch((error: unknown) => fail(request, response, error, log));
    const path = pathOf(request);
    const transport = wantsPage(request) ? undefined : transportOf(path);
    if (!transport) return void answer();
    const observed = begin(transport, request.headers.traceparent?.toString());
    if (transport === 'export') noteRequest(undefined, path, observed);
    void within(observed, answer).then(() => end(observed, statusSent(response), log));
  };
}
