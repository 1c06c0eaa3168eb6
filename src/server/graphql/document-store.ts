import type { DocumentStore as ApolloDocumentStore } from '@apollo/server';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { parseAndValidate } from './parse-and-validate.js';
import { type KeyValueCache, type PersistedQueries, persistedQueryCache } from './persisted-queries.js';
import { StoredDocument } from './stored-document.js';

const DEFAULT_MAX_BYTES = 64_000_000;
/** Limits one document to a share of the store, so that a large one cannot evict all others. */
const MAX_DOCUMENT_SHARE = 1 / 8;

/** Limits the memory of the errors of rejected documents. */
const MAX_REJECTED_BYTES = 2_000_000;
/** Longer rejected documents are parsed again for each request. */
const MAX_REJECTED_LENGTH = 4_000;
const REJECTED_OVERHEAD_BYTES = 1_000;

/** The reasons why a document cannot be executed. */
export interface RejectedDocument {
  readonly errors: readonly GraphQLFormattedError[];
}

/**
 * Caches documents by their text: each is parsed, checked against the limits and validated once. Everything that is
 * computed once per document hangs on its entry, so that one eviction frees it: the hash, the required scopes, cost plans
 * and execution plans.
 *
 * Rejected documents are cached apart: requests with errors cannot evict valid documents.
 */
export class DocumentStore {
  readonly #documents: LRUCache<string, StoredDocument>;
  readonly #persistedQueries = persistedQueryCache();
  readonly #byHash = new Map<string, StoredDocument>();
  readonly #rejected = new LRUCache<string, RejectedDocument>({
    maxSize: MAX_REJECTED_BYTES,
    sizeCalculation: ({ errors }, text) =>
      text.length * 2 + errors.length * REJECTED_OVERHEAD_BYTES + JSON.stringify(errors).length * 2,
  });

  /** @param maxBytes Limits the memory of all stored documents, with their plans. */
  constructor(
    private readonly schema: GraphQLSchema,
    readonly maxBytes: number = DEFAULT_MAX_BYTES,
  ) {
    this.#documents = new LRUCache({
      maxSize: maxBytes,
      maxEntrySize: Math.floor(maxBytes * MAX_DOCUMENT_SHARE),
      sizeCalculation: ({ bytes }) => bytes,
      dispose: (stored, _text, reason) => {
        this.#byHash.delete(stored.hash);
        if (reason === 'evict') stored.onEvicted();
      },
    });
  }

  /** The estimated memory of all stored documents, in bytes. */
  get bytes(): number {
    return this.#documents.calculatedSize;
  }

  /** The texts of automatic persisted queries. */
  get persistedQueries(): PersistedQueries {
    return this.#persistedQueries;
  }

  /** Returns the document of a text, parsed and validated, or the errors that reject it. */
  load(text: string): StoredDocument | RejectedDocument {
    return this.#documents.get(text) ?? this.#rejected.get(text) ?? this.#add(text);
  }

  /** Returns whether `load` returns the document of a text without parsing and validating it. */
  has(text: string): boolean {
    return this.#documents.has(text) || this.#rejected.has(text);
  }

  /** Returns the document with this SHA-256 if it is stored. */
  getByHash(hash: string): StoredDocument | undefined {
    return this.#byHash.get(hash);
  }

  #add(text: string): StoredDocument | RejectedDocument {
    const { document, errors } = parseAndValidate(this.schema, text);
    if (errors) {
      const rejected = { errors: errors.map(error => error.toJSON()) };
      if (text.length <= MAX_REJECTED_LENGTH) this.#rejected.set(text, rejected);
      return rejected;
    }
    const stored = new StoredDocument(this.schema, text, document, () => this.#weighAgain(text, stored));
    this.#store(text, stored);
    return stored;
  }

  #store(text: string, stored: StoredDocument): void {
    this.#documents.set(text, stored);
    // The LRU refuses documents over its limit.
    if (this.#documents.has(text)) this.#byHash.set(stored.hash, stored);
    else stored.onEvicted();
  }

  /** Weighs a document again, since the LRU has the size that it had before its plans. An evicted one stays out. */
  #weighAgain(text: string, stored: StoredDocument): void {
    if (this.#documents.peek(text) !== stored) return;
    this.#documents.delete(text);
    this.#store(text, stored);
  }

  /**
   * Returns the caches of Apollo Server. It looks documents up by `<hash of the schema>:<SHA-256 of the text>` and neither
   * parses nor validates those that it gets. It stores none itself: it would not check the limits.
   */
  forApollo(): { documentStore: ApolloDocumentStore; cache: KeyValueCache } {
    const documentStore: ApolloDocumentStore = {
      get: async key => this.#byHash.get(key.slice(key.indexOf(':') + 1))?.document,
      set: async () => undefined,
      delete: async () => false,
    };
    return { documentStore, cache: this.#persistedQueries };
  }
}
