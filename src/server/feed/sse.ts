import { changeCursor, type LogPosition } from '../../change/cursor.js';
import { streamResponse } from '../export/stream-response.js';
import { isClosed, onceClosed } from '../http/closed.js';
import type { ConnectionQuota } from '../http/connection-quota.js';
import { sendGraphqlError } from '../http/error-response.js';
import type { Sessions } from '../subscriptions/sessions.js';
import { endStream, openStream } from '../subscriptions/sse-stream.js';
import type { FeedClient } from './feed-client.js';
import type { FeedSource, ReadPage } from './feed-source.js';
import { jsonArray } from './json-array.js';
import { nextStreamCursor } from './stream-cursor.js';

/** The interval at which an idle stream says where it is: a client that hears nothing for longer opens it again. */
const HEARTBEAT_MS = 12_000;
/** Streams end about as often as the protocol recommends, so that shared caches can collapse clients anew. */
const MAX_STREAM_MS = 60_000;

/**
 * Sends the pages after a position as server-sent events, and then each new one. After each page, and as a heartbeat, an
 * event `control` has the offset, also as `id:`, which an `EventSource` sends back when it reconnects. A client that does
 * not read, or too slowly, is disconnected.
 */
export async function sendEvents(
  source: FeedSource,
  { sessions, quota }: { sessions: Sessions; quota: ConnectionQuota },
  client: FeedClient,
  after: LogPosition,
  cursor: string | undefined,
): Promise<void> {
  const { response, requester } = client;
  if (!(await quota.admits(requester.address, response)))
    return sendGraphqlError(response, 429, 'RATE_LIMITED', quota.problem);
  // Before the head: a refusal has a status.
  const page = await source.read(after);
  await client.chargeMessages(page.messages.length);
  if (isClosed(response)) return;
  openStream(response, {});
  onceClosed(
    response,
    sessions.add(requester.identity, () => endStream(response)),
  );
  await streamResponse(eventsAfter(source, client, page, cursor), response);
}

/** Iterates over the events of a page, and then of each new one, until the time of the stream is over. */
async function* eventsAfter(
  source: FeedSource,
  client: FeedClient,
  first: ReadPage,
  cursor: string | undefined,
): AsyncGenerator<string> {
  const { response } = client;
  const endsAt = Date.now() + MAX_STREAM_MS;
  const isOpen = () => !response.writableEnded && !isClosed(response) && !source.isClosed && Date.now() < endsAt;
  let [page, streamCursor] = [first, cursor];
  try {
    for (;;) {
      streamCursor = nextStreamCursor(streamCursor);
      yield* eventsOf(page, streamCursor);
      if (!isOpen()) return;
      if (!page.isFull) await source.waitForChange(page.end, Math.min(HEARTBEAT_MS, endsAt - Date.now()), response);
      if (!isOpen()) return;
      page = await source.read(page.end);
      await client.chargeMessages(page.messages.length);
    }
  } catch {
    // The client asks again with its offset, and gets the reason as a status.
  }
}

async function* eventsOf(page: ReadPage, streamCursor: string): AsyncGenerator<string> {
  const hasMessages = yield* jsonArray(page.chunks(), 'event: data\ndata: [', ',\ndata: ');
  const streamNextOffset = changeCursor(page.end);
  const control = JSON.stringify({ streamNextOffset, streamCursor, ...(!page.isFull && { upToDate: true }) });
  yield `${hasMessages ? '\n\n' : ''}id: ${streamNextOffset}\nevent: control\ndata: ${control}\n\n`;
}
