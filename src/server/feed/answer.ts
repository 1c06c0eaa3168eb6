import type { LogPosition } from '../../change/cursor.js';
import { streamResponse } from '../export/stream-response.js';
import type { ConnectionQuota } from '../http/connection-quota.js';
import { sendGraphqlError } from '../http/error-response.js';
import { matchesIfNoneMatch, varyOn, writeHead } from '../http/response.js';
import { selectEncoding } from '../http/select-encoding.js';
import type { FeedClient } from './feed-client.js';
import { pageHeaders, streamHeaders } from './feed-headers.js';
import type { FeedSource, ReadPage } from './feed-source.js';
import { jsonArray } from './json-array.js';
import { nextStreamCursor } from './stream-cursor.js';

/** Limits the wait of a long poll; proxies commonly cut a request off after 30 s. */
const LONG_POLL_MS = 25_000;

const JSON_ARRAY = { 'content-type': 'application/json' };
const NOT_STORED = { 'cache-control': 'no-store' };

/** Tells a client only where the feed ends. */
export function sendEnd({ request, response }: FeedClient, position: LogPosition): void {
  writeHead(response, 200, { ...streamHeaders(position, true), ...JSON_ARRAY, ...NOT_STORED });
  response.end(request.method === 'HEAD' ? undefined : '[]');
}

/** Sends the page after a position, as it is. */
export async function sendCatchUp(source: FeedSource, client: FeedClient, position: LogPosition): Promise<void> {
  await sendPage(client, position, await source.read(position), {});
}

/** Sends the page after a position, as soon as there is one; 204 if none came in time. */
export async function sendLongPoll(
  source: FeedSource,
  quota: ConnectionQuota,
  client: FeedClient,
  position: LogPosition,
  cursor: string | undefined,
): Promise<void> {
  const { response, requester } = client;
  const streamCursor = { 'stream-cursor': nextStreamCursor(cursor) };
  const isAtEnd = (page: ReadPage) => page.end.id === position.id;
  let page = await source.read(position);
  if (isAtEnd(page)) {
    const release = await quota.acquire(requester.address);
    if (!release) return sendGraphqlError(response, 429, 'RATE_LIMITED', quota.problem);
    await source.waitForChange(position, LONG_POLL_MS, response).finally(release);
    if (source.isClosed) response.setHeader('connection', 'close');
    page = await source.read(position);
  }
  if (isAtEnd(page))
    writeHead(response, 204, { ...streamHeaders(position, true), ...streamCursor, ...NOT_STORED }).end();
  else await sendPage(client, position, page, streamCursor);
}

async function sendPage(
  client: FeedClient,
  after: LogPosition,
  page: ReadPage,
  more: Record<string, string>,
): Promise<void> {
  const { request, response } = client;
  const encoding = selectEncoding(request, response);
  const caching = pageHeaders(request, after, page, encoding);
  const headers = { ...caching, ...more, vary: varyOn(response, 'Accept-Encoding') };
  if (matchesIfNoneMatch(request.headers['if-none-match'], caching.etag)) {
    writeHead(response, 304, headers).end();
    return;
  }
  await client.chargeMessages(page.messages.length);
  const coding = encoding === 'identity' ? {} : { 'content-encoding': encoding };
  writeHead(response, 200, { ...headers, ...JSON_ARRAY, ...coding });
  await streamResponse(arrayOf(page.chunks()), response, encoding);
}

async function* arrayOf(chunks: AsyncIterable<string[]>): AsyncGenerator<string> {
  if (!(yield* jsonArray(chunks))) yield '[]';
}
