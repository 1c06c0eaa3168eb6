import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ConnectionOptions } from '../database/connection/client.js';
import type { ExportFile, ExportJob } from './export-file.js';
import type { Position } from './format.js';

/** Heap of one export. A page of fifty records needs a fraction of it. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 48 };
/** Time after which a thread that does not exit is terminated. */
const SHUTDOWN_GRACE_MS = 1_000;

/** The only message of the worker. */
type Message =
  | { begun: { position: Position; stream: ReadableStream<Uint8Array> }; failed?: undefined }
  | { failed: { message: string; code?: string | undefined }; begun?: undefined };

/** The error that a thread failed with, with the code of the database. Errors lose their class and code between threads. */
class ExportThreadError extends Error {
  readonly code: string | undefined;

  constructor({ message, code }: NonNullable<Message['failed']>) {
    super(message);
    this.code = code;
  }
}

/**
 * Opens a file in a worker thread with its own database connection. A large file takes seconds of CPU that would block
 * the API, and its garbage grew the server's heap by 190 MB for 100,000 exchanges. The small heap of the thread is
 * collected sooner: the process grows by 80 MB, thread included.
 *
 * @param file The built `worker.js`.
 */
export async function openExportFileInThread(
  file: URL,
  connection: ConnectionOptions,
  job: ExportJob,
): Promise<ExportFile> {
  const worker = new Worker(file, { workerData: { connection, job }, resourceLimits: RESOURCE_LIMITS, name: 'export' });
  const exited = exitOf(worker);
  const close = async () => {
    worker.postMessage('close');
    await Promise.race([exited, sleep(SHUTDOWN_GRACE_MS, undefined, { ref: false })]);
    await worker.terminate();
  };
  try {
    const firstMessage = new Promise<Message>(resolve => worker.once('message', resolve));
    const message = await Promise.race([firstMessage, exited]);
    if (message instanceof Error) throw message;
    if (message.failed) throw new ExportThreadError(message.failed);
    const { position, stream } = message.begun;
    return { position, chunks: guardedStream(stream, exited), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Resolves when the thread has exited, with the error for a caller that still waits for data: out of memory, for example. */
function exitOf(worker: Worker): Promise<Error> {
  return new Promise(resolve => {
    let cause: unknown;
    worker.on('error', error => {
      cause = error;
    });
    worker.once('exit', () => resolve(new Error('The export thread exited before the file was complete.', { cause })));
  });
}

/**
 * Iterates over the chunks of a file. Throws if the thread exits early: its stream would just end, and the file would look
 * complete.
 */
async function* guardedStream(stream: ReadableStream<Uint8Array>, exited: Promise<Error>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  const cancel = () => reader.cancel().catch(() => undefined);
  let reason: Error | undefined;
  void exited.then(error => {
    reason = error;
    return cancel();
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (reason) throw reason;
      if (done) return;
      yield value;
    }
  } finally {
    void cancel();
  }
}
