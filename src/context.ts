import type { EntityManager } from '@mikro-orm/sql';
import type { Identity } from './access/identity.js';
import type { ChangeStream } from './change/stream.js';
import type { Admission } from './limits/admission.js';
import type { Budget } from './limits/budget.js';
import type { MessageLanguage } from './messages/message.js';

/** The context value of an operation, an argument of every resolver. */
export interface Context {
  /** A fork of the operation's own: its loaders live as long as it does. A mutation replaces it with a new fork. */
  em: EntityManager;
  /** Creates another fork. */
  fork: () => EntityManager;
  /** True for the embedded database, which has one connection. */
  embedded: boolean;
  identity: Identity;
  /** The address of the client, behind trusted proxies. Clients without a key share the budget of their address. */
  address: string;
  /** The language of messages where the client names none. */
  messageLanguage: MessageLanguage;
  changes: ChangeStream;
  /** Functions to call when the operation is finished: they roll back the transaction of a dry run. */
  cleanups: (() => Promise<void>)[];
  /** The state of the operation. One object, because Apollo copies the context. */
  operationState: {
    /** Set by a resolver whose result depends on the moment or on the client: the response must not be cached. */
    isMomentary: boolean;
    /** Set after execution: true for a query without errors, whose response can be cached. */
    isCacheable: boolean;
    /** The cost and the budget, once the operation was admitted. */
    admission?: Admission;
    /** The id of the change of a dry run, which no cursor may name: it is rolled back. */
    dryRunChangeId?: number;
    /** The budget after an invalid document was charged. */
    budget?: Budget | undefined;
    /** The error that refused the operation. */
    refusal?: unknown;
  };
}
