import type { Variables } from './question.js';

/** What a question was answered, with the question as it was sent. */
export interface Answer {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  readonly data: unknown;
  /** Of a subscription: the events so far, newest last, at most {@link MAX_EVENTS}. */
  readonly events?: readonly unknown[];
}

/** How many events of a subscription are kept to be looked at. */
export const MAX_EVENTS = 500;

/** The last answer of each tab. */
export class Answers {
  private readonly byTab = new Map<string, Answer>();
  private readonly listeners = new Set<() => void>();
  /** The tab that asks now. */
  tab = '';

  readonly of = (tab: string): Answer | undefined => this.byTab.get(tab);

  readonly follow = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  keep(tab: string, answer: Answer): void {
    this.byTab.set(tab, answer);
    this.tell();
  }

  /** Forgets the answer of a tab, since its last question got none. */
  forget(tab: string): void {
    if (this.byTab.delete(tab)) this.tell();
  }

  /** Forgets the answers of tabs that are closed. */
  keepOnly(tabs: readonly string[]): void {
    for (const tab of this.byTab.keys()) if (!tabs.includes(tab)) this.byTab.delete(tab);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** The cursor of the newest change that a subscription gave, where it asks for one. */
export function cursorOf({ events }: Answer): string | undefined {
  const newest = events?.at(-1);
  const change = typeof newest === 'object' && newest !== null ? Object.values(newest)[0] : undefined;
  const cursor = (change as { cursor?: unknown } | null | undefined)?.cursor;
  return typeof cursor === 'string' ? cursor : undefined;
}
