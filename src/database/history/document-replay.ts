import type { Facts } from '../../change/log.js';
import { documentsOf } from '../seed/documents.js';
import type { Seeds } from '../seed/seed.schemas.js';
import { type LoggedConcept, seedOf } from './concepts.js';
import { type NameHistory, namedBy } from './name-history.js';
import { OpenRows, type RowVersion } from './open-rows.js';
import type { RecordRow } from './record-rows.js';

const NO_SEEDS: Seeds = { authorities: [], organisations: [], partnerships: [], programmes: [], exchanges: [] };

/** Follows the search document of a record: its changes, and those of the records that it takes names from, renew it. */
export class DocumentReplay {
  readonly #document = new OpenRows();
  #facts: Facts | null = null;
  #last = 0;

  constructor(private readonly concept: LoggedConcept) {}

  /** The records by whose names the record is found. */
  get related(): string[] {
    return this.#facts ? namedBy(this.#facts) : [];
  }

  /**
   * Applies a change of the record, after those of other records before it, and returns the versions that ended.
   *
   * @param facts The facts of the record after the change; null if it was withdrawn.
   */
  apply(change: number, facts: Facts | null, names: NameHistory): RowVersion[] {
    const renamed = this.#applyNames(names, change);
    this.#facts = facts;
    this.#last = change;
    return [...renamed, ...this.#document.replace(facts ? [this.#row(facts, names, change)] : [], change)];
  }

  /** Returns the versions that changes of other records ended after the last one, and the newest one. */
  end(names: NameHistory): RowVersion[] {
    return [...this.#applyNames(names, Number.POSITIVE_INFINITY), ...this.#document.newest()];
  }

  #applyNames(names: NameHistory, before: number): RowVersion[] {
    const facts = this.#facts;
    if (!facts) return [];
    return names
      .changes(namedBy(facts), this.#last, before)
      .flatMap(change => this.#document.replace([this.#row(facts, names, change)], change));
  }

  #row(facts: Facts, names: NameHistory, change: number): RecordRow {
    const named = names.at(namedBy(facts), change);
    const own = { ...NO_SEEDS, [this.concept.seeds]: [seedOf(this.concept, facts)] } as Seeds;
    const related = { ...NO_SEEDS, authorities: named, organisations: named } as unknown as Seeds;
    const [document] = documentsOf(own, related);
    const { id, ...values } = document as { id: string };
    return { table: 'search_document', key: { id }, values };
  }
}
