import type { EntityManager } from '@mikro-orm/sql';
import type { Identity } from './access/identity.js';
import type { ChangeStream } from './change/stream.js';

/** What every resolver gets. */
export interface Context {
  /** A fork of the operation's own, so that loaders live exactly as long as it does; a mutation puts a fresh one here. */
  em: EntityManager;
  /** Makes another fork. */
  fork: () => EntityManager;
  /** Whether the database is the embedded one, which has one connection. */
  embedded: boolean;
  identity: Identity;
  changes: ChangeStream;
  /** What must be undone when the operation is answered: the transaction of a dry run. */
  afterwards: (() => Promise<void>)[];
  /** An object that is shared by copies of this one: Apollo makes one. */
  outcome: {
    /** Whether it was a query that was answered without an error, so that the answer may be given again. */
    isWhole: boolean;
  };
}
