import type { EntityManager } from '@mikro-orm/sql';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { ChangeKind } from './change.js';
import type { Subject } from './subject.js';

/** A write to one record: the body of a mutation such as `recordPartnership`. */
export interface Command<Row extends RegisterRecord> {
  /** The name of the mutation; part of the fingerprint of an idempotent call. */
  name: string;
  kind: ChangeKind;
  subject: Subject<Row>;
  /** Names of rules that read other records: locked in order before the record is read, except in a dry run. */
  locks?: readonly string[];
  /**
   * Called once per attempt inside the transaction, and must write through its EntityManager only.
   *
   * @param record The existing record, locked for update; null for a command that creates one.
   * @returns The id of the record.
   * @throws WriteRejected if a rule of the register is broken. Any throw rolls the transaction back.
   */
  apply: (em: EntityManager, record: Row | null) => Promise<string>;
}

/** A command on an existing record; `apply` is only called if the record exists in the expected version. */
export type UpdateCommand<Row extends RegisterRecord> = Omit<Command<Row>, 'apply'> & {
  apply: (em: EntityManager, record: Row) => Promise<unknown>;
};
