import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A client that takes nothing for this long is cut off; in milliseconds. */
const STALLED = 30_000;
/** And so is an export that lasts this long: PostgreSQL cannot clean up what a snapshot may still read. */
const LONGEST = 600_000;

/** Sends piece by piece, as the client takes them; cuts off one that does not, and whatever takes too long. */
export async function send(pieces: AsyncIterable<string | Uint8Array>, response: ServerResponse): Promise<void> {
  const cutOff = () => response.destroy();
  const late = setTimeout(cutOff, LONGEST);
  response.setTimeout(STALLED, cutOff);
  try {
    await pipeline(Readable.from(pieces), response);
  } finally {
    clearTimeout(late);
  }
}
