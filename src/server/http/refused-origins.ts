import { LRUCache } from 'lru-cache';
import type { Logger } from '../observability/logger.js';

/** Limits the lines of the log about refused origins, which clients can invent, in an hour. */
const MAX_ORIGINS = 100;
const INTERVAL_MS = 3_600_000;

/** The syntax of an origin, or `null` of a page without one. Other text of a client is not logged. */
const ORIGIN = /^(?:null|[a-z][a-z\d+.-]{0,20}:\/\/[\w.:[\]-]{1,260})$/i;

/** Logs each origin that is refused once an hour, since browsers do not show the reason to a developer. */
export class RefusedOrigins {
  readonly #logged = new LRUCache<string, true>({ max: MAX_ORIGINS, ttl: INTERVAL_MS });

  constructor(private readonly logger: Logger) {}

  log(origin: string): void {
    if (!this.logger.warn || this.#logged.has(origin) || !ORIGIN.test(origin)) return;
    this.#logged.purgeStale();
    if (this.#logged.size >= MAX_ORIGINS) return;
    this.#logged.set(origin, true);
    this.logger.warn(
      'a page of this origin was refused; add the origin to ALLOWED_ORIGINS, or localhost for all pages of this machine',
      { origin },
    );
  }
}
