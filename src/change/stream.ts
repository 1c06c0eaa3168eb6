import { setImmediate } from 'node:timers/promises';
import type { Fork } from '../graph/sql/fork.js';
import { CatchUp, type ChangePage, PAGE_SIZE } from './catch-up.js';
import { type Change, ChangeKind } from './change.js';
import { ChangeBuffer } from './change-buffer.js';
import type { ChangeSource, SubscriptionEnd } from './change-source.js';
import { changeCursor, LOG_START, type LogPosition } from './cursor.js';
import type { AppendedChange } from './log.js';
import { ALL_CHANGES, type ChangeSelection, changesAfter, latestPosition, newestInLog } from './log-reader.js';
import { forgetMoments } from './moment.js';
import { Subscriber } from './subscriber.js';
import { TypeVersions } from './versions.js';

/** Reads the log this often without a notification too, so that a lost one only delays changes. */
const POLL_INTERVAL_MS = 2_000;

/** Limits the changes in the pages of all subscribers that read old changes; each page may have the minimum. */
const MAX_PAGED_CHANGES = 10_000;
const MIN_PAGE_SIZE = 10;

/** The number of subscribers that are woken in one iteration of the event loop. */
const WAKE_BATCH_SIZE = 250;

/** Receives what the operator must know. Must not throw. */
export interface StreamObserver {
  /** The log has another history than this process has read. All subscribers are ended; no earlier result is valid. */
  onHistoryChanged(lastCommon: LogPosition | undefined): void;
  /** Texts were removed from the log and from records. No earlier result may be sent any more. */
  onRedacted(): void;
  /** A client resumes with a cursor of an older version. Called once per process. */
  onUnmarkedCursor(): void;
  /** The log could not be read. Called for each read that failed; the next poll reads it again. */
  onReadFailed(error: unknown): void;
}

const NO_OBSERVER: StreamObserver = {
  onHistoryChanged: () => undefined,
  onRedacted: () => undefined,
  onUnmarkedCursor: () => undefined,
  onReadFailed: () => undefined,
};

const isAppended = (position: LogPosition): position is AppendedChange => 'previous' in position;

/** Change feed of one process: reads the log once for all subscribers. */
export class ChangeStream implements ChangeSource {
  readonly #fork: () => Fork;
  readonly #observer: StreamObserver;
  readonly #subscribers = new Set<Subscriber>();
  readonly #listeners = new Set<(page: readonly Change[]) => void>();
  readonly #catchUp: CatchUp;
  #buffer = new ChangeBuffer(LOG_START);
  /** The changes that were in memory when the history last changed, and what it has in common with the present one. */
  #lost: { marks: ReadonlySet<string>; lastCommon: LogPosition | undefined } | undefined;
  #refreshing: Promise<void> | undefined;
  /** The id of a change that was announced since the last read of the log began; all changes with lower ones precede it. */
  #announcedId = 0;
  #timer: NodeJS.Timeout | undefined;
  #isListening = false;
  #isInSync = false;
  #hasReportedUnmarked = false;
  /** The id of the newest change that this process has committed. */
  #writtenId = 0;
  /** The id of the newest change that removed texts from the past; the newest one at the start, which may have. */
  #redactedId = 0;
  /** The number of redactions that this process knows of. */
  #redactions = 0;
  #isCutOff = false;
  /** The PostgreSQL processes that execute a commit of this process, and the change that each has announced. */
  readonly #committing = new Map<number, LogPosition | undefined>();
  #newestCursor: { position: LogPosition; cursor: string } | undefined;

  /** Versions of the subject types, raised by every change that this process makes or reads. */
  readonly versions = new TypeVersions();

  constructor(fork: () => Fork, observer = NO_OBSERVER) {
    this.#fork = fork;
    this.#observer = observer;
    this.#catchUp = new CatchUp(fork, () => this.newest);
  }

  /** Starts at the newest change of the log. */
  async start(): Promise<void> {
    this.#buffer = new ChangeBuffer(await latestPosition(this.#fork()));
    this.#redactedId = this.newest.id;
    this.#timer = setInterval(() => {
      void this.refresh();
      for (const subscriber of this.#subscribers) {
        if (subscriber.isTooSlow) subscriber.end({ code: 'TOO_SLOW', position: subscriber.position });
      }
    }, POLL_INTERVAL_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * Called when this process sends a commit. PostgreSQL often announces its changes before its result arrives, which is about to
   * tell them, so the announcement causes no read of the log.
   *
   * @param processId The PostgreSQL process that executes it.
   */
  onCommitSent(processId: number): void {
    this.#committing.set(processId, undefined);
  }

