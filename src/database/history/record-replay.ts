import { type Change, ChangeKind } from '../../change/change.js';
import type { Facts } from '../../change/log.js';
import type { RecordedStatus } from '../../partnership/partnership.js';
import { documentsOf } from '../seed/documents.js';
import type { Concept } from '../seed/seed.record.js';
import type { Seeds } from '../seed/seed.schemas.js';
import { concepts, type LoggedConcept, seedOf } from './concepts.js';
import { type NameHistory, namedBy } from './name-history.js';
import { OpenRows, type RowVersion } from './open-rows.js';
import { periodsAfter } from './periods.js';
import { citationRows, linkRows, periodRows, type RecordRow, recordRow } from './record-rows.js';

/** The part of a change that a replay reads; `recordedAt` is text. */
export type LoggedChange = Pick<Change, 'id' | 'kind' | 'subjectType' | 'subjectId' | 'subjectVersion' | 'fields'> & {
  recordedAt: string;
};

/** Returns the id of the citation of a record at a position. */
export type CitationId = (subjectId: string, position: number) => number;

/** Replays the changes of one record, oldest first, into the versions of all its rows. */
export class RecordReplay {
  readonly subjectId: string;
  readonly #concept: LoggedConcept;
  readonly #rows = new OpenRows();
  readonly #document = new OpenRows();
  #facts: Facts | null = null;
  #periods: RecordedStatus[] = [];
  #createdAt = '';
  #citationIds: number[] = [];
  #last = 0;

  constructor({ subjectType, subjectId }: Pick<Change, 'subjectType' | 'subjectId'>) {
    this.#concept = concepts[subjectType];
    this.subjectId = subjectId;
  }

  /** The records by whose names the record is found. */
  get related(): string[] {
    return this.#facts ? namedBy(this.#facts) : [];
  }

  /** Applies the next change, and returns the versions that it ended, and that changes of other records ended before it. */
  apply(change: LoggedChange, names: NameHistory, citationId: CitationId): RowVersion[] {
    const renamed = this.#applyNames(names, change.id);
    const { id, kind, fields, subjectVersion: version, recordedAt: updatedAt } = change;
    this.#last = id;
    if (kind === ChangeKind.WITHDRAWN) {
      this.#facts = null;
      return [...renamed, ...this.#rows.replace([], id), ...this.#document.replace([], id)];
    }
    if (!this.#facts) this.#createdAt = updatedAt;
    const facts: Facts = { ...this.#facts };
    for (const { field, after } of fields) facts[field] = after;
    this.#facts = facts;
    if (this.#concept.table === 'partnership') this.#periods = periodsAfter(this.#concept, facts, this.#periods);
    const rows = [
      recordRow(this.#concept, facts, { version, createdAt: this.#createdAt, updatedAt }),
      ...linkRows(this.#concept, facts),
      ...periodRows(this.#periods),
      ...citationRows(this.#concept, facts, position => {
        this.#citationIds[position] ??= citationId(this.subjectId, position);
        return this.#citationIds[position];
      }),
    ];
    const document = this.#document.replace([this.#documentRow(facts, names, id)], id);
    return [...renamed, ...this.#rows.replace(rows, id), ...document];
  }

  /** Ends the replay, and returns the newest versions, and those that changes of other records ended since the last change. */
  end(names: NameHistory): RowVersion[] {
    return [...this.#applyNames(names, Number.POSITIVE_INFINITY), ...this.#rows.newest(), ...this.#document.newest()];
  }

  /** Renews the search document after each change of another record that it takes names from. */
  #applyNames(names: NameHistory, before: number): RowVersion[] {
    const facts = this.#facts;
    if (!facts) return [];
    return names
      .changes(namedBy(facts), this.#last, before)
      .flatMap(change => this.#document.replace([this.#documentRow(facts, names, change)], change));
  }

  #documentRow(facts: Facts, names: NameHistory, at: number): RecordRow {
    const none: Seeds = { authorities: [], organisations: [], partnerships: [], programmes: [], exchanges: [] };
    const named = names.at(namedBy(facts), at);
    const related = { ...none, authorities: named, organisations: named } as unknown as Seeds;
    const own = { ...none, [this.#concept.seeds]: [seedOf(this.#concept, facts)] } as { [C in Concept]: Seeds[C] };
    const [document] = documentsOf(own, related);
    const { id, ...values } = document as { id: string };
    return { table: 'search_document', key: { id }, values };
  }
}
