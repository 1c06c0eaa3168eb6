import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ExportFile, ExportJob } from './export-file.js';
import type { Position } from './format.js';

/** What one export may hold, in megabytes: fifty records a page fit many times. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 48 };
/** A thread that does not end by itself is ended after so long, in milliseconds. */
const SHUTDOWN_GRACE_MS = 1_000;

/** What the worker says, once. */
type Message =
  | { begun: { position: Position; stream: ReadableStream<Uint8Array> }; failed?: undefined }
  | { failed: string; begun?: undefined };

/**
 * Begins a file in a thread of its own, over a connection of its own. Making a large one takes seconds of CPU, in which
 * the API would not answer, and garbage by which the server's own heap grew by 190 MB for 100,000 exchanges; a small one
 * is collected sooner, and the server grows by 80 MB, thread included.
 *
 * @param file The built `worker.js`.
 * @param url The address of the database.
 */
export async function produceInThread(file: URL, url: string, job: ExportJob): Promise<ExportFile> {
  const worker = new Worker(file, { workerData: { url, job }, resourceLimits: RESOURCE_LIMITS, name: 'export' });
  const ended = endOf(worker);
  const close = async () => {
    worker.postMessage('close');
    await Promise.race([ended, sleep(SHUTDOWN_GRACE_MS, undefined, { ref: false })]);
    await worker.terminate();
  };
  try {
    const firstMessage = new Promise<Message>(resolve => worker.once('message', resolve));
    const message = await Promise.race([firstMessage, ended]);
    if (message instanceof Error) throw message;
    if (message.failed !== undefined) throw new Error(message.failed);
    const { position, stream } = message.begun;
    return { position, chunks: guardedStream(stream, ended), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Settles when a thread has ended, with an error for whoever did not expect it: want of memory ends it, for one. */
function endOf(worker: Worker): Promise<Error> {
  return new Promise(resolve => {
    let cause: unknown;
    worker.on('error', error => {
      cause = error;
    });
    worker.once('exit', () => resolve(new Error('The thread of the export ended before its file.', { cause })));
  });
}

/** The pieces of a file. A thread that ends says nothing to its stream, which would look whole: here it breaks. */
async function* guardedStream(stream: ReadableStream<Uint8Array>, ended: Promise<Error>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  const drop = () => reader.cancel().catch(() => undefined);
  let reason: Error | undefined;
  void ended.then(error => {
    reason = error;
    return drop();
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (reason) throw reason;
      if (done) return;
      yield value;
    }
  } finally {
    void drop();
  }
}
