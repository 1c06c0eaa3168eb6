import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Begins the payload of a proof. Those of a change are cursors. */
const PREFIX = 'proof ';
/** Limits the time between sending a proof and hearing it. */
const PROOF_TIMEOUT_MS = 2_000;

/** A proof could not be sent, which says nothing about the listening connection. */
export class UnsentProofError extends Error {}

/**
 * Proves that a connection hears notifications: a connection pooler accepts LISTEN without passing on what it hears, and
 * a connection may lead to another server than the pool.
 */
export class ListeningProof {
  readonly #send: (payload: string) => Promise<void>;
  #expected: { payload: string; resolve: (heard: true) => void } | undefined;
  #isHeard = false;

  /** @param send Called for each proof. Sends a notification over another connection than the listening one. */
  constructor(send: (payload: string) => Promise<void>) {
    this.#send = send;
  }

  /** True once a proof was heard. */
  get isHeard(): boolean {
    return this.#isHeard;
  }

  /**
   * Sends a nonce and waits until it is heard.
   *
   * @throws UnsentProofError if it cannot be sent; another error if it is not heard in time.
   */
  async renew(): Promise<void> {
    const payload = PREFIX + randomUUID();
    const heard = new Promise<true>(resolve => {
      this.#expected = { payload, resolve };
    });
    try {
      await this.#send(payload);
    } catch (cause) {
      throw new UnsentProofError(`a notification could not be sent: ${(cause as Error).message}`, { cause });
    }
    // In a busy process the time-out can run before the socket is read: the notification gets one turn more.
    const missed = sleep(PROOF_TIMEOUT_MS, undefined, { ref: false }).then(() => nextTurn(false));
    if (await Promise.race([heard, missed])) return;
    throw new Error(
      'a notification was sent and did not arrive; if DATABASE_URL leads to a connection pooler, set DATABASE_DIRECT_URL to a direct connection to the same database',
    );
  }

  /** Receives the payload of a notification. Returns true for a proof, of this or another instance. */
  hear(payload: string | undefined): boolean {
    if (!payload?.startsWith(PREFIX)) return false;
    if (payload === this.#expected?.payload) {
      this.#isHeard = true;
      this.#expected.resolve(true);
    }
    return true;
  }
}
