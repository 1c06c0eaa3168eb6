/** Message types of the protocol of PostgreSQL. */
const QUERY = 'Q'.charCodeAt(0);
const SYNC = 'S'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);

/** Bytes of ReadyForQuery: its type, its length of 5 as four bytes, and the status of the transaction. */
const READY_BYTES = 6;

/** Messages; `isComplete` if the backend answers the last one with ReadyForQuery. */
interface FrontendRequest {
  messages: Uint8Array;
  isComplete: boolean;
}

/** Splits messages after each Query and Sync, because an error makes the backend ignore those until the next one. */
export function* splitRequests(messages: Uint8Array): Generator<FrontendRequest> {
  const view = new DataView(messages.buffer, messages.byteOffset, messages.byteLength);
  let start = 0;
  let end = 0;
  while (end < messages.length) {
    const type = messages[end];
    end += 1 + view.getUint32(end + 1);
    if (type !== QUERY && type !== SYNC) continue;
    yield { messages: messages.subarray(start, end), isComplete: true };
    start = end;
  }
  if (start < end) yield { messages: messages.subarray(start, end), isComplete: false };
}

/**
 * Returns the response with one ReadyForQuery at its end, or none if the request is incomplete. PGlite sends one after each
 * error, besides that for Sync, and the driver would take it for the end of the next statement.
 */
export function withoutExtraReady(response: Uint8Array, isComplete: boolean): Uint8Array {
  let ready = 0;
  while (endsWithReady(response, response.length - ready * READY_BYTES)) ready += 1;
  const extra = Math.max(0, ready - (isComplete ? 1 : 0));
  return response.subarray(0, response.length - extra * READY_BYTES);
}

function endsWithReady(response: Uint8Array, end: number): boolean {
  const start = end - READY_BYTES;
  // Messages before it end with a byte 0, and this one does not.
  return start >= 0 && response[start] === READY_FOR_QUERY && response[start + 4] === 5 && response[end - 1] !== 0;
}
