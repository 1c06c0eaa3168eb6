import type { EntityManager } from '@mikro-orm/sql';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { ChangeKind } from './change.js';
import type { Subject } from './subject.js';

/** What a verb of the register does to one record. */
export interface Command<Row extends RegisterRecord> {
  /** The name of the mutation; with the input it tells one call from another. */
  name: string;
  kind: ChangeKind;
  subject: Subject<Row>;
  /**
   * Writes through the transaction's own EntityManager.
   *
   * @param record The record as it is, locked; null when it is to be made.
   * @returns The id of the record.
   * @throws Refusal when a rule of the register stands against it; everything is undone.
   */
  apply: (em: EntityManager, record: Row | null) => Promise<string>;
}

/** What a verb does to a record that is there. */
export type UpdateCommand<Row extends RegisterRecord> = Omit<Command<Row>, 'apply'> & {
  apply: (em: EntityManager, record: Row) => Promise<unknown>;
};
