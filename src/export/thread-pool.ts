import { Worker } from 'node:worker_threads';
import type { ConnectionOptions } from '../database/connection/options.js';
import type { ExportJob } from './export-file.js';
import type { Position } from './format.js';

/** Heap of one export. A page of fifty records needs a fraction of it. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 48 };
/** Time after which a thread that does not close its file is terminated. */
const CLOSE_TIMEOUT_MS = 1_000;
/** Time for which a thread waits for its next file: to load its modules takes longer than most files. */
const MAX_IDLE_MS = 10_000;

/** A request to a thread: to open a file, or to close it. */
export type ThreadRequest = { connection: ConnectionOptions; job: ExportJob } | 'close';

/** The response of a thread to a request. */
export type ThreadResponse =
  | { begun: { position: Position; stream: ReadableStream<Uint8Array> }; failed?: undefined }
  | { failed: { message: string; code?: string | undefined }; begun?: undefined }
  | 'closed';

/** The threads that wait for a file. */
const idleThreads = new Set<ExportThread>();

/** Returns a thread that has loaded its modules, or starts one. */
export function acquireThread(entry: URL): ExportThread {
  const thread = [...idleThreads].find(({ href }) => href === entry.href);
  thread?.endIdling();
  return thread ?? new ExportThread(entry);
}

/** A worker thread that writes one file at a time. */
class ExportThread {
  readonly href: string;
  readonly #worker: Worker;
  #hasExited = false;
  #idleTimeout: NodeJS.Timeout | undefined;
  /** Aborted when the present file or request ends before its time. */
  #end = new AbortController();

  constructor(entry: URL) {
    this.href = entry.href;
    this.#worker = new Worker(entry, { resourceLimits: RESOURCE_LIMITS, name: 'export' });
    let cause: unknown;
    this.#worker.on('error', error => {
      cause = error;
    });
    this.#worker.once('exit', () => {
      this.#hasExited = true;
      this.endIdling();
      // The cause is that of a caller that still waits for data: out of memory, for example.
      this.#end.abort(new Error('The export thread exited before the file was complete.', { cause }));
    });
  }

  /** Aborted when the file is closed or the thread exits. */
  get fileSignal(): AbortSignal {
    return this.#end.signal;
  }

  /** Sends a request and returns the response. Rejects if the thread exits. */
  request(request: ThreadRequest): Promise<ThreadResponse> {
    const { signal } = this.#end;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = () => {
        this.#worker.off('message', onMessage);
        reject(signal.reason);
      };
      const onMessage = (response: ThreadResponse) => {
        signal.removeEventListener('abort', onAbort);
        resolve(response);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#worker.once('message', onMessage);
      this.#worker.postMessage(request);
    });
  }

  /** Closes the file, and keeps the thread for the next one. Terminates a thread that does not respond in time. */
  async close(): Promise<void> {
    this.#end.abort(new Error('The file was closed before it was complete.'));
    if (this.#hasExited) return;
    this.#end = new AbortController();
    const timeout = setTimeout(() => this.#end.abort(), CLOSE_TIMEOUT_MS).unref();
    try {
      await this.request('close');
      this.#beginIdling();
    } catch {
      await this.#worker.terminate();
    }
    clearTimeout(timeout);
  }

  #beginIdling(): void {
    this.#worker.unref();
    idleThreads.add(this);
    this.#idleTimeout = setTimeout(() => {
      this.endIdling();
      void this.#worker.terminate();
    }, MAX_IDLE_MS).unref();
  }

  endIdling(): void {
    clearTimeout(this.#idleTimeout);
    idleThreads.delete(this);
    this.#worker.ref();
  }
}
