import type { Identity } from './access/identity.js';
import type { LogPosition } from './change/cursor.js';
import type { ChangeStream } from './change/stream.js';
import type { Fork } from './graph/sql/fork.js';
import type { Admission } from './limits/admission.js';
import type { Budget } from './limits/budget.js';
import type { HourlyLimiter } from './limits/hourly-limiter.js';
import type { MessageLanguage } from './messages/message.js';
import type { WebhookTargets } from './webhook/address.js';

/** The past moment that an operation reads. */
export interface KnownAt {
  /** The id of the last change that is visible. */
  changeId: number;
  /** The cursor of this change. */
  cursor: string;
  /** The time at which it was recorded: RFC 3339, in UTC. */
  recordedAt: string;
  /** The moment as the client wrote it: an instant or a cursor. */
  text: string;
}

/** The context value of an operation, an argument of every resolver. */
export interface Context {
  /** A fork of the operation's own: its loaders live as long as it does. A mutation replaces it with a new fork. */
  em: Fork;
  /** Creates another fork, which reads the same moment. */
  fork: () => Fork;
  /** The past moment that the operation reads; undefined for the present. */
  knownAt?: KnownAt;
  identity: Identity;
  /** The address of the client, behind trusted proxies. Clients without a key share the budget of their address. */
  address: string;
  changes: ChangeStream;
  /** The days for which the result of a call with an idempotency key is stored, at least. */
  idempotencyDays: number;
  /** Limits the reports of errors, which need no key. */
  reports: HourlyLimiter;
  /** The receivers that webhooks may have; undefined on a server that delivers none. */
  webhookTargets: WebhookTargets | undefined;
  /** The language of our own messages that the client prefers. */
  messageLanguage: MessageLanguage;
  /** Functions to call when the operation is finished: they roll back the transaction of a dry run. */
  cleanups: (() => Promise<void>)[];
  /** The state of the operation. One object, because Apollo copies the context. */
  operationState: {
    /** Set by a resolver whose result depends on the moment or on the client: the response must not be cached. */
    isMomentary: boolean;
    /** Set after execution: true for a query without errors, whose response can be cached. */
    isCacheable: boolean;
    /** Set after execution: true for a response about a past moment that no release answers otherwise. */
    isForever: boolean;
    /** A position of the log: the response has all changes up to it. The newest one before the first statement, or of a write. */
    position: LogPosition;
    /** False for a response whose strong ETag must not depend on the position: that of a GET about the present. */
    showsRegister: boolean;
    /** The cost and the budget, once the operation was admitted. */
    admission?: Admission;
    /** The id of the first change of a dry run. No cursor may name it or a later one: they are rolled back. */
    dryRunChangeId?: number;
    /** The budget after an invalid document was charged. */
    budget?: Budget | undefined;
    /** Collects the `id` of each object in the response, for cache tags. */
    shownIds?: Set<unknown>;
    /** The error that refused the operation. */
    refusal?: unknown;
  };
}
