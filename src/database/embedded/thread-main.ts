import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PGlite, protocol } from '@electric-sql/pglite';
import { PAGE_COST } from '../page-cost.js';
import { splitRequests, withoutExtraReady } from './frontend-messages.js';
import { CopyInMemory } from './memory-fs.js';
import type { OpenRequest, OpenResponse, Request, ThreadData } from './messages.js';
import { pgliteUrl } from './pglite-url.js';

// The thread of an embedded database: PGlite returns when a statement has ended, and requests of others do not wait for it here.

/** Setting the default of 128 MB to zero takes a tenth of the start; a register of the seeds has 13 MB. */
const BUFFERS = 'shared_buffers=32MB';

/** PGlite without its own queries: those of the driver come as messages. */
class Backend extends PGlite {
  override async _initArrayTypes(): Promise<void> {}
}

const port = parentPort as MessagePort;

const { compiled = compile() } = workerData as ThreadData;

async function compile(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(fileURLToPath(new URL('pglite.wasm', pgliteUrl))));
}

let backend: PGlite;

async function open({ directory, folder, dump }: OpenRequest): Promise<OpenResponse> {
  try {
    const pgliteWasmModule = await compiled;
    backend = new Backend({
      pgliteWasmModule,
      startParams: [...PGlite.defaultStartParams, '-c', BUFFERS, '-c', PAGE_COST],
      initDbStartParams: ['--wal-segsize=1'],
      ...(folder === undefined ? { dataDir: directory ?? 'memory://' } : { fs: new CopyInMemory(folder) }),
      ...(dump !== undefined && { loadDataDir: await openAsBlob(dump, { type: 'application/x-gzip' }) }),
    });
    await backend.waitReady;
    return { compiled: pgliteWasmModule };
  } catch (error) {
    // The file system of PGlite throws objects without a message.
    return { failed: error instanceof Error ? error.message : '' };
  }
}

/** Executes messages of the frontend, and sends the response to all of them. */
async function execute(messages: Uint8Array): Promise<void> {
  // The first message of a connection has no type.
  if (messages[0] === 0) {
    send(await startSession(messages));
    return;
  }
  const responses: Uint8Array[] = [];
  for (const request of splitRequests(messages))
    responses.push(withoutExtraReady(await executeRaw(request.messages), request.isComplete));
  send(Buffer.concat(responses));
}

let isUsed = false;

/** Begins a connection. There is one session, so what the connection before left is removed. */
async function startSession(startup: Uint8Array): Promise<Uint8Array> {
  if (isUsed) for (const text of ['rollback', 'discard all']) await executeRaw(protocol.serialize.query(text));
  isUsed = true;
  return executeRaw(startup);
}

/**
 * Returns the bytes that PostgreSQL answers. `execProtocolRawSync` would parse each value of them, too, for events of
 * PGlite that nobody listens to.
 * Statements end in it, before it returns a promise, so the next message comes after the response to this one.
 */
async function executeRaw(messages: Uint8Array): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  // A chunk is memory that PostgreSQL writes the next one into.
  const onRawData = (chunk: Uint8Array) => chunks.push(chunk.slice());
  await backend.execProtocolRawStream(messages, { syncToFs: false, onRawData });
  return Buffer.concat(chunks);
}

function send(response: Uint8Array): void {
  // A part of a larger buffer would be sent with the whole of it.
  const own = new Uint8Array(response);
  port.postMessage(own, [own.buffer]);
}

port.on('message', async (request: OpenRequest | Request) => {
  if (request instanceof Uint8Array) await execute(request);
  else if (request !== 'close') port.postMessage(await open(request));
  else {
    await backend.close();
    port.close();
  }
});
