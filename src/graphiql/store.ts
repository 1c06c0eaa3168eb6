import { useSyncExternalStore } from 'react';

/** Observable value shared by several components. */
export class Store<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  readonly get = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly set = (value: T): void => {
    this.value = value;
    for (const listener of this.listeners) listener();
  };
}

/** Returns the value of a store and re-renders the component if it changes. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
