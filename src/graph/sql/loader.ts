import DataLoader from 'dataloader';
import { scheduleBatch } from './batch-scheduler.js';
import { traceBatch } from './diagnostics.js';
import { type Fork, ForkProperty } from './fork.js';

/** The loaders of a fork, by the objects that stand for what they load. */
const loadersByFork = new ForkProperty<Map<object, unknown>>('loaders');

function loadersOf(em: Fork): Map<object, unknown> {
  let loaders = loadersByFork.get(em);
  if (!loaders) {
    loaders = new Map();
    loadersByFork.set(em, loaders);
  }
  return loaders;
}

/**
 * Returns a function from a fork to its DataLoader, which batches and caches for the lifetime of the fork.
 *
 * @param load Called once per batch with distinct keys. Resolves with one value (or Error) per key, in the order of the
 *   keys; a rejection becomes the error of all keys.
 */
export function loader<K, V>(load: (em: Fork, keys: readonly K[]) => Promise<ArrayLike<V | Error>>) {
  return (em: Fork): DataLoader<K, V> => {
    const loaders = loadersOf(em);
    let dataLoader = loaders.get(load) as DataLoader<K, V> | undefined;
    if (!dataLoader) {
      dataLoader = new DataLoader(keys => traceBatch(keys, () => load(em, keys)), {
        batchScheduleFn: dispatch => scheduleBatch(em, dispatch),
      });
      loaders.set(load, dataLoader);
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
  return (em: Fork, args: A): DataLoader<K, V, unknown> => {
    const loaders = loadersOf(em);
    let byArguments = loaders.get(load) as Map<string, DataLoader<K, V, unknown>> | undefined;
    if (!byArguments) {
      byArguments = new Map();
      loaders.set(load, byArguments);
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
