import type { DocumentStore as ApolloDocumentStore } from '@apollo/server';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { parseAndValidate } from './parse-and-validate.js';
import { StoredDocument } from './stored-document.js';

/** Limits the memory of all stored documents, with their plans. */
const MAX_BYTES = 64_000_000;
/** Limits one document to a share of it, so that a large one cannot evict all others. */
const MAX_DOCUMENT_BYTES = MAX_BYTES / 16;

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
  readonly #documents = new LRUCache<string, StoredDocument>({
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_DOCUMENT_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
    dispose: ({ hash }) => this.#byHash.delete(hash),
  });
  readonly #byHash = new Map<string, StoredDocument>();
  readonly #rejected = new LRUCache<string, RejectedDocument>({
    maxSize: MAX_REJECTED_BYTES,
    sizeCalculation: ({ errors }, text) => text.length * 2 + errors.length * REJECTED_OVERHEAD_BYTES,
  });

  constructor(private readonly schema: GraphQLSchema) {}

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
    const stored = new StoredDocument(this.schema, text, document);
    this.#documents.set(text, stored);
    // The LRU refuses documents over its limit.
    if (this.#documents.has(text)) this.#byHash.set(stored.hash, stored);
    return stored;
  }

  /**
   * Returns a view for Apollo Server, which looks documents up by `<hash of the schema>:<SHA-256 of the text>` and
   * neither parses nor validates those that it gets. It stores nothing: Apollo would not check the limits.
   */
  forApollo(): ApolloDocumentStore {
    return {
      get: async key => this.#byHash.get(key.slice(key.indexOf(':') + 1))?.document,
      set: async () => undefined,
      delete: async () => false,
    };
  }
}
