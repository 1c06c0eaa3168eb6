import DataLoader from 'dataloader';
import { scheduleBatch } from './batch-scheduler.js';
import { traceBatch } from './diagnostics.js';
import { type Fork, ForkProperty } from './fork.js';

/**
 * Returns a function from a fork to its DataLoader, which batches and caches for the lifetime of the fork.
 *
 * @param load Called once per batch with distinct keys. Resolves with one value (or Error) per key, in the order of the
 *   keys; a rejection becomes the error of all keys.
 */
export function loader<K, V>(load: (em: Fork, keys: readonly K[]) => Promise<ArrayLike<V | Error>>) {
  const loaders = new ForkProperty<DataLoader<K, V>>('loader');
  return (em: Fork): DataLoader<K, V> => {
    let dataLoader = loaders.get(em);
    if (!dataLoader) {
      dataLoader = new DataLoader(keys => traceBatch(keys, () => load(em, keys)), {
        batchScheduleFn: dispatch => scheduleBatch(em, dispatch),
      });
      loaders.set(em, dataLoader);
    }
    return dataLoader;
  };
}

/**
 * Returns loaders by arguments: keys with equal arguments share one batch, so one statement.
 *
 * @param argumentsKey Returns equal strings for arguments with equal results.
 * @param load Called as in `loader`, with the arguments of the batch.
 * @param cacheKeyFn Returns equal values for equal keys; the key itself by default.
 */
export function loaderByArguments<A, K, V>(
  argumentsKey: (args: A) => string,
  load: (em: Fork, args: A, keys: readonly K[]) => Promise<ArrayLike<V | Error>>,
  cacheKeyFn?: (key: K) => unknown,
) {
  const loaders = new ForkProperty<Map<string, DataLoader<K, V, unknown>>>('loaders by arguments');
  return (em: Fork, args: A): DataLoader<K, V, unknown> => {
    let byArguments = loaders.get(em);
    if (!byArguments) {
      byArguments = new Map();
      loaders.set(em, byArguments);
    }
    const key = argumentsKey(args);
    let dataLoader = byArguments.get(key);
    if (!dataLoader) {
      dataLoader = new DataLoader<K, V, unknown>(keys => traceBatch(keys, () => load(em, args, keys)), {
        batchScheduleFn: dispatch => scheduleBatch(em, dispatch),
        ...(cacheKeyFn && { cacheKeyFn }),
      });
      byArguments.set(key, dataLoader);
    }
    return dataLoader;
  };
}

/** Returns one row per key, in the order of the keys; `null` for a key without a row. */
export function inOrder<K, Row>(keys: readonly K[], rows: readonly Row[], keyOf: (row: Row) => K): (Row | null)[] {
  const byKey = new Map<K, Row>();
  for (const row of rows) byKey.set(keyOf(row), row);
  return keys.map(key => byKey.get(key) ?? null);
}

/** Returns the rows of each key, in the order of the keys; rows keep their order. */
export function grouped<K, Row>(keys: readonly K[], rows: readonly Row[], keyOf: (row: Row) => K): Row[][] {
  const byKey = new Map<K, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = byKey.get(key);
    if (group) group.push(row);
    else byKey.set(key, [row]);
  }
  return keys.map(key => byKey.get(key) ?? []);
}
