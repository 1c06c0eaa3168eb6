import type { KnownAt } from './known-at.js';
import type { Variables } from './operation-request.js';

/** Error of a request, or of a part of it. */
export interface RefusedError {
  readonly message: string;
  /** `extensions.code`, or {@link UNREACHABLE}; undefined for an error of the page itself. */
  readonly code?: string | undefined;
  /** `extensions.rule`: the rule of the register that was broken. */
  readonly rule?: string | undefined;
  /** `extensions.params`: what the message names. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** Code of a request that no answer came to. */
export const UNREACHABLE = 'UNREACHABLE';

/** Result of an operation, with its request. */
export interface OperationResult {
  readonly query: string;
  /** Query that was sent, with hidden fields; undefined if it was sent as it is. */
  readonly sentQuery?: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  /** Headers of the analyst that it was sent with: they may have a key, so requests for more of it need them. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly data: unknown;
  /** Errors of fields that have no value therefore. */
  readonly errors?: readonly RefusedError[];
  /** Events of a subscription, newest last, at most {@link MAX_EVENTS}. */
  readonly events?: readonly unknown[];
  /** True if the page collected all pages of its list. */
  readonly isCollected?: boolean;
}

/** Request that got no data, and why. */
export interface Refusal {
  readonly query: string;
  readonly variables: Variables;
  readonly errors: readonly RefusedError[];
}

/** Number of events stored per subscription; the oldest is dropped first. */
export const MAX_EVENTS = 500;

/** Stores the last result of each tab, or the refusal of its last request. */
export class ResultStore {
  private readonly byTab = new Map<string, OperationResult>();
  private readonly refusals = new Map<string, Refusal>();
  private readonly newest = new Map<string, object>();
  private readonly listeners = new Set<() => void>();
  /** Id of the tab that sends the requests. */
  activeTab = '';
  #knownAt: KnownAt | undefined;

  /** Moment of all stored results; `undefined` is the present. */
  get knownAt(): KnownAt | undefined {
    return this.#knownAt;
  }

  /** Moves to a moment: removes all results, because they are of another one. */
  moveTo(knownAt: KnownAt | undefined): void {
    this.#knownAt = knownAt;
    this.byTab.clear();
    this.refusals.clear();
    this.notify();
  }

  readonly get = (tab: string): OperationResult | undefined => this.byTab.get(tab);

  /** Returns why the last request of a tab got no data; `undefined` if it got some. */
  readonly refusalOf = (tab: string): Refusal | undefined => this.refusals.get(tab);

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Notes a request of a tab. @returns Tells if it is the newest one: an earlier one can be answered after it. */
  begin(tab: string): () => boolean {
    const request = {};
    this.newest.set(tab, request);
    return () => this.newest.get(tab) === request;
  }

  set(tab: string, result: OperationResult): void {
    this.byTab.set(tab, result);
    this.refusals.delete(tab);
    this.notify();
  }

  /** Removes the result of a tab, because its last request returned no data, and stores why. */
  refuse(tab: string, refusal: Refusal): void {
    this.byTab.delete(tab);
    this.refusals.set(tab, refusal);
    this.notify();
  }

  /** Removes the results of closed tabs. */
  retainTabs(tabs: readonly string[]): void {
    for (const map of [this.byTab, this.refusals, this.newest]) {
      for (const tab of map.keys()) if (!tabs.includes(tab)) map.delete(tab);
    }
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Returns the `cursor` of the newest event; `undefined` if it is not selected. */
export function latestCursor({ events }: OperationResult): string | undefined {
  const newest = events?.at(-1);
  const change = typeof newest === 'object' && newest !== null ? Object.values(newest)[0] : undefined;
  const cursor = (change as { cursor?: unknown } | null | undefined)?.cursor;
  return typeof cursor === 'string' ? cursor : undefined;
}
