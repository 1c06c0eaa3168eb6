import { type Change, ChangeKind } from '../../change/change.js';
import type { FactSubject } from '../../change/fact-subject.js';
import type { Facts } from '../../change/log.js';
import type { RecordedStatus } from '../../partnership/partnership.js';
import { concepts, type LoggedConcept } from './concepts.js';
import { OpenRows, type RowVersion } from './open-rows.js';
import { periodsAfter } from './periods.js';
import { citationRows, linkRows, periodRows, recordRow } from './record-rows.js';

/** The part of a change that a replay reads; `recordedAt` is text. */
export type LoggedChange = Omit<
  Change,
  'mark' | 'reason' | 'authorities' | 'recordedAt' | 'changeSet' | 'subjectType'
> & {
  subjectType: FactSubject;
  recordedAt: string;
  /** The id of the first change of its set, or its own. */
  knownFrom: number;
};

/** Returns the id of the citation of a record at a position, as a change added it. */
export type CitationId = (subjectId: string, position: number, change: number) => number;

/** Replays the changes of one record, oldest first, into the versions of its rows, except its search document. */
export class RecordReplay {
  readonly subjectId: string;
  readonly concept: LoggedConcept;
  /** The facts after the last change; null before the first one and after a withdrawal. */
  facts: Facts | null = null;
  readonly #rows = new OpenRows();
  #periods: RecordedStatus[] = [];
  #citationIds: number[] = [];

  /** @param createdAt The time at which the record was created. */
  constructor(
    { subjectType, subjectId }: LoggedChange,
    private readonly createdAt: string,
  ) {
    this.concept = concepts[subjectType];
    this.subjectId = subjectId;
  }

  /** Applies the next change, and returns the versions that it ended. */
  apply(change: LoggedChange, citationId: CitationId): RowVersion[] {
    const { id, knownFrom, kind, fields, subjectVersion: version, recordedAt: updatedAt } = change;
    // A redaction of a withdrawn record changes its log only.
    if (kind === ChangeKind.REDACTED && this.facts === null) return [];
    if (kind === ChangeKind.WITHDRAWN) {
      this.facts = null;
      return this.#rows.replace([], knownFrom);
    }
    const facts: Facts = { ...this.facts };
    for (const { field, after } of fields) facts[field] = after;
    this.facts = facts;
    // A change that undoes others deletes the last citations.
    this.#citationIds.length = Math.min(this.#citationIds.length, (facts.citations as unknown[]).length);
    if (this.concept.table === 'partnership') this.#periods = periodsAfter(this.concept, facts, this.#periods);
    const rows = [
      recordRow(this.concept, facts, { version, createdAt: this.createdAt, updatedAt }),
      ...linkRows(this.concept, facts),
      ...periodRows(this.#periods),
      ...citationRows(this.concept, facts, position => this.#citationId(position, id, citationId)),
    ];
    return this.#rows.replace(rows, knownFrom);
  }

  /** Returns the versions that no change ended. */
  newest(): RowVersion[] {
    return this.#rows.newest();
  }

  #citationId(position: number, change: number, citationId: CitationId): number {
    const id = this.#citationIds[position] ?? citationId(this.subjectId, position, change);
    this.#citationIds[position] = id;
    return id;
  }
}
