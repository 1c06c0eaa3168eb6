import { type UserError, UserErrorCode } from '../change/user-error.js';
import { compact } from '../graph/types/text.js';
import { message } from '../messages/message.js';
import { countryOf } from './authority-country.js';
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

/** The keys of a row: those that it claims, and those by which it repeats another row. */
interface RowKeys {
  claimed: string[];
  sought: string[];
}

/** Every set of kinds of codes that a row may have: 1 is the code of its concept, 2 any other, such as a Wikidata id. */
const CODE_KINDS = [0, 1, 2, 3];

/** The records, the new keys and the codes that the rows of a proposal write: no two rows write the same. */
export class Claims {
  readonly #places = new Map<string, string>();

  constructor(protected readonly concept: ProposalConcept) {}

  /** Reads what rows may repeat that were stored before; called before the other methods. */
  async load(_rows: readonly ClaimingRow[]): Promise<void> {}

  /** Claims what a row writes. Returns the problem of a row that repeats an earlier one. */
  claim(row: ClaimingRow): UserError | undefined {
    const repeated = this.repeated(row);
    if (!repeated) for (const key of this.#keysOf(row).claimed) this.#places.set(key, row.place);
    return repeated;
  }

  /** Returns the problem of a row that repeats another one. */
  repeated(row: ClaimingRow): UserError | undefined {
    const places = this.#keysOf(row).sought.map(key => this.#places.get(key));
    const place = places.find(other => other !== undefined);
    return place === undefined
      ? undefined
      : cellProblem('id', message('ROW_REPEATED', { place }), UserErrorCode.DUPLICATE);
  }

  #keysOf({ subjectId, fields, values }: ClaimingRow): RowKeys {
    const code = uniqueCode(this.concept, fields)?.proposed;
    const codes = code === undefined ? [] : [`code ${code}`];
    if (subjectId !== null) return { claimed: [subjectId, ...codes], sought: [subjectId, ...codes] };
    const { claimed, sought } = this.#keysOfNew(fields, values, code);
    return { claimed: [...claimed, ...codes], sought: [...sought, ...codes] };
  }

  /**
   * Returns the keys of a new record: its codes or its sides, and its names. By a name it is the same as another one unless
   * both have a code of one kind: these codes decide.
   */
  #keysOfNew(fields: ClaimingRow['fields'], { country }: ProposalRow['values'], code: unknown): RowKeys {
    const { nameType, keysOf } = this.concept;
    const values: FactsInput = Object.fromEntries(fields.map(({ field, proposed }) => [field, proposed]));
    const codes = keysOf(values);
    const kinds = (code === undefined ? 0 : 1) + (codes.some(other => other !== code) ? 2 : 0);
    const place = `${countryOf({ values: { country } }, values.level) ?? ''} ${values.level ?? ''}`;
    const names = (nameType ? namesOf(values) : []).map(name => `${place} ${compact(name)}`);
    const others = CODE_KINDS.filter(other => (other & kinds) === 0);
    const keys = (ofNames: readonly number[]) =>
      [...codes, ...names.flatMap(name => ofNames.map(other => `${other} ${name}`))].map(key => `new ${key}`);
    return { claimed: keys([kinds]), sought: keys(others) };
  }
}
