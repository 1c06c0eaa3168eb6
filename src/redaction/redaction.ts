import sql, { type Sql } from 'sql-template-tag';
import type { FactSubject } from '../change/fact-subject.js';
import type { SourceFacts } from '../source/source-id.js';
import { partsOfReference, REASON, REDACTABLE_FIELDS, subjectTypeOf } from './fields.js';
import { Places, type RedactionStore } from './places.js';
import { partPattern, passageRewriter, type Rewriter, WHOLE_TEXTS } from './rewriter.js';

/** The texts to redact: of one record or of all, of one field or of all, whole or a passage of them. */
export interface Scope {
  id?: string | null;
  field?: string | null;
  passage?: string | null;
  wholeWords: boolean;
}

/** A text of a field of a record that is redacted. */
export interface RedactedText {
  id: string;
  field: string;
  before: string;
  after: string;
}

/** Members of a field of texts that are codes or dates. A row of a proposal may have other texts there. */
const CODED_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  statusPeriods: ['status', 'from', 'until', 'decidedBy'],
  contactPoints: ['type'],
  citations: ['publishedOn'],
};
const CODE_OR_DATE = /^(?:[A-Z][A-Z_]*|\d{4}(?:-\d\d){0,2})$/;

/** The member whose texts stay if they are ids of records. */
export const REFERENCE = 'id';

/** One redaction: what it removes, where it found it, and the records that it changed. */
export class Redaction {
  readonly places = new Places();
  /** The redacted fields of each record, by its id. */
  readonly affected = new Map<string, Set<string>>();
  /** The redacted texts, by record, field and text before; the search documents of versions are made again from them. */
  readonly texts = new Map<string, RedactedText>();
  /** The ids of records, present and withdrawn, that references in rows of proposals name. */
  readonly referenced = new Set<string>();
  /** The new facts of each redacted source, by `sourceKey` of the old ones. */
  readonly sources = new Map<string, SourceFacts>();
  readonly #rewriter: Rewriter;
  readonly #pattern: string | undefined;

  constructor(readonly scope: Scope) {
    const { passage, wholeWords } = scope;
    this.#rewriter = passage == null ? WHOLE_TEXTS : passageRewriter(passage, wholeWords);
    this.#pattern = passage == null ? undefined : partPattern(passage);
  }

  /** Returns whether the texts of a field of a record are in the scope. */
  covers(id: string, field: string): boolean {
    const type = subjectTypeOf(id);
    return type !== undefined && this.#isInScope(id, field) && REDACTABLE_FIELDS[type].includes(field);
  }

  /** Returns whether any record can have a field in the scope. */
  coversField(field: string): boolean {
    return this.scope.field == null || this.scope.field === field;
  }

  #isInScope(id: string, field: string): boolean {
    return (this.scope.id == null || this.scope.id === id) && this.coversField(field);
  }

  #isReference(text: string): boolean {
    return partsOfReference(text).every(id => this.referenced.has(id));
  }

  /** Returns the condition that a text may hold what is redacted: `normalize(notes, nfkd) ~* $1`. Few rows remain, to be read. */
  mayHold(text: Sql): Sql {
    return this.#pattern === undefined ? sql`true` : sql`normalize(${text}, nfkd) ~* ${this.#pattern}`;
  }

  /**
   * Returns a value of a field without what is redacted; the same value if it holds nothing of it.
   *
   * @param store The kind of place, to be counted; undefined for a copy of a place that is counted.
   * @param name The name of the value in its field, such as `supports` of a citation, if the value is a part of the field.
   */
  rewrite(
    value: unknown,
    store: RedactionStore | undefined,
    id: string | undefined,
    field: string,
    name = '',
  ): unknown {
    let first: string | undefined;
    const coded = CODED_MEMBERS[field] ?? [];
    const walk = (part: unknown, member: string): unknown => {
      if (typeof part === 'string') {
        const isCoded = coded.includes(member) && CODE_OR_DATE.test(part);
        if (isCoded || (member === REFERENCE && this.#isReference(part))) return part;
        const rewritten = this.#rewriter.rewrite(part, member);
        if (rewritten === part) return part;
        first ??= part;
        if (id !== undefined)
          this.texts.set(JSON.stringify([id, field, part]), { id, field, before: part, after: rewritten });
        return rewritten;
      }
      if (Array.isArray(part)) return part.map(item => walk(item, member));
      if (typeof part !== 'object' || part === null) return part;
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, key)]));
    };
    const rewritten = walk(value, name);
    if (first === undefined) return value;
    if (store) this.addPlace(store, id, field, first);
    return rewritten;
  }

  /** Records a place. */
  addPlace(store: RedactionStore, id: string | undefined, field: string, text: string): void {
    this.places.add(store, id, field, text, this.#rewriter.indexIn(text));
    if (id !== undefined) this.affect(id, field);
  }

  /** Records that a field of a record changes. */
  affect(id: string, field: string): void {
    const fields = this.affected.get(id) ?? new Set();
    this.affected.set(id, fields.add(field));
  }

  /** Returns the redacted facts of a record; the reasons of its changes are no facts. */
  factsOf(id: string): string[] {
    return [...(this.affected.get(id) ?? [])].filter(field => field !== REASON).sort();
  }
}

/** Returns the type of a record that was found in the register. */
export function knownTypeOf(id: string): FactSubject {
  const type = subjectTypeOf(id);
  if (type === undefined) throw new Error(`${id} is the id of no record.`);
  return type;
}
