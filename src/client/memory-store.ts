import type { CopyChange, CopyEntry, CopyRecord, CopyStore } from './copy-store.js';

type Records = Map<string, Map<string, CopyRecord>>;

function put(records: Records, { type, key, value }: CopyChange): void {
  const ofType = records.get(type) ?? new Map<string, CopyRecord>();
  records.set(type, ofType);
  if (value) ofType.set(key, value);
  else ofType.delete(key);
}

/** Returns a store in memory: the copy is loaded again when the program starts. */
export function memoryStore(): CopyStore {
  let records: Records = new Map();
  let cursor: string | undefined;
  return {
    cursor: async () => cursor,
    replace: async (next: string, batches: AsyncIterable<readonly CopyEntry[]>) => {
      const loaded: Records = new Map();
      for await (const batch of batches) for (const entry of batch) put(loaded, entry);
      records = loaded;
      cursor = next;
      return true;
    },
    apply: async (changes, from, to) => {
      if (cursor !== from) return false;
      for (const change of changes) put(records, change);
      cursor = to;
      return true;
    },
    get: async (type, key) => records.get(type)?.get(key),
    list: async type => {
      const entries = [...(records.get(type) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      return entries.map(([, value]) => value);
    },
  };
}
