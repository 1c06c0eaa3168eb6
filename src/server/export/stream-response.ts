import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const TIMEOUTS = {
  /** Disconnects a client that reads nothing for this time. */
  idleTimeoutMs: 30_000,
  /** Disconnects any other client: PostgreSQL cannot vacuum rows that an open snapshot may still read. */
  totalTimeoutMs: 600_000,
};

/**
 * Streams chunks to a client with backpressure. Destroys the response at a timeout, so that the client does not take
 * the incomplete file for a complete one.
 *
 * @throws the error of the source, or that of the connection if the client disconnects.
 */
export async function streamResponse(
  chunks: AsyncIterable<string | Uint8Array>,
  response: ServerResponse,
  { idleTimeoutMs, totalTimeoutMs } = TIMEOUTS,
): Promise<void> {
  const disconnect = () => response.destroy();
  const timeout = setTimeout(disconnect, totalTimeoutMs);
  response.setTimeout(idleTimeoutMs, disconnect);
  try {
    await pipeline(Readable.from(chunks), response);
  } finally {
    clearTimeout(timeout);
  }
}
