import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Log } from './mask.js';
import { begin, end, noteRequest, type Observed, within } from './observe.js';
import { fail } from './refusal.js';

/** Whether a request is a browser's, for a page. */
export const wantsPage = ({ method, headers }: IncomingMessage) =>
  method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');

export const pathOf = ({ url = '/' }: IncomingMessage) => url.split('?', 1)[0] ?? '/';

/** What a path is, when it is one whose requests are counted and logged. */
function transportOf(path: string): Observed['transport'] | undefined {
  if (path === '/graphql') return 'http';
  if (path === '/graphql/stream') return 'stream';
  return path.startsWith('/export') ? 'export' : undefined;
}

/** Answers as the route does, and in JSON what it throws; what is an operation is counted and logged. */
export function answering(
  route: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  log: Log,
): RequestListener {
  return (request, response) => {
    const answer = () => route(request, response).catch((error: unknown) => fail(request, response, error, log));
    const path = pathOf(request);
    const transport = wantsPage(request) ? undefined : transportOf(path);
    if (!transport) return void answer();
    const observed = begin(transport, request.headers.traceparent?.toString());
    if (transport === 'export') noteRequest(undefined, path, observed);
    void within(observed, answer).then(() => end(observed, response.destroyed ? 499 : response.statusCode, log));
  };
}
