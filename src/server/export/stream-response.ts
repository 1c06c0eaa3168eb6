import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { compressor } from '../http/compress.js';
import type { Encoding } from '../http/content-encoding.js';
import { Pace } from './pace.js';
import { atMostPieces, inPieces } from './pieces.js';

/** Limits of a client, which occupies a place, a thread and a snapshot while it reads. */
const READER_LIMITS = {
  /** Disconnects a client that reads nothing for this time. */
  idleTimeoutMs: 30_000,
  /** Disconnects any other client: PostgreSQL cannot vacuum rows that an open snapshot may still read. */
  totalTimeoutMs: 600_000,
  /** Disconnects a client that reads less in an interval, unless the stream waited for the database most of the time. */
  minBytesPerSecond: 50_000,
  paceIntervalMs: 15_000,
};

/**
 * Streams chunks to a client with backpressure, in an encoding. Destroys the response at a limit, so that the client does not take the
 * incomplete file for a complete one. A client that disconnects is no failure of the server.
 *
 * @throws the error of the source.
 */
export async function streamResponse(
  chunks: AsyncIterable<string | Uint8Array>,
  response: ServerResponse,
  encoding: Encoding = 'identity',
  limits: Partial<typeof READER_LIMITS> = {},
): Promise<void> {
  const { idleTimeoutMs, totalTimeoutMs, minBytesPerSecond, paceIntervalMs } = { ...READER_LIMITS, ...limits };
  const disconnect = () => response.destroy();
  const timeout = setTimeout(disconnect, totalTimeoutMs);
  response.setTimeout(idleTimeoutMs, disconnect);
  const pace = new Pace();
  const checks = setInterval(() => {
    const { bytes, waitedMs } = pace.takeSample();
    if (waitedMs > paceIntervalMs / 2 && bytes < (minBytesPerSecond * waitedMs) / 1_000) disconnect();
  }, paceIntervalMs);
  try {
    if (encoding === 'identity') await pipeline(Readable.from(pace.measure(atMostPieces(chunks))), response);
    else await pipeline(Readable.from(pace.measure(inPieces(chunks))), compressor(encoding), response);
  } catch (error) {
    if (!/^(?:ERR_STREAM|ECONNRESET|EPIPE)/.test(String((error as { code?: unknown }).code))) throw error;
  } finally {
    clearTimeout(timeout);
    clearInterval(checks);
  }
}
