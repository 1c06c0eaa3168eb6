import { useSyncExternalStore } from 'react';

/** One value that several parts of the page share. */
export class Store<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  readonly get = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(value: T): void {
    this.value = value;
    for (const listener of this.listeners) listener();
  }
}

/** The value now, and again whenever it changes. */
export function useShared<T>(shared: Store<T>): T {
  return useSyncExternalStore(shared.subscribe, shared.get);
}
