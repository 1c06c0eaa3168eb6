import type { Authenticator } from '../../access/authenticate.js';
import type { Identity } from '../../access/identity.js';

/** The interval at which the keys of open sessions are checked: a revoked key ends its sessions within a second. */
const CHECK_INTERVAL_MS = 500;

/** A connection that outlives its request. */
interface Session {
  identity: Identity;
  /** Called once, when the key or the token is no longer valid. */
  onExpired: () => void;
}

/** Ends connections whose keys and tokens are no longer valid. */
export class Sessions {
  readonly #open = new Set<Session>();
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly authenticator: Authenticator) {
    this.#timer = setInterval(() => void this.#check(), CHECK_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Adds a session. Returns the function that removes it. */
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
    // While the database is unavailable no key counts as revoked; the next check decides.
    const revoked = keyIds.size
      ? await this.authenticator.revokedAmong([...keyIds]).catch(() => new Set<string>())
      : new Set<string>();
    for (const session of this.#open) {
      const { keyId, expiresAt } = session.identity;
      // The clock of the database decides on keys, for all instances alike; that of this process on tokens.
      const isExpired = keyId === undefined ? expiresAt !== null && expiresAt.getTime() <= now : revoked.has(keyId);
      if (!isExpired) continue;
      this.#open.delete(session);
      session.onExpired();
    }
  }
}
