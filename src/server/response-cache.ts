import type { EntityManager } from '@mikro-orm/sql';
import { LRUCache } from 'lru-cache';
import type { SubjectType } from '../change/change.js';
import type { ChangeStream } from '../change/stream.js';
import { type Types, typesRead } from '../change/versions.js';
import { type Statement, statements } from '../graph/rows.js';
import { type Answer, toKeep } from './answer.js';

/** What an operation reads, from before its first statement on. */
interface Reading {
  since: number;
  statements: Set<string>;
}

/** An answer, and what it was made from. */
interface Entry {
  answer: Answer;
  types: Types;
  since: number;
}

/** An answer of more bytes than this share of the cache is not kept. */
const LARGEST_SHARE = 1 / 16;
const OVERHEAD = 500;

/**
 * Whole answers in front of everything that makes them. An answer is given again until a record of a type that it was
 * read from changes: each remembers the count of changes from before its first statement, so what was read while
 * somebody wrote is never taken for new. While changes are not heard of, nothing is given.
 */
export class ResponseCache {
  readonly #changes: ChangeStream;
  readonly #entries: LRUCache<string, Entry>;
  readonly #readings = new WeakMap<EntityManager, Reading>();
  /** Answers on their way, so that many who ask at once are answered by one; only those who ask at the same count. */
  readonly #underWay = new Map<string, { since: number; answer: Promise<Answer> }>();

  /** @param bytes How much it may hold. */
  constructor(changes: ChangeStream, bytes: number) {
    this.#changes = changes;
    this.#entries = new LRUCache({
      maxSize: bytes,
      maxEntrySize: bytes * LARGEST_SHARE,
      sizeCalculation: ({ answer }, key) => answer.body.length + key.length * 2 + OVERHEAD,
    });
    statements.subscribe(this.#record);
  }

  close(): void {
    statements.unsubscribe(this.#record);
    this.#entries.clear();
  }

  readonly #record = (message: unknown): void => {
    const { em, text } = message as Statement;
    this.#readings.get(em)?.statements.add(text);
  };

  /** The answer that was given to the same request, when it still holds. */
  get(key: string): Answer | undefined {
    if (!this.#changes.isCurrent) return undefined;
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (this.#changes.versions.areUnchanged(entry.types, entry.since)) return entry.answer;
    this.#entries.delete(key);
    return undefined;
  }

  /**
   * The answer that was given last to the same request, unless it is known to hold no more. For when there is no other:
   * nobody writes to a database that is away, though somebody may have just before.
   */
  last(key: string): Answer | undefined {
    return this.#entries.get(key)?.answer;
  }

  /** The answer to a request that is not kept: made once for all who ask now, and kept when it may be. */
  async answer(key: string, em: EntityManager, make: () => Promise<Answer>): Promise<Answer> {
    const since = this.#changes.versions.now;
    const other = this.#underWay.get(key);
    if (other?.since === since) {
      const answer = await other.answer;
      if (answer.isWhole) return answer;
    }
    const making = this.#make(key, em, since, make);
    this.#underWay.set(key, { since, answer: making });
    try {
      return await making;
    } finally {
      if (this.#underWay.get(key)?.answer === making) this.#underWay.delete(key);
    }
  }

  async #make(key: string, em: EntityManager, since: number, make: () => Promise<Answer>): Promise<Answer> {
    const reading = { since, statements: new Set<string>() };
    this.#readings.set(em, reading);
    const answer = await make();
    if (!answer.isWhole) return answer;
    const kept = toKeep(answer);
    this.#entries.set(key, { answer: kept, types: typesOf(reading.statements), since });
    return kept;
  }
}

function typesOf(texts: ReadonlySet<string>): Types {
  const types = new Set<SubjectType>();
  for (const text of texts) {
    const read = typesRead(text);
    if (!read) return undefined;
    for (const type of read) types.add(type);
  }
  return [...types];
}
