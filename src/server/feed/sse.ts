import { changeCursor, type LogPosition } from '../../change/cursor.js';
import type { ConnectionQuota } from '../http/connection-quota.js';
import { sendGraphqlError } from '../http/error-response.js';
import type { Sessions } from '../subscriptions/sessions.js';
import { endStream, openStream, writeWithBackpressure } from '../subscriptions/sse-stream.js';
import type { FeedClient } from './feed-client.js';
import type { FeedSource, ReadPage } from './feed-source.js';
import { nextStreamCursor } from './stream-cursor.js';

/** The interval at which an idle stream says where it is: a client that hears nothing for longer opens it again. */
const HEARTBEAT_MS = 12_000;
/** Streams end about as often as the protocol recommends, so that shared caches can collapse clients anew. */
const MAX_STREAM_MS = 60_000;

/**
 * Sends the pages after a position as server-sent events, and then each new one. After each page, and as a heartbeat, an
 * event `control` has the offset, also as `id:`, which an `EventSource` sends back when it reconnects.
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
  let page = await source.read(after);
  await client.chargeMessages(page.messages.length);
  openStream(response, {});
  response.once(
    'close',
    sessions.add(requester.identity, () => endStream(response)),
  );
  const endsAt = Date.now() + MAX_STREAM_MS;
  const isOpen = () => !response.writableEnded && !response.destroyed && !source.isClosed && Date.now() < endsAt;
  let [position, streamCursor] = [after, cursor];
  try {
    for (;;) {
      streamCursor = nextStreamCursor(streamCursor);
      await writePage(client, page, streamCursor);
      position = page.end;
      if (!isOpen()) break;
      if (!page.isFull) await source.waitForChange(position, Math.min(HEARTBEAT_MS, endsAt - Date.now()), response);
      if (!isOpen()) break;
      page = await source.read(position);
      await client.chargeMessages(page.messages.length);
    }
  } catch {
    // The client asks again with its offset, and gets the reason as a status.
  }
  endStream(response);
}

async function writePage({ response }: FeedClient, page: ReadPage, streamCursor: string): Promise<void> {
  let separator = 'event: data\ndata: [';
  for await (const messages of page.chunks()) {
    for (const message of messages) {
      await writeWithBackpressure(response, `${separator}${message}`);
      separator = ',\ndata: ';
    }
  }
  const end = separator.startsWith(',') ? ']\n\n' : '';
  const streamNextOffset = changeCursor(page.end);
  const control = JSON.stringify({ streamNextOffset, streamCursor, ...(!page.isFull && { upToDate: true }) });
  await writeWithBackpressure(response, `${end}id: ${streamNextOffset}\nevent: control\ndata: ${control}\n\n`);
}
