import type { EntityManager } from '@mikro-orm/sql';
import { type UserError, UserErrorCode } from '../change/user-error.js';
import { compact } from '../graph/types/text.js';
import { message } from '../messages/message.js';
import type { FactsInput, ProposalConcept, ProposedField } from './concept.js';
import { conceptOf } from './concepts.js';
import { namesOf } from './identify.js';
import { claimingItems } from './items.js';
import { cellProblem } from './parsed-row.js';
import type { Proposal } from './proposal.js';
import type { ProposalRow } from './row.js';
import { uniqueCode } from './taken-codes.js';

/** The records, the new keys and the codes that the rows of a proposal write: no two rows write the same. */
export class Claims {
  readonly #places = new Map<string, string>();

  constructor(private readonly concept: ProposalConcept) {}

  /** Returns the claims of the items of a proposal that are written unless somebody rejects them. */
  static async of(em: EntityManager, proposal: Proposal): Promise<Claims> {
    const claims = new Claims(conceptOf(proposal.concept));
    for await (const page of claimingItems(em, proposal)) {
      for (const item of page) claims.claim(item, item.subjectId, item.fields);
    }
    return claims;
  }

  /** Claims what a row writes. Returns the problem of a row that repeats an earlier one. */
  claim(
    { place, values }: Pick<ProposalRow, 'place' | 'values'>,
    subjectId: string | null,
    fields: readonly ProposedField[],
  ): UserError | undefined {
    const code = uniqueCode(this.concept, fields);
    const keys = subjectId === null ? this.#keysOfNew(fields, values) : [subjectId];
    if (code) keys.push(`code ${code.proposed}`);
    const earlier = keys.map(key => this.#places.get(key)).find(other => other !== undefined);
    if (earlier !== undefined)
      return cellProblem('id', message('ROW_REPEATED', { place: earlier }), UserErrorCode.DUPLICATE);
    for (const key of keys) this.#places.set(key, place);
    return undefined;
  }

  /** Returns the keys of a new record: its codes or its sides; its names if it has none of them. */
  #keysOfNew(fields: readonly ProposedField[], { country = '' }: ProposalRow['values']): string[] {
    const { nameType, keysOf } = this.concept;
    const values: FactsInput = Object.fromEntries(fields.map(({ field, proposed }) => [field, proposed]));
    const keys = keysOf(values);
    const names = keys.length === 0 && nameType ? namesOf(values) : [];
    const { level = '' } = values;
    return [...keys, ...names.map(name => `${country} ${level} ${compact(name)}`)].map(key => `new ${key}`);
  }
}
