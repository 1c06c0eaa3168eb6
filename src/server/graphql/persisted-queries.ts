import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import { LRUCache } from 'lru-cache';

/** Limits the texts of automatic persisted queries. A client sends an evicted text again, as the protocol provides. */
const MAX_BYTES = 8_000_000;
const OVERHEAD_BYTES = 300;

/** The cache that Apollo Server requires. */
export type KeyValueCache = Exclude<ApolloServerOptions<BaseContext>['cache'], 'bounded' | undefined>;

/** The cache of Apollo Server, and its memory. */
export type PersistedQueries = KeyValueCache & { readonly bytes: number; readonly maxBytes: number };

/** Returns the cache of automatic persisted queries. The default of Apollo Server counts no keys, and holds 30 MiB of texts. */
export function persistedQueryCache(): PersistedQueries {
  const texts = new LRUCache<string, string>({
    maxSize: MAX_BYTES,
    sizeCalculation: text => text.length * 2 + OVERHEAD_BYTES,
  });
  return {
    get: async hash => texts.get(hash),
    set: async (hash, text) => void texts.set(hash, text),
    delete: async hash => texts.delete(hash),
    maxBytes: MAX_BYTES,
    get bytes() {
      return texts.calculatedSize;
    },
  };
}
