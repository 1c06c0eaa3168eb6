import type { EntityManager } from '@mikro-orm/sql';
import { LRUCache } from 'lru-cache';
import type { SubjectType } from '../../change/change.js';
import type { ChangeStream } from '../../change/stream.js';
import { type SubjectTypes, subjectTypesReadBy } from '../../change/versions.js';
import { type StatementEvent, statementChannel } from '../../graph/sql/query.js';
import { type PreparedResponse, toCacheable } from '../http/response.js';

/** What an operation reads, from before its first statement on. */
interface ReadSet {
  version: number;
  statements: Set<string>;
}

/** An answer, and what it was made from. */
interface Entry {
  response: PreparedResponse;
  types: SubjectTypes;
  version: number;
}

/** An answer of more bytes than this share of the cache is not kept. */
const MAX_ENTRY_SHARE = 1 / 16;
const ENTRY_OVERHEAD_BYTES = 500;

/**
 * Whole answers in front of everything that makes them. An answer is given again until a record of a type that it was
 * read from changes: each remembers the count of changes from before its first statement, so what was read while
 * somebody wrote is never taken for new. While changes are not heard of, nothing is given.
 */
export class ResponseCache {
  readonly #changes: ChangeStream;
  readonly #entries: LRUCache<string, Entry>;
  readonly #readSets = new WeakMap<EntityManager, ReadSet>();
  /** Answers on their way, so that many who ask at once are answered by one; only those who ask at the same count. */
  readonly #inFlight = new Map<string, { since: number; answer: Promise<PreparedResponse> }>();

  /** @param bytes How much it may hold. */
  constructor(changes: ChangeStream, bytes: number) {
    this.#changes = changes;
    this.#entries = new LRUCache({
      maxSize: bytes,
      maxEntrySize: bytes * MAX_ENTRY_SHARE,
      sizeCalculation: ({ response }, key) => response.body.length + key.length * 2 + ENTRY_OVERHEAD_BYTES,
    });
    statementChannel.subscribe(this.#record);
  }

  close(): void {
    statementChannel.unsubscribe(this.#record);
    this.#entries.clear();
  }

  readonly #record = (message: unknown): void => {
    const { em, text } = message as StatementEvent;
    this.#readSets.get(em)?.statements.add(text);
  };

  /** The answer that was given to the same request, when it still holds. */
  getFresh(key: string): PreparedResponse | undefined {
    if (!this.#changes.isInSync) return undefined;
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (this.#changes.versions.areUnchanged(entry.types, entry.version)) return entry.response;
    this.#entries.delete(key);
    return undefined;
  }

  /**
   * The answer that was given last to the same request, unless it is known to hold no more. For when there is no other:
   * nobody writes to a database that is away, though somebody may have just before.
   */
  getStale(key: string): PreparedResponse | undefined {
    return this.#entries.get(key)?.response;
  }

  /** The answer to a request that is not kept: made once for all who ask now, and kept when it may be. */
  async getOrCompute(key: string, em: EntityManager, make: () => Promise<PreparedResponse>): Promise<PreparedResponse> {
    const since = this.#changes.versions.now;
    const other = this.#inFlight.get(key);
    if (other?.since === since) {
      const answer = await other.answer;
      if (answer.isCacheable) return answer;
    }
    const making = this.#compute(key, em, since, make);
    this.#inFlight.set(key, { since, answer: making });
    try {
      return await making;
    } finally {
      if (this.#inFlight.get(key)?.answer === making) this.#inFlight.delete(key);
    }
  }

  async #compute(
    key: string,
    em: EntityManager,
    version: number,
    make: () => Promise<PreparedResponse>,
  ): Promise<PreparedResponse> {
    const reading = { version, statements: new Set<string>() };
    this.#readSets.set(em, reading);
    const answer = await make();
    if (!answer.isCacheable) return answer;
    const kept = toCacheable(answer);
    this.#entries.set(key, { response: kept, types: subjectTypesOf(reading.statements), version });
    return kept;
  }
}

function subjectTypesOf(texts: ReadonlySet<string>): SubjectTypes {
  const types = new Set<SubjectType>();
  for (const text of texts) {
    const read = subjectTypesReadBy(text);
    if (!read) return undefined;
    for (const type of read) types.add(type);
  }
  return [...types];
}
