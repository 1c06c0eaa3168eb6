import { unreachable } from './errors.js';

/** Limits the wait for the next piece of a response. The register answers a client that waits for changes after 25 s. */
const SILENCE_MS = 30_000;

/** Returns a signal that is aborted with another one, or when `expect` was not called again in time. */
export function silenceSignal(signal: AbortSignal | undefined): {
  signal: AbortSignal;
  /** Begins to wait for a piece. */
  expect(): void;
  /** Ends the wait: the piece is there. */
  arrived(): void;
} {
  const control = new AbortController();
  let timeout: ReturnType<typeof setTimeout> | undefined;
  const arrived = () => clearTimeout(timeout);
  return {
    signal: signal ? AbortSignal.any([signal, control.signal]) : control.signal,
    expect: () => {
      arrived();
      timeout = setTimeout(() => control.abort(new Error('The connection is silent.')), SILENCE_MS);
    },
    arrived,
  };
}

/**
 * Reads the text of a response, piece by piece. The time that the caller takes for a piece does not count as silence.
 *
 * @throws RegisterError UNREACHABLE if the response is cut off.
 */
export async function* piecesOf(
  response: Response,
  { expect, arrived }: ReturnType<typeof silenceSignal>,
): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      expect();
      const piece = await reader?.read().catch(cause => {
        throw unreachable(cause);
      });
      arrived();
      if (!piece || piece.done) return;
      yield decoder.decode(piece.value, { stream: true });
    }
  } finally {
    arrived();
    reader?.cancel().catch(() => undefined);
  }
}
