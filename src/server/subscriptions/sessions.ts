import type { Authenticator } from '../../access/authenticate.js';
import type { Identity } from '../../access/identity.js';

/** How often keys of open sessions are looked at again, in milliseconds: a revoked one ends within a second. */
const CHECK_INTERVAL_MS = 500;

/** Somebody who stays connected. */
interface Session {
  identity: Identity;
  /** Called once when the key no longer opens anything. */
  onExpired: () => void;
}

/** Those who stay connected, for as long as their keys and tokens are valid. */
export class Sessions {
  readonly #open = new Set<Session>();
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly authenticator: Authenticator) {
    this.#timer = setInterval(() => void this.#check(), CHECK_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Watches a session, and gives the function that ends the watch. */
  add(identity: Identity, onExpired: () => void): () => void {
    const session = { identity, onExpired };
    this.#open.add(session);
    return () => this.#open.delete(session);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #check(): Promise<void> {
    const now = Date.now();
    const keyIds = new Set([...this.#open].flatMap(({ identity: { keyId } }) => (keyId === undefined ? [] : [keyId])));
    // A database that does not answer revokes nobody; the next look will tell.
    const revoked = keyIds.size
      ? await this.authenticator.revokedAmong([...keyIds]).catch(() => new Set<string>())
      : new Set<string>();
    for (const session of this.#open) {
      const { keyId, expiresAt } = session.identity;
      // Of a key the database's clock decides, the same for every instance; a token is read by this one's.
      const isOver = keyId === undefined ? expiresAt !== null && expiresAt.getTime() <= now : revoked.has(keyId);
      if (!isOver) continue;
      this.#open.delete(session);
      session.onExpired();
    }
  }
}
