import { type UserError, UserErrorCode } from '../change/user-error.js';
import { compact } from '../graph/types/text.js';
import { message } from '../messages/message.js';
import type { FactsInput, ProposalConcept, ProposedField } from './concept.js';
import { namesOf } from './identify.js';
import { cellProblem } from './parsed-row.js';
import type { ProposalRow } from './row.js';
import { uniqueCode } from './taken-codes.js';

/** The part of a row that another one may repeat. */
export interface ClaimingRow {
  place: string;
  /** The record; null for a new one. */
  subjectId: string | null;
  fields: readonly Pick<ProposedField, 'field' | 'proposed'>[];
  values: ProposalRow['values'];
}

/** The records, the new keys and the codes that the rows of a proposal write: no two rows write the same. */
export class Claims {
  readonly #places = new Map<string, string>();

  constructor(protected readonly concept: ProposalConcept) {}

  /** Reads what rows may repeat that were stored before; called before the other methods. */
  async load(_rows: readonly ClaimingRow[]): Promise<void> {}

  /** Claims what a row writes. Returns the problem of a row that repeats an earlier one. */
  claim(row: ClaimingRow): UserError | undefined {
    const repeated = this.repeated(row);
    if (!repeated) for (const key of this.#keysOf(row)) this.#places.set(key, row.place);
    return repeated;
  }

  /** Returns the problem of a row that repeats another one. */
  repeated(row: ClaimingRow): UserError | undefined {
    const places = this.#keysOf(row).map(key => this.#places.get(key));
    const place = places.find(other => other !== undefined);
    return place === undefined
      ? undefined
      : cellProblem('id', message('ROW_REPEATED', { place }), UserErrorCode.DUPLICATE);
  }

  #keysOf({ subjectId, fields, values }: ClaimingRow): string[] {
    const code = uniqueCode(this.concept, fields);
    const keys = subjectId === null ? this.#keysOfNew(fields, values) : [subjectId];
    return code ? [...keys, `code ${code.proposed}`] : keys;
  }

  /** Returns the keys of a new record: its codes or its sides; its names if it has none of them. */
  #keysOfNew(fields: ClaimingRow['fields'], { country }: ProposalRow['values']): string[] {
    const { nameType, keysOf } = this.concept;
    const values: FactsInput = Object.fromEntries(fields.map(({ field, proposed }) => [field, proposed]));
    const keys = keysOf(values);
    const names = keys.length === 0 && nameType ? namesOf(values) : [];
    return [...keys, ...names.map(name => `${country ?? ''} ${values.level ?? ''} ${compact(name)}`)].map(
      key => `new ${key}`,
    );
  }
}
