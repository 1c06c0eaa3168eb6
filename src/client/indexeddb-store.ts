import type { CopyEntry, CopyRecord, CopyStore } from './copy-store.js';
import { pageTurns } from './page-turns.js';

const VERSION = 1;
/** The object store of records. A key begins with the load that wrote the record: `[load, type, id]`. */
const RECORDS = 'records';
/** The object store of the state, which names the load that readers see. */
const STATE = 'state';

interface State {
  load: string;
  cursor: string;
}

/** A copy in the browser. */
export interface IndexedDbStore extends CopyStore {
  /** Closes the database. */
  close(): void;
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when a transaction is stored; rejects if it was not. */
function stored(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The transaction was aborted.'));
  });
}

/** The range of keys that begin with the given parts: an array sorts after all texts. */
const startingWith = (...parts: string[]) => IDBKeyRange.bound(parts, [...parts, []]);

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(RECORDS);
    request.result.createObjectStore(STATE);
  };
  return resultOf(request);
}

/** Opens a store in IndexedDB, by the name of its database. Pages of one origin may share it, also at the same time. */
export async function openIndexedDbStore(name = 'stedenband'): Promise<IndexedDbStore> {
  const database = await open(name);
  database.onversionchange = () => database.close();

  /** Runs a transaction; the last write in it is stored with all others, or none is. */
  async function write<T>(run: (records: IDBObjectStore, state: State | undefined, put: (state: State) => void) => T) {
    const transaction = database.transaction([RECORDS, STATE], 'readwrite', { durability: 'strict' });
    const [records, states] = [transaction.objectStore(RECORDS), transaction.objectStore(STATE)];
    const done = stored(transaction);
    // A promise that rejects before it is awaited.
    done.catch(() => undefined);
    try {
      const state = await stateIn(transaction);
      const result = await run(records, state, next => void states.put(next, STATE));
      await done;
      return result;
    } catch (error) {
      // Undoes the writes of this transaction.
      if (!transaction.error) transaction.abort();
      throw error;
    }
  }
  const stateIn = (transaction: IDBTransaction): Promise<State | undefined> =>
    resultOf(transaction.objectStore(STATE).get(STATE));
  async function read<T>(run: (records: IDBObjectStore, load: string) => IDBRequest<T>): Promise<T | undefined> {
    const transaction = database.transaction([RECORDS, STATE]);
    const state = await stateIn(transaction);
    return state && resultOf(run(transaction.objectStore(RECORDS), state.load));
  }
  const put = (records: IDBObjectStore, load: string, { type, key, value }: CopyEntry) =>
    records.put(value, [load, type, key]);

  return {
    turns: pageTurns(name),
    cursor: async () => (await stateIn(database.transaction(STATE)))?.cursor,
    replace: async (cursor, batches) => {
      const load = crypto.getRandomValues(new Uint32Array(4)).join('-');
      let count = 0;
      try {
        for await (const batch of batches) {
          await write(records => {
            for (const entry of batch) put(records, load, entry);
          });
          count += batch.length;
        }
      } catch (error) {
        await write(records => void records.delete(startingWith(load)));
        throw error;
      }
      return await write(async (records, _, putState) => {
        // Another page that finished first has deleted the records of this load.
        if ((await resultOf(records.count(startingWith(load)))) !== count) return false;
        records.delete(IDBKeyRange.upperBound([load], true));
        records.delete(IDBKeyRange.lowerBound([load, []], true));
        putState({ load, cursor });
        return true;
      });
    },
    apply: (changes, from, to) =>
      write((records, state, putState) => {
        if (state?.cursor !== from) return false;
        for (const { type, key, value } of changes) {
          if (value) put(records, state.load, { type, key, value });
          else records.delete([state.load, type, key]);
        }
        putState({ load: state.load, cursor: to });
        return true;
      }),
    get: (type, key) => read((records, load) => records.get([load, type, key]) as IDBRequest<CopyRecord | undefined>),
    list: async type =>
      (await read((records, load) => records.getAll(startingWith(load, type)) as IDBRequest<CopyRecord[]>)) ?? [],
    close: () => database.close(),
  };
}
