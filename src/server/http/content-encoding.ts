import type { IncomingMessage } from 'node:http';
import Negotiator from 'negotiator';
import { headerCache } from './header-cache.js';

/** The content codings that we send, in the order of our preference: the cheapest first. */
export const CODINGS = ['zstd', 'br', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number];

/** The encoding of a body; `identity` is none. */
export type Encoding = Coding | 'identity';

/** All encodings, in the order of our preference. */
export const ENCODINGS: Encoding[] = [...CODINGS, 'identity'];
const ONLY_IDENTITY: readonly Encoding[] = ['identity'];

/** The parameter of a Negotiator that its types lack: our order, for encodings of equal weight. */
interface EncodingNegotiator {
  encodings(available: Encoding[], options: { preferred: Encoding[] }): Encoding[];
}

/** Smaller bodies are sent as they are: they fit into one packet with their head. */
const MIN_COMPRESSED_BYTES = 1_000;

/** A longer header is negotiated each time. */
const MAX_HEADER_LENGTH = 1_000;
const negotiated = headerCache<readonly Encoding[]>(MAX_HEADER_LENGTH);

/**
 * Returns the encodings that a client accepts, the preferred one first; empty if it accepts none of ours (RFC 9110, 12.5.3).
 * Among equal weights our order decides. Without the header a client gets the body as it is.
 */
export function acceptedEncodings({ headers }: IncomingMessage): readonly Encoding[] {
  // Node joins repeated headers.
  const header = headers['accept-encoding'] as string | undefined;
  if (header === undefined) return ONLY_IDENTITY;
  let accepted = negotiated.get(header);
  if (!accepted) {
    // `x-gzip` is an old name of gzip: RFC 9110, 8.4.1.3.
    const value = header.replaceAll(/\bx-gzip\b/gi, 'gzip');
    const negotiator = new Negotiator({ headers: { 'accept-encoding': value } }) as unknown as EncodingNegotiator;
    accepted = negotiator.encodings(ENCODINGS, { preferred: ENCODINGS });
    negotiated.set(header, accepted);
  }
  return accepted;
}

/** Returns the encoding of a body by its length; `undefined` if the client accepts none. */
export function encodingFor(request: IncomingMessage, length: number): Encoding | undefined {
  const accepted = acceptedEncodings(request);
  return length < MIN_COMPRESSED_BYTES && accepted.includes('identity') ? 'identity' : accepted[0];
}
