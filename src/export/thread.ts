import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Position } from './format.js';
import type { Job, Production } from './production.js';

/** What one export may hold, in megabytes: fifty records a page fit many times. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 48 };
/** A thread that does not end by itself is ended after so long, in milliseconds. */
const GRACE = 1_000;

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
export async function produceInThread(file: URL, url: string, job: Job): Promise<Production> {
  const worker = new Worker(file, { workerData: { url, job }, resourceLimits: LIMITS, name: 'export' });
  // Whatever goes wrong in the thread, memory for one, ends it, and that is looked for.
  worker.on('error', () => undefined);
  const exited = new Promise<void>(resolve => worker.once('exit', () => resolve()));
  const close = async () => {
    worker.postMessage('close');
    await Promise.race([exited, sleep(GRACE, undefined, { ref: false })]);
    await worker.terminate();
  };
  try {
    const message = await Promise.race([
      once(worker, 'message').then(([its]) => its as Message),
      exited.then((): Message => ({ failed: 'The thread of the export ended.' })),
    ]);
    if (message.failed !== undefined) throw new Error(message.failed);
    const { position, stream } = message.begun;
    return { position, pieces: whole(stream, exited), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The pieces of a file. A thread that ends, for want of memory for one, says nothing to its stream: here it breaks. */
async function* whole(stream: ReadableStream<Uint8Array>, exited: Promise<void>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  const drop = () => reader.cancel().catch(() => undefined);
  let alive = true;
  void exited.then(() => {
    alive = false;
    return drop();
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (!alive) throw new Error('The thread of the export ended before its file.');
      if (done) return;
      yield value;
    }
  } finally {
    void drop();
  }
}
