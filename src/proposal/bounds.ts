import { isWithinBounds } from '../change/bound-key.js';
import type { Facts } from '../change/log.js';
import { rejectField, UserErrorCode } from '../change/user-error.js';
import { truncate } from '../graph/errors.js';
import { rowsById } from '../graph/record/record-loader.js';
import type { Fork } from '../graph/sql/fork.js';
import { message } from '../messages/message.js';
import type { ProposalConcept, ProposedField } from './concept.js';
import type { PlannedItem } from './planned-item.js';

/** Limits the rows that a refusal names. */
const MAX_PLACES = 20;
/** Limits the text of a place in a refusal: clients write it. */
const MAX_PLACE_LENGTH = 60;

/** Finds the rows of a proposal whose record is outside the bounds of a key, batch by batch. */
export class ProposalBounds {
  #count = 0;
  readonly #places: string[] = [];

  constructor(
    private readonly em: Fork,
    private readonly concept: ProposalConcept,
    private readonly boundTo: readonly string[],
  ) {}

  /** Checks the rows of a batch. A row that may be about several records, or about none, is outside; one statement. */
  async check(items: readonly PlannedItem[]): Promise<void> {
    const { em, boundTo } = this;
    const { subject } = this.concept;
    const ids = items.flatMap(({ subjectId }) => subjectId ?? []);
    const records = ids.length ? await rowsById(em, subject.listing, ids) : [];
    const recordById = new Map<string | null, object>(records.map(record => [record.id, record]));
    for (const { place, subjectId, fields } of items) {
      const record = recordById.get(subjectId);
      const before = record ? { ...record } : null;
      if (isWithinBounds(boundTo, subject.type, before, { ...before, ...references(fields) })) continue;
      this.#count += 1;
      if (this.#places.length < MAX_PLACES) this.#places.push(truncate(place, MAX_PLACE_LENGTH));
    }
  }

  /** @throws WriteRejected FORBIDDEN with the first rows that are outside, if there are any. */
  rejectIfAny(): void {
    if (this.#count === 0) return;
    const places = `${this.#places.join(', ')}${this.#count > MAX_PLACES ? ', …' : ''}`;
    const params = { authorities: this.boundTo.join(', '), count: this.#count, places };
    throw rejectField(UserErrorCode.FORBIDDEN, 'rows', message('KEY_BOUND_ROWS', params));
  }
}

/** Returns the proposed references as facts: `dutch` for `dutch.id`. */
const references = (fields: readonly ProposedField[]): Facts =>
  Object.fromEntries(
    fields.flatMap(({ field, proposed }) => (field.endsWith('.id') ? [[field.slice(0, -3), proposed]] : [])),
  );
