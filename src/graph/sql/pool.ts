import type { EntityManager } from '@mikro-orm/sql';
import type { Client } from './prepared-statements.js';

/** The part of `pg`'s Pool that statements need. */
export interface Pool {
  connect(done: (error: Error | undefined, client: Client | undefined) => void): void;
}

/** Returns the pool of an ORM's connection. It is opened by its first use. */
export const poolOf = (em: EntityManager, kind: 'read' | 'write' = 'write'): Promise<Pool> =>
  (em.getConnection(kind) as unknown as { getNativeClient(): Promise<Pool> }).getNativeClient();
