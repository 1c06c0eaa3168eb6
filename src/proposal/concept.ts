import type { SubjectType } from '../change/change.js';
import type { Command, UpdateCommand } from '../change/command.js';
import type { ExistingInput, WriteInput } from '../change/input.js';
import type { Facts } from '../change/log.js';
import type { Subject } from '../change/subject.js';
import type { ExportColumn, ExportTable } from '../export/table.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { Fork } from '../graph/sql/fork.js';
import type { Message } from '../messages/message.js';
import type { Leaf } from './leaf.js';
import type { ProposalRow } from './row.js';

/** A proposed value of a record, as an item keeps it. */
export interface ProposedField {
  /** The path of the value, as the exports name it: `startedOn`, `dutch.id`. */
  field: string;
  /** The value in the state of the register that the proposal was compared with. */
  atBasis: unknown;
  /** The value when the row was compared. */
  now: unknown;
  /** The value of the row. */
  proposed: unknown;
  /** True if the register has better evidence, or if the value was changed meanwhile. */
  isConflict: boolean;
}

/** The input of a command without what every input has. */
export type FactsInput = Record<string, unknown>;

/** Describes a concept to proposals. Everything that is written goes through its commands. */
export interface ProposalConcept<Row extends RegisterRecord = RegisterRecord> {
  type: SubjectType;
  /** The prefixes of its ids, and the types that names are matched with. */
  prefixes: readonly string[];
  nameType?: 'Authority' | 'Organisation' | 'Programme';
  subject: Subject<Row>;
  table: ExportTable;
  /** Columns of leaves that the exports do not have. */
  extraColumns?: readonly ExportColumn[];
  leaves: ReadonlyMap<string, Leaf>;
  /** Paths of columns that change by themselves, or that only describe the export: their values are not compared. */
  ignored: ReadonlySet<string>;
  /** Paths of values that only a new record takes. */
  onlyNew: ReadonlySet<string>;
  /** The paths that a new record needs. */
  required: readonly string[];
  /** The locks of its commands, which one transaction takes before it writes the first record. */
  locks: readonly string[];
  record(input: WriteInput & FactsInput): Command<Row>;
  revise(input: ExistingInput & FactsInput): UpdateCommand<Row>;
  /** The column of a code that only one record can have, and its paths. */
  uniqueCode?: { column: string; paths: readonly string[] };
  /** Set for records with a Dutch and a Chinese side, which rows may name by code or name. */
  hasSides?: true;
  /** Returns whether a value is part of a change of status, which is a command of its own. */
  isOfStatus?(field: Pick<ProposedField, 'field'>): boolean;
  /** Returns the problems of a row that a client of the API cannot have: its types exclude them. By the column of each. */
  problemsOf?(
    input: FactsInput,
    row: { id?: string; values: ProposalRow['values'] },
  ): [path: string, problem: Message][];
  /** Completes an input that was collected from leaves, such as by the level of the country of an authority. */
  complete?(input: FactsInput, row: { id?: string; values: ProposalRow['values'] }): void;
  /**
   * Returns the records that rows without an id are about by exact keys, such as an official code: a list per row, empty if
   * there is no such record, undefined if the row has no key. A fixed number of statements.
   */
  find(em: Fork, rows: readonly FactsInput[]): Promise<(string[] | undefined)[]>;
  /** Returns the keys by which two rows without an id are the same record. */
  keysOf(values: FactsInput): string[];
  /** The paths of exact values that are part of these keys, one list for each kind of key; first the one with most values. */
  sharedPaths: readonly (readonly string[])[];
  /** Restores facts that are not columns of its row. */
  restore?(em: Fork, record: Row, facts: Facts): Promise<void>;
}
