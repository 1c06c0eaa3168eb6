import { parentPort } from 'node:worker_threads';
import { type ExportFile, openExportFile } from './export-file.js';
import { openOnPostgreSql } from './snapshot-session.js';
import type { ThreadRequest, ThreadResponse } from './thread-pool.js';

// Entry point of the export thread (see `thread-pool.ts`): writes one file at a time. Responds to each request with one message.

const port = parentPort as NonNullable<typeof parentPort>;

/** Encodes text chunks as bytes. */
async function* bytes(chunks: ExportFile['chunks']): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

const respond = (response: ThreadResponse, streams: ReadableStream[] = []): void =>
  port.postMessage(response, streams as never);

let file: ExportFile | undefined;
port.on('message', async (request: ThreadRequest) => {
  if (request === 'close') {
    await file?.close();
    file = undefined;
    return respond('closed');
  }
  const { connection, job } = request;
  try {
    file = await openExportFile(await openOnPostgreSql(connection, job.moment), job);
    const { position, chunks } = file;
    const stream = ReadableStream.from(bytes(chunks));
    respond({ begun: { position, stream } }, [stream]);
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    respond({ failed: { message, code } });
  }
});
