import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { changeCursor, LOG_START, type LogPosition } from '../../change/cursor.js';
import { resumePosition } from '../../change/resume.js';
import type { ChangeStream } from '../../change/stream.js';
import { Turns } from '../../change/turns.js';
import { ExportError } from '../../export/export-error.js';
import { type FeedPage, planFeedPage } from '../../feed/feed-page.js';
import { readFirst, readMessages } from '../../feed/lines.js';
import type { Fork } from '../../graph/sql/fork.js';
import { isClosed, onceClosed } from '../http/closed.js';

/** Limits the pages that are read at a time: clients that are behind must leave connections to everybody else. */
const MAX_READS = 4;

/** Limits the pages that are read before they are asked for, and the time that each waits for its client. */
const MAX_PAGES_AHEAD = 4;
const AHEAD_TIMEOUT_MS = 5_000;

/** A page of the feed whose first messages are read. */
export interface ReadPage extends FeedPage {
  /** Iterates over the messages as JSON, in chunks; each call reads all but the first chunk again. */
  chunks(): AsyncIterable<string[]>;
}

/** Reads pages of the feed, and waits for changes, for all clients of this process. */
export class FeedSource {
  readonly #inFlight = new Map<string, Promise<ReadPage>>();
  readonly #ahead = new Map<string, Promise<ReadPage | undefined>>();
  readonly #turns = new Turns(MAX_READS);
  readonly #waits = new Set<() => void>();
  #isClosed = false;

  constructor(
    private readonly changes: ChangeStream,
    private readonly fork: () => Fork,
  ) {}

  /**
   * Returns a position as it is in the log: that of an older cursor gets its mark.
   *
   * @throws ExportError 410 INVALID_CURSOR if the log has lost it: the client loads a snapshot.
   */
  async locate(position: LogPosition): Promise<LogPosition> {
    if (position.mark ? this.changes.remembers(position) : position.id === LOG_START.id) return position;
    try {
      return await resumePosition({ em: this.fork(), changes: this.changes }, changeCursor(position), 'offset');
    } catch (error) {
      throw error instanceof GraphQLError ? new ExportError(410, [error]) : error;
    }
  }

  /**
   * Reads the page after a position. Clients that ask for one page at the same time share it, as all do that waited for a
   * change; who knows of a change shares no page that was begun before it.
   */
  async read(position: LogPosition): Promise<ReadPage> {
    await this.locate(position);
    const key = `${changeCursor(position)} ${this.changes.newest.id}`;
    let page = this.#inFlight.get(key);
    if (!page) {
      page = this.#readOrTake(position).finally(() => this.#inFlight.delete(key));
      this.#inFlight.set(key, page);
    }
    return page;
  }

  async #read(position: LogPosition): Promise<ReadPage> {
    const { fork } = this;
    const page = await planFeedPage(fork(), position);
    const first = await readFirst(fork(), page.messages);
    // A client that takes a full page asks for the one after it.
    const onLast = () => page.isFull && this.#readAhead(page.end);
    return { ...page, chunks: () => readMessages(fork(), page.messages, first, onLast) };
  }

  /**
   * Reads a page while a client takes the end of the one before. Of use is a full page only, which never changes; a
   * redaction or another history gives it another key.
   */
  #readAhead(position: LogPosition): void {
    const key = this.#aheadKey(position);
    if (this.#isClosed || this.#ahead.has(key) || this.#ahead.size >= MAX_PAGES_AHEAD) return;
    const page = this.#turns.run(() => this.#read(position));
    this.#ahead.set(
      key,
      page.catch(() => undefined),
    );
    setTimeout(() => this.#ahead.delete(key), AHEAD_TIMEOUT_MS).unref();
  }

  async #readOrTake(position: LogPosition): Promise<ReadPage> {
    const key = this.#aheadKey(position);
    const page = await this.#ahead.get(key);
    this.#ahead.delete(key);
    return page?.isFull ? page : this.#turns.run(() => this.#read(position));
  }

  #aheadKey(position: LogPosition): string {
    return `${changeCursor(position)} ${this.changes.redactedId}`;
  }

  /** Waits until a change after a position is known, the time is over, the client is gone or the server ends. */
  async waitForChange(position: LogPosition, timeoutMs: number, response: ServerResponse): Promise<void> {
    if (this.#isClosed || isClosed(response)) return;
    const subscriber = this.changes.subscribe(position, { filter: {}, withFields: false });
    const end = () => void subscriber.return();
    const timeout = setTimeout(end, timeoutMs);
    const removeClosed = onceClosed(response, end);
    this.#waits.add(end);
    try {
      await subscriber.next();
    } finally {
      clearTimeout(timeout);
      removeClosed();
      this.#waits.delete(end);
      end();
    }
  }

  /** True once the server ends. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Ends all waits, and lets nobody wait any more. */
  close(): void {
    this.#isClosed = true;
    for (const end of this.#waits) end();
  }
}
