import { SubjectType } from '../../change/change.js';
import type { SubjectTypes } from '../../change/versions.js';
import type { CacheTagHeader } from '../../config/settings.js';
import type { Context } from '../../context.js';
import { nodeTypeOf } from '../../graph/record/node.js';
import { type RecordsEvent, recordsChannel } from '../../graph/record/records-channel.js';
import { ForkProperty } from '../../graph/sql/fork.js';
import { type StatementEvent, statementChannel } from '../../graph/sql/query.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { subjectTypesOf } from './subject-types.js';

/** Limits the value of the header; CDNs ignore or refuse longer ones. Akamai also limits the number of tags. */
const MAX_TAGS_BYTES = 8_000;
const MAX_TAGS: Partial<Record<CacheTagHeader, number>> = { 'Edge-Cache-Tag': 128 };

/** The statements of an operation, and the records that it read by their ids. */
interface Reads {
  texts: Set<string>;
  /** The lists of each statement that reads records by id, as SQL; `undefined` if it has none. */
  byId: Map<string, string | undefined>;
  ids: Set<string>;
}

/** Matches a statement that reads parts of records that were read before: they change only with their record. */
const PARTS = /\bfrom status_period where partnership_id = any\(/;

/** A header as name and value. */
export type Tags = readonly [name: string, value: string];

/**
 * Determines the tags by which a CDN purges a response: `PARTNERSHIP` for a type of records behind it, `PARTNERSHIP-LIST`
 * if it also depends on which records of the type there are, and the ids of its records. What the operator purges is in
 * README.md.
 */
export class CacheTags {
  readonly #header: CacheTagHeader;
  readonly #reads = new ForkProperty<Reads>('tagged reads');

  constructor(header: CacheTagHeader) {
    this.#header = header;
    statementChannel.subscribe(this.#onStatement);
    recordsChannel.subscribe(this.#onRecords);
  }

  close(): void {
    statementChannel.unsubscribe(this.#onStatement);
    recordsChannel.unsubscribe(this.#onRecords);
  }

  readonly #onStatement = (message: unknown): void => {
    const { em, text } = message as StatementEvent;
    this.#reads.get(em)?.texts.add(text);
  };

  readonly #onRecords = (message: unknown): void => {
    const { em, text, ids, rows, lists } = message as RecordsEvent;
    const reads = this.#reads.get(em);
    if (!reads) return;
    reads.byId.set(text, lists);
    // An id without a record, too: the response changes when there is one.
    for (const id of ids) reads.ids.add(id);
    for (const row of rows) addReferred(row, reads.ids);
  };

  /** The tag of all answers about the past, whose content no change alters: to be purged after a redaction. */
  get ofPast(): Tags {
    return [this.#header, 'PAST'];
  }

  /** Computes a response with its tags. */
  async tag(
    { em, knownAt, operationState }: Context,
    compute: () => Promise<PreparedResponse>,
  ): Promise<PreparedResponse> {
    if (knownAt) return { ...(await compute()), cacheTags: this.ofPast };
    const reads: Reads = { texts: new Set(), byId: new Map(), ids: new Set() };
    const shownIds = new Set<unknown>();
    this.#reads.set(em, reads);
    operationState.shownIds = shownIds;
    const response = await compute();
    if (!response.isCacheable) return response;
    for (const id of shownIds) if (typeof id === 'string' && nodeTypeOf(id)) reads.ids.add(id);
    const lists = [...reads.texts]
      .filter(text => !PARTS.test(text))
      .flatMap(text => (reads.byId.has(text) ? (reads.byId.get(text) ?? []) : text));
    response.cacheTags = this.#format(subjectTypesOf(reads.texts), subjectTypesOf(lists), [...reads.ids]);
    return response;
  }

  /** Returns the tags of a response that lists what these statements read. */
  ofLists(texts: readonly string[]): Tags | undefined {
    const types = subjectTypesOf(texts);
    return this.#format(types, types, []);
  }

  /** Without its ids, a response depends on all records of its types. */
  #format(types: SubjectTypes, listed: SubjectTypes, ids: readonly string[]): Tags | undefined {
    const separator = this.#header === 'Surrogate-Key' ? ' ' : ',';
    const isIn = (some: SubjectTypes) => (type: SubjectType) => some === undefined || some.includes(type);
    const own = ALL_TYPES.filter(isIn(types));
    const tags = [...own, ...own.filter(isIn(listed)).map(listTag), ...ids];
    const value = tags.join(separator);
    const fits = value.length < MAX_TAGS_BYTES && tags.length <= (MAX_TAGS[this.#header] ?? Number.POSITIVE_INFINITY);
    const sent = fits ? value : [...own, ...own.map(listTag)].join(separator);
    return sent ? [this.#header, sent] : undefined;
  }
}

const ALL_TYPES = Object.values(SubjectType);
const listTag = (type: SubjectType) => `${type}-LIST`;

/** Adds the ids of the records that a row refers to and that its statement joined. */
function addReferred(row: object, ids: Set<string>): void {
  for (const value of Object.values(row)) {
    const id = (value as { id?: unknown } | null)?.id;
    if (typeof id !== 'string') continue;
    ids.add(id);
    addReferred(value, ids);
  }
}
