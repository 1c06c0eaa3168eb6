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
  /** What the operation may cost and what is left of the client's budget, from when it was admitted. */
  admission?: Admission;
  changes: ChangeStream;
  /** What must be undone when the operation is answered: the transaction of a dry run. */
  afterwards: (() => Promise<void>)[];
}
