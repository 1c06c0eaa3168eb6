import type { EntityManager } from '@mikro-orm/sql';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { ChangeKind } from './change.js';
import type { IdWords } from './new-id.js';
import type { Problems } from './problems.js';
import type { Subject } from './subject.js';

/** A write to one record: the body of a mutation such as `recordPartnership`. */
export interface Command<Row extends RegisterRecord> {
  /** The name of the mutation; part of the fingerprint of an idempotent call. */
  name: string;
  kind: ChangeKind;
  subject: Subject<Row>;
  /**
   * Returns the words of the id of the record that the command creates, for `readIds`. Called for an input that breaks no rule,
   * as far as is known.
   */
  idWords?: () => IdWords;
  /** Names of rules that read other records: locked in order before the record is read, except in a dry run. */
  locks?: readonly string[];
  /**
   * Adds every rule of the concept that the input breaks to the problems. Called before `apply`, which is called only if
   * there are none, and alone for an input with other problems: then a value that cannot be read is missing, even if it
   * is required, and a text may be one that the database cannot store. Reads only.
   *
   * @param record The existing record; null for a command that creates one.
   */
  check?: (em: EntityManager, record: Row | null, problems: Problems) => void | Promise<void>;
  /**
   * Called once per attempt inside the transaction, and must write through its EntityManager only.
   *
   * @param record The existing record, locked for update; null for a command that creates one.
   * @returns The id of the record.
   * @throws Any error rolls the transaction back.
   */
  apply: (em: EntityManager, record: Row | null) => Promise<string>;
}

/** A command on an existing record: the functions are only called if it exists in the expected version. */
export type UpdateCommand<Row extends RegisterRecord> = Omit<Command<Row>, 'apply' | 'check'> & {
  check?: (em: EntityManager, record: Row, problems: Problems) => void | Promise<void>;
  apply: (em: EntityManager, record: Row) => Promise<unknown>;
};

/** Returns a command on an existing record as one that any write takes. */
export function asCommand<Row extends RegisterRecord>(command: UpdateCommand<Row>, id: string): Command<Row> {
  return {
    ...command,
    check: (em, record, problems) => (record ? command.check?.(em, record, problems) : undefined),
    apply: async (em, record) => {
      await command.apply(em, record as Row);
      return id;
    },
  };
}
