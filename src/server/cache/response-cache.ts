import { LRUCache } from 'lru-cache';
import type { ChangeStream } from '../../change/stream.js';
import type { SubjectTypes } from '../../change/versions.js';
import type { Context, KnownAt } from '../../context.js';
import { type Fork, ForkProperty } from '../../graph/sql/fork.js';
import { type StatementEvent, statementChannel } from '../../graph/sql/query.js';
import { memoryOf, type PreparedResponse, toCacheable } from '../http/prepared-response.js';
import { subjectTypesOf } from './subject-types.js';

/** A response, and the subject types that it was read from. */
interface Entry {
  response: PreparedResponse;
  types: SubjectTypes;
  version: number;
}

/** Limits one response to a share of the cache. */
const MAX_ENTRY_SHARE = 1 / 16;
const ENTRY_OVERHEAD_BYTES = 1_000;

/**
 * Full-response cache of queries. An entry is valid while no record of any subject type that its SQL read has changed. The
 * version is captured before the first statement, so a response that is computed during a concurrent write is never
 * treated as fresh. An answer about a past moment is valid until all are removed. While LISTEN is
 * disconnected, `getFresh` returns nothing.
 */
export class ResponseCache {
  readonly #changes: ChangeStream;
  readonly #entries: LRUCache<string, Entry>;
  readonly #maxEntryBytes: number;
  /** The SQL texts of operations that are being computed. */
  readonly #readSets = new ForkProperty<Set<string>>('read set');
  /** Raised when all responses are removed, those that are being computed included. */
  #generation = 0;
  /** Responses that are being computed. Only requests of the same version share one. */
  readonly #inFlight = new Map<string, { version: number; response: Promise<PreparedResponse> }>();

  /** @param maxBytes The limit for all entries together. */
  constructor(
    changes: ChangeStream,
    readonly maxBytes: number,
  ) {
    this.#changes = changes;
    this.#maxEntryBytes = Math.floor(maxBytes * MAX_ENTRY_SHARE);
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      maxEntrySize: this.#maxEntryBytes,
      sizeCalculation: ({ response }, key) => entryBytes(response, key),
    });
    statementChannel.subscribe(this.#record);
  }

  /** The estimated memory of all entries, in bytes. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  close(): void {
    statementChannel.unsubscribe(this.#record);
    this.#entries.clear();
  }

  /** Removes all responses, also those that `getStale` would return. */
  clear(): void {
    this.#generation += 1;
    this.#inFlight.clear();
    this.#entries.clear();
  }

  readonly #record = (message: unknown): void => {
    const { em, text } = message as StatementEvent;
    this.#readSets.get(em)?.add(text);
  };

  /** Returns the cached response if it is still valid. */
  getFresh(key: string): PreparedResponse | undefined {
    if (!this.#changes.isInSync) return undefined;
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (this.#changes.versions.areUnchanged(entry.types, entry.version)) return entry.response;
    this.#entries.delete(key);
    return undefined;
  }

  /**
   * Returns the cached response unless it is known to be invalid, for use while the database is unavailable: nobody writes
   * then, though somebody may have just before.
   */
  getStale(key: string): PreparedResponse | undefined {
    const entry = this.#entries.get(key);
    return entry && this.#changes.versions.areUnchanged(entry.types, entry.version) ? entry.response : undefined;
  }

  /** Computes a response once for all concurrent requests of one key, and caches it if it is cacheable. */
  async getOrCompute(
    key: string,
    { em, knownAt }: Pick<Context, 'em' | 'knownAt'>,
    compute: () => Promise<PreparedResponse>,
  ): Promise<PreparedResponse> {
    const version = this.#changes.versions.now;
    const inFlight = this.#inFlight.get(key);
    if (inFlight?.version === version) {
      // An error may be about the other client alone, such as that its budget is spent.
      const shared = await inFlight.response.catch(() => undefined);
      if (shared?.isCacheable) return shared;
    }
    const response = this.#compute(key, em, knownAt, version, compute);
    this.#inFlight.set(key, { version, response });
    try {
      return await response;
    } finally {
      if (this.#inFlight.get(key)?.response === response) this.#inFlight.delete(key);
    }
  }

  async #compute(
    key: string,
    em: Fork,
    knownAt: KnownAt | undefined,
    version: number,
    compute: () => Promise<PreparedResponse>,
  ): Promise<PreparedResponse> {
    const readSet = new Set<string>();
    this.#readSets.set(em, readSet);
    const generation = this.#generation;
    const response = await compute();
    if (!response.isCacheable) return response;
    const cacheable = toCacheable(response);
    // No change can alter an answer about the past.
    const types = knownAt ? [] : subjectTypesOf(readSet);
    const entry = { response: cacheable, types, version };
    cacheable.onCompressed = coding => {
      // A response that would be too large with this form is cached without it.
      if (entryBytes(cacheable, key) > this.#maxEntryBytes) delete cacheable.compressed?.[coding];
      // A new object: for the same one the cache would not calculate the size again.
      else if (this.#entries.peek(key)?.response === cacheable) this.#entries.set(key, { ...entry });
    };
    if (generation === this.#generation) this.#entries.set(key, entry);
    return cacheable;
  }
}

const entryBytes = (response: PreparedResponse, key: string): number =>
  memoryOf(response) + key.length * 2 + ENTRY_OVERHEAD_BYTES;
