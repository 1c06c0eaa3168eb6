import type { EntityManager } from '@mikro-orm/sql';
import DataLoader from 'dataloader';
import { scheduleBatch } from './batch-scheduler.js';
import { traceBatch } from './diagnostics.js';

/**
 * A loader of one kind, as a function from an EntityManager fork to its DataLoader: it batches and remembers exactly
 * as long as the fork lives.
 *
 * @param load Gives one value (or Error) a key, in the order of the keys.
 */
export function loader<K, V>(load: (em: EntityManager, keys: readonly K[]) => Promise<ArrayLike<V | Error>>) {
  const loaders = new WeakMap<EntityManager, DataLoader<K, V>>();
  return (em: EntityManager): DataLoader<K, V> => {
    let found = loaders.get(em);
    if (!found) {
      found = new DataLoader(keys => traceBatch(keys, () => load(em, keys)), {
        batchScheduleFn: dispatch => scheduleBatch(em, dispatch),
      });
      loaders.set(em, found);
    }
    return found;
  };
}

/**
 * Loaders that differ by arguments: parents that ask with the same `variant` share one batch, so one statement.
 *
 * @param argumentsKey Identifies the arguments; equal strings must mean equal answers.
 */
export function loaderByArguments<A, K, V>(
  argumentsKey: (args: A) => string,
  load: (em: EntityManager, args: A, keys: readonly K[]) => Promise<ArrayLike<V | Error>>,
  cacheKeyFn?: (key: K) => unknown,
) {
  const loaders = new WeakMap<EntityManager, Map<string, DataLoader<K, V, unknown>>>();
  return (em: EntityManager, args: A): DataLoader<K, V, unknown> => {
    let variants = loaders.get(em);
    if (!variants) {
      variants = new Map();
      loaders.set(em, variants);
    }
    const key = argumentsKey(args);
    let found = variants.get(key);
    if (!found) {
      found = new DataLoader<K, V, unknown>(keys => traceBatch(keys, () => load(em, args, keys)), {
        batchScheduleFn: dispatch => scheduleBatch(em, dispatch),
        ...(cacheKeyFn && { cacheKeyFn }),
      });
      variants.set(key, found);
    }
    return found;
  };
}

/** Puts rows back in the order of the keys that asked for them; `null` where there is none. */
export function inOrder<K, Row>(keys: readonly K[], found: readonly Row[], keyOf: (row: Row) => K): (Row | null)[] {
  const byKey = new Map(found.map(row => [keyOf(row), row]));
  return keys.map(key => byKey.get(key) ?? null);
}

/** Groups rows under the keys that asked for them, keeping the order of the rows. */
export function grouped<K, Row>(keys: readonly K[], found: readonly Row[], keyOf: (row: Row) => K): Row[][] {
  const byKey = new Map<K, Row[]>();
  for (const row of found) {
    const key = keyOf(row);
    const group = byKey.get(key);
    if (group) group.push(row);
    else byKey.set(key, [row]);
  }
  return keys.map(key => byKey.get(key) ?? []);
}
