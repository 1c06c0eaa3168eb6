import type { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { root } from '../../config/config.js';
import { initialContent, initialiseDirectory } from '../snapshot.js';
import type { OpenRequest, OpenResponse, Request } from './messages.js';
import { BackendStream } from './stream.js';

/** The built thread; it needs no other file of ours. */
const THREAD = new URL('dist/database/embedded/thread.js', root);

/** PGlite as the first thread compiled it: compiling takes a fifth of the start of another. */
let compiled: WebAssembly.Module | undefined;

const UNUSABLE_FOLDER =
  'a file in it cannot be read or written; the folder is empty or holds a register, and is writable';

/** An embedded database: PGlite in a thread of its own. It has one session. */
export class EmbeddedBackend {
  /** Loads PGlite before the database is opened. */
  readonly #thread = new Worker(THREAD, { name: 'database' });
  readonly #exit: Promise<void>;
  /** The connections whose messages have no response yet, in the order in which they were sent. */
  readonly #waiting: BackendStream[] = [];
  #failure: Error | undefined;

  private constructor() {
    this.#exit = new Promise(resolve => {
      this.#thread.once('exit', () => {
        this.#fail(new Error('The embedded database has ended.'));
        resolve();
      });
    });
    this.#thread.once('error', error => this.#fail(error));
  }

  /**
   * Opens a database in a directory or, without one, in memory.
   *
   * @param snapshot Data directory that a new database is a copy of; undefined for an empty one.
   */
  static async open(directory: string | undefined, snapshot: string | undefined): Promise<EmbeddedBackend> {
    const backend = new EmbeddedBackend();
    try {
      const initial = await initialContent(snapshot);
      const folder = typeof initial === 'string' ? initial : undefined;
      const markComplete = directory === undefined ? undefined : await initialiseDirectory(directory, folder);
      // PGlite refuses a dump for a database that exists.
      const isNew = directory === undefined || (markComplete !== undefined && folder === undefined);
      await backend.#open({ directory, content: isNew ? initial : undefined });
      await markComplete?.();
      return backend;
    } catch (error) {
      await backend.#thread.terminate();
      throw error;
    }
  }

  async #open(request: Omit<OpenRequest, 'module'>): Promise<void> {
    this.#thread.postMessage({ ...request, module: compiled } satisfies OpenRequest);
    const response = await new Promise<OpenResponse>((resolve, reject) => {
      this.#thread.once('message', resolve);
      void this.#exit.then(() => reject(this.#failure));
    });
    if (response.failed !== undefined) throw new Error(response.failed || UNUSABLE_FOLDER);
    compiled = response.module;
    this.#thread.on('message', (messages: Uint8Array) => this.#waiting.shift()?.receive(messages));
  }

  /** Returns a connection, as a socket of the driver. Another that is open ends its transaction when this one begins. */
  connect(): Duplex {
    return new BackendStream((stream, messages) => {
      if (this.#failure) throw this.#failure;
      this.#waiting.push(stream);
      this.#thread.postMessage(messages, [messages.buffer]);
    });
  }

  /** Writes what is committed to the data directory, and ends the thread. */
  async close(): Promise<void> {
    this.#thread.postMessage('close' satisfies Request);
    await this.#exit;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const stream of this.#waiting.splice(0)) stream.destroy(this.#failure);
  }
}
