import { compact } from '../graph/types/text.js';
import type { FactsInput, ProposalConcept, ProposedField } from './concept.js';
import { namesOf } from './identify.js';
import { type ParsedRow, readableValues } from './parsed-row.js';
import { uniqueCode } from './taken-codes.js';

/** The records and the new keys that the rows of a proposal are about: no two rows are about the same. */
export class Claims {
  readonly #places = new Map<string, string>();

  constructor(private readonly concept: ProposalConcept) {}

  /** Claims the record of a row. Returns the place of an earlier row about the same record. */
  claim(parsed: ParsedRow, subjectId: string | null, fields: readonly ProposedField[]): string | undefined {
    const code = uniqueCode(this.concept, fields);
    const keys = subjectId === null ? this.#keysOfNew(readableValues(parsed)) : [subjectId];
    if (code) keys.push(`code ${code.proposed}`);
    const earlier = keys.map(key => this.#places.get(key)).find(place => place !== undefined);
    if (earlier === undefined) for (const key of keys) this.#places.set(key, parsed.row.place);
    return earlier;
  }

  /** Returns the keys of a new record: its codes or its sides; its names if it has none of them. */
  #keysOfNew(values: FactsInput): string[] {
    const { nameType, keysOf } = this.concept;
    const keys = keysOf(values);
    const names = keys.length === 0 && nameType ? namesOf(values) : [];
    const { country = '', level = '' } = values;
    return [...keys, ...names.map(name => `${country} ${level} ${compact(name)}`)].map(key => `new ${key}`);
  }
}
