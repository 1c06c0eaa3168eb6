import type { Fork } from './fork.js';
import type { Client } from './prepared-statements.js';

/** The part of `pg`'s Pool that statements need. */
export interface Pool {
  connect(done: (error: Error | undefined, client: Client | undefined) => void): void;
}

/** Returns the pool of an ORM's connection, by the part that is needed. It is opened by its first use. */
export const poolOf = <Part = Pool>(em: Fork, kind: 'read' | 'write' = 'write'): Promise<Part> =>
  (em.getConnection(kind) as unknown as { getNativeClient(): Promise<Part> }).getNativeClient();
