import { LRUCache } from 'lru-cache';

/** Limits the memory of one cache of headers. Most clients send one of a few. */
const MAX_HEADERS_BYTES = 100_000;
const HEADER_OVERHEAD_BYTES = 300;

/**
 * Creates a cache of what a header of requests was negotiated to, because parsing one costs more than the look-up.
 *
 * @param maxLength Longer headers are not cached.
 */
export const headerCache = <V extends object | string>(maxLength = MAX_HEADERS_BYTES): LRUCache<string, V> =>
  new LRUCache({
    maxSize: MAX_HEADERS_BYTES,
    maxEntrySize: maxLength + HEADER_OVERHEAD_BYTES,
    sizeCalculation: (_, header) => header.length + HEADER_OVERHEAD_BYTES,
  });
