import type { EntityManager } from '@mikro-orm/sql';
import type { Identity } from './access/identity.js';
import type { ChangeStream } from './change/stream.js';
import type { Admission } from './limits/admission.js';

/** What every resolver gets. */
export interface Context {
  /** A fork of the operation's own, so that loaders live exactly as long as it does; a mutation puts a fresh one here. */
  em: EntityManager;
  /** Makes another fork. */
  fork: () => EntityManager;
  /** Whether the database is the embedded one, which has one connection. */
  embedded: boolean;
  identity: Identity;
  /** Where the client is, behind trusted proxies; clients without a key share what their address may spend. */
  address: string;
  changes: ChangeStream;
  /** What must be undone when the operation is answered: the transaction of a dry run. */
  cleanups: (() => Promise<void>)[];
  /** An object that is shared by copies of this one: Apollo makes one. */
  operationState: {
    /** Whether it was a query that was answered without an error, so that the answer may be given again. */
    isWhole: boolean;
    /** Whether its answer says something of this moment or of this client, so that nobody else may be given it. */
    isMomentary: boolean;
    /** What it may cost and what is left of the client's budget, from when it was admitted. */
    admission?: Admission;
    /** Why it was not admitted. */
    refusal?: unknown;
  };
}
