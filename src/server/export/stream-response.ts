import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** How long a client may take, in milliseconds. */
const LIMITS = {
  /** One that takes nothing for this long is cut off. */
  stalled: 30_000,
  /** And so is one that is not done by then: PostgreSQL cannot clean up what a snapshot may still read. */
  longest: 600_000,
};

/** Sends piece by piece, as the client takes them; cuts off one that does not, and whatever takes too long. */
export async function streamResponse(
  pieces: AsyncIterable<string | Uint8Array>,
  response: ServerResponse,
  { stalled, longest } = LIMITS,
): Promise<void> {
  const cutOff = () => response.destroy();
  const late = setTimeout(cutOff, longest);
  response.setTimeout(stalled, cutOff);
  try {
    await pipeline(Readable.from(pieces), response);
  } finally {
    clearTimeout(late);
  }
}
