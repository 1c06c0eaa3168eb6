import type { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { root, StartError } from '../../config/config.js';
import { withFullStop } from '../../messages/message.js';
import { connectionFailure } from '../connection/failure.js';
import { lockDirectory } from '../lock.js';
import { initialContent, initialiseDirectory } from '../snapshot.js';
import type { OpenRequest, OpenResponse, Request, ThreadData } from './messages.js';
import { BackendStream } from './stream.js';

/** The built thread, also in tests: Node.js starts it from a file. */
const THREAD = new URL('dist/database/embedded/thread.js', root);

/** PGlite as the first thread compiled it: compiling takes a fifth of the start of another. */
let compiled: WebAssembly.Module | undefined;

const UNUSABLE_FOLDER =
  'a file in it cannot be read or written; the folder is empty or holds a register, and is writable';

/** Begins the reasons of PGlite for files that it cannot read as a database: none of them names one. */
const UNREADABLE = /^(?:Aborted|PGlite failed)/;

const DAMAGED_FOLDER =
  'its files are damaged, or of another version of PostgreSQL; restore a backup, or set DATA_DIR to an empty folder';

/** The SQLSTATE of a database that has ended, which is no fault of the statement. */
const ADMIN_SHUTDOWN = '57P01';

/** An embedded database: PGlite in a thread of its own. It has one session. */
export class EmbeddedBackend {
  /** Resolves when it accepts connections. Rejects with a StartError if the directory holds something else. */
  opened: Promise<void> = Promise.resolve();
  readonly #thread = new Worker(THREAD, { name: 'database', workerData: { compiled } satisfies ThreadData });
  readonly #exit: Promise<void>;
  /** The connections whose messages have no response yet, in the order in which they were sent. */
  readonly #waiting: BackendStream[] = [];
  #failure: Error | undefined;
  /** Releases the lock of the directory. */
  #release: (() => Promise<void>) | undefined;

  private constructor(private readonly directory: string | undefined) {
    this.#thread.once('error', error => this.#fail(error));
    this.#exit = new Promise(resolve => {
      this.#thread.once('exit', () => {
        this.#fail();
        resolve();
      });
    });
  }

  /**
   * Begins to open a database in a directory or, without one, in memory. Resolves when its thread has all that it needs: this
   * one is free for other work until `opened`.
   *
   * @param snapshot Data directory that a new database is a copy of; undefined for an empty one.
   * @throws StartError if the directory is in use, or cannot be read or written.
   */
  static async begin(directory: string | undefined, snapshot: string | undefined): Promise<EmbeddedBackend> {
    const backend = new EmbeddedBackend(directory);
    try {
      if (directory !== undefined) backend.#release = await lockDirectory(directory);
      const initial = initialContent(snapshot);
      const markComplete = directory === undefined ? undefined : await initialiseDirectory(directory, initial.folder);
      // A directory has the content of the folder by now, and PGlite refuses a dump for a database that exists.
      const request = directory === undefined ? initial : { directory, dump: markComplete && initial.dump };
      backend.opened = backend
        .#open(request)
        .then(markComplete)
        .catch(error => backend.#abort(error));
      // It is awaited later.
      backend.opened.catch(() => undefined);
      return backend;
    } catch (error) {
      return backend.#abort(error);
    }
  }

  async #open(request: OpenRequest): Promise<void> {
    const response = await new Promise<OpenResponse>((resolve, reject) => {
      this.#thread.once('message', resolve);
      void this.#exit.then(() => reject(this.#failure));
      this.#thread.postMessage(request);
    });
    const { failed } = response;
    if (failed !== undefined) throw new Error(UNREADABLE.test(failed) ? DAMAGED_FOLDER : failed || UNUSABLE_FOLDER);
    compiled = response.compiled;
    this.#thread.on('message', (messages: Uint8Array) => this.#waiting.shift()?.receive(messages));
  }

  /** Ends the thread of a database that cannot be opened. @throws StartError, always. */
  async #abort(error: unknown): Promise<never> {
    await this.terminate();
    await this.#release?.();
    if (error instanceof StartError) throw error;
    const place = this.directory ?? 'memory';
    const failure = connectionFailure(error);
    throw new StartError(withFullStop(`The embedded database in ${place} cannot be opened: ${failure}`));
  }

  /** Returns a connection, as a socket of the driver, once it is opened. It ends the transaction of one that is open. */
  connect(): Duplex {
    return new BackendStream((stream, messages) => {
      if (this.#failure) throw this.#failure;
      this.#waiting.push(stream);
      this.#thread.postMessage(messages, [messages.buffer]);
    });
  }

  /** Closes and unlocks the data directory, and ends the thread. Rejects later statements. */
  async close(): Promise<void> {
    this.#setFailure();
    this.#thread.postMessage('close' satisfies Request);
    await this.#exit;
    await this.#release?.();
  }

  /** Ends the thread as it is. */
  async terminate(): Promise<void> {
    await this.#thread.terminate();
  }

  #fail(cause?: Error): void {
    this.#setFailure(cause);
    for (const stream of this.#waiting.splice(0)) stream.destroy(this.#failure);
  }

  #setFailure(cause?: Error): void {
    const error = new Error(`The embedded database has ended${cause ? `: ${cause.message}` : ''}.`, { cause });
    this.#failure ??= Object.assign(error, { code: ADMIN_SHUTDOWN });
  }
}