  /** Called after `onCommitted`, and after a commit that failed, whose changes may be in the log nevertheless. */
  onCommitEnded(processId: number): void {
    const announced = this.#committing.get(processId);
    this.#committing.delete(processId);
    if (announced && !this.remembers(announced)) void this.refresh(announced.id);
  }

  /** The position of the newest change that subscribers of this process can receive. */
  get newest(): LogPosition {
    return this.#buffer.newest;
  }

  /** The memory of the newest changes and its limit, in bytes. */
  get memory(): { readonly bytes: number; readonly maxBytes: number } {
    return this.#buffer;
  }

  /** The id of the newest change that this process has read or committed: no operation that begins now may lack it. */
  get reachedId(): number {
    return Math.max(this.newest.id, this.#writtenId);
  }

  /** The id of a change that every reading of a past moment must have, too: of the texts that it removed none may be read. */
  get redactedId(): number {
    return this.#redactedId;
  }

  /**
   * Called when this process has committed changes, before the client is answered. A single one that follows the newest change
   * in memory is in memory from then on; others are read from the log.
   *
   * @param last The last of them.
   */
  onCommitted(last: LogPosition): void {
    this.#writtenId = Math.max(this.#writtenId, last.id);
    // A redaction after it may have removed its texts.
    const isNext = isAppended(last) && changeCursor(last.previous) === this.newestCursor && last.id > this.#redactedId;
    if (isNext) this.#append([last]);
    else void this.refresh(last.id);
  }

  /** The cursor of the newest change, encoded once per change: each response has it. */
  get newestCursor(): string {
    const position = this.newest;
    if (this.#newestCursor?.position !== position) this.#newestCursor = { position, cursor: changeCursor(position) };
    return this.#newestCursor.cursor;
  }

  /** Returns whether a position is among the newest changes, which are in memory. */
  remembers(position: LogPosition): boolean {
    return this.#buffer.has(position);
  }

  /**
   * True while this process is notified of every commit and has read the log since notifications began. The response
   * cache serves nothing otherwise.
   */
  get isInSync(): boolean {
    return this.#isInSync;
  }

  /** True if the log could not be read when this process last tried to: nobody can write through it then. */
  get isCutOff(): boolean {
    return this.#isCutOff;
  }

  /** True while this process is notified of every commit. */
  get isListening(): boolean {
    return this.#isListening;
  }

  /**
   * Called for each notification of a commit, and each time the listening connection is established. A change that is in memory
   * is not read again.
   *
   * @param position That of the change, if it is known.
   * @param processId The PostgreSQL process that committed it.
   */
  async onNotification(position?: LogPosition, processId?: number): Promise<void> {
    this.#isListening = true;
    if (position && this.#isInSync) {
      if (this.remembers(position)) return;
      if (processId !== undefined && this.#committing.has(processId)) {
        this.#committing.set(processId, position);
        return;
      }
    }
    await this.refresh(position?.id);
  }

  /** Called when the listening connection is lost. */
  onListenerLost(): void {
    this.#isListening = false;
    this.#isInSync = false;
  }

  /** The number of subscribers. */
  get size(): number {
    return this.#subscribers.size;
  }

  /**
   * Reads new changes from the log and wakes waiting subscribers. Never rejects: the next poll retries a failed read.
   *
   * @param id The id of the change to read: a read in progress that reaches it suffices. By default the log is read again.
   */
  refresh(id = Number.POSITIVE_INFINITY): Promise<void> {
    this.#announcedId = Math.max(this.#announcedId, id);
    this.#refreshing ??= this.#readLog();
    return this.#refreshing;
  }

  async #readLog(): Promise<void> {
    try {
      do {
        this.#announcedId = 0;
        const redactions = this.#redactions;
        const page = await this.#readNewChanges();
        // Texts that were removed meanwhile may be in it.
        if (redactions !== this.#redactions) {
          this.#announcedId = Number.POSITIVE_INFINITY;
          continue;
        }
        if (!page) await this.#adoptHistory();
        else this.#append(page.filter(({ id }) => id > this.newest.id));
        if (!page || page.length === PAGE_SIZE) this.#announcedId = Number.POSITIVE_INFINITY;
      } while (this.#announcedId > this.newest.id);
      this.#isInSync = this.#isListening;
      this.#isCutOff = false;
    } catch (error) {
      this.#isInSync = false;
      this.#isCutOff = true;
      this.#observer.onReadFailed(error);
    } finally {
      // In the same tick as the last check of #announcedId: a call to `refresh` in between would be lost.
      this.#refreshing = undefined;
    }
  }

  /** Async, so that a fork that cannot be created is a rejection: `#refreshing` is set when `#readLog` returns. */
  async #readNewChanges(): Promise<Change[] | undefined> {
    return changesAfter(this.#fork(), this.newest, PAGE_SIZE);
  }

  #append(page: readonly Change[]): void {
    if (page.length === 0) return;
    if (page.some(({ kind }) => kind === ChangeKind.REDACTED)) {
      this.#redactedId = (page.at(-1) as Change).id;
      this.onRedacted();
    }
    for (const { subjectType } of page) this.versions.increment(subjectType);
    this.#buffer.append(page);
    void this.#wakeSubscribers();
    for (const listener of this.#listeners) listener(page);
  }

  /**
   * Wakes subscribers in batches: the first receive a change while it is written to the next, and requests are answered, such as
   * that which made the change.
   */
  async #wakeSubscribers(): Promise<void> {
    let woken = 0;
    for (const subscriber of this.#subscribers) {
      if (woken % WAKE_BATCH_SIZE === 0) await setImmediate();
      subscriber.wake();
      woken += 1;
    }
  }

  /**
   * Calls a function after each read of new changes, with them; with none after the history changed. It must not throw.
   * Returns the function that ends it.
   */
  onRead(listener: (page: readonly Change[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Drops everything that was read before a redaction: changes in memory, results and cached responses. Called when this
   * process has committed one, before the client is answered, and when it reads that of another.
   */
  onRedacted(): void {
    this.#redactions += 1;
    this.#redactedId = Math.max(this.#redactedId, this.reachedId);
    this.#buffer = new ChangeBuffer(this.newest);
    this.#catchUp.discard();
    for (const subscriber of this.#subscribers) subscriber.discardPage();
    this.versions.incrementAll();
    this.#observer.onRedacted();
  }

  /** Continues at the newest change of the log, which has lost changes that this process has read. */
  async #adoptHistory(): Promise<void> {
    this.#isInSync = false;
    const em = this.#fork();
    const { positions } = this.#buffer;
    const lastCommon = await newestInLog(em, positions);
    const newest = await latestPosition(em);
    // From here on without a pause, so that nobody sees one half of it.
    const marks = positions.filter(({ id }) => id > (lastCommon?.id ?? 0)).map(({ mark }) => mark);
    this.#lost = { marks: new Set(marks), lastCommon };
    this.#buffer = new ChangeBuffer(newest);
    this.#writtenId = 0;
    this.#redactedId = newest.id;
    this.versions.incrementAll();
    forgetMoments(em);
    for (const subscriber of this.#subscribers) subscriber.end({ code: 'HISTORY_CHANGED', position: lastCommon });
    for (const listener of this.#listeners) listener([]);
    this.#observer.onHistoryChanged(lastCommon);
  }

  /**
   * Returns the newest position that one which is not in the log is certain to have in common with it. Certain is only
   * what this process had in memory when the history changed.
   */
  lastCommonWith({ mark }: LogPosition): LogPosition | undefined {
    return this.#lost?.marks.has(mark) ? this.#lost.lastCommon : undefined;
  }

  reportUnmarkedCursor(): void {
    if (this.#hasReportedUnmarked) return;
    this.#hasReportedUnmarked = true;
    this.#observer.onUnmarkedCursor();
  }

  /**
   * Iterates over the changes after a position, first from the log, then as they are committed, without gaps or duplicates.
   *
   * @param after The last change that the client has; undefined to receive future changes only.
   * @param onEnd Called when the server ends the subscription, after which the iterator is done.
   */
  subscribe(
    after: LogPosition | undefined,
    selection = ALL_CHANGES,
    onEnd: (end: SubscriptionEnd) => void = () => undefined,
  ): Subscriber {
    const subscriber = new Subscriber(this, after ?? this.newest, selection, onEnd);
    this.#subscribers.add(subscriber);
    return subscriber;
  }

  inMemoryAfter({ id }: LogPosition): readonly Change[] | undefined {
    return this.#buffer.after(id, PAGE_SIZE);
  }

  async pageAfter(position: LogPosition, selection: ChangeSelection): Promise<ChangePage | undefined> {
    const changes = this.inMemoryAfter(position);
    if (changes) return { changes, end: changes.at(-1) ?? position };
    const page = await this.#catchUp.read(position, selection, this.#catchUpPageSize());
    if (!page) void this.refresh();
    return page;
  }

  /** Shares the changes that may be in pages of the log among the subscribers that read it. */
  #catchUpPageSize(): number {
    let readers = 0;
    for (const { position } of this.#subscribers) if (!this.#buffer.hasAllAfter(position.id)) readers += 1;
    return Math.min(PAGE_SIZE, Math.max(MIN_PAGE_SIZE, Math.floor(MAX_PAGED_CHANGES / Math.max(1, readers))));
  }

  onEnded(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }
}
