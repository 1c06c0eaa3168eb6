import { parentPort, workerData } from 'node:worker_threads';
import type { ConnectionOptions } from '../database/connection/client.js';
import { type ExportFile, type ExportJob, openExportFile } from './export-file.js';
import { openOnPostgreSql } from './snapshot-session.js';

// Entry point of the export thread (see `thread.ts`): writes one file. Sends one message, `begun` or `failed`; closes the
// file and exits on any message it receives.

const { connection, job } = workerData as { connection: ConnectionOptions; job: ExportJob };
const port = parentPort as NonNullable<typeof parentPort>;

/** Encodes text chunks as bytes. */
async function* bytes(chunks: ExportFile['chunks']): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

let close = async (): Promise<void> => undefined;
port.on('message', async () => {
  await close();
  process.exit();
});
try {
  const {
    position,
    chunks,
    close: closeFile,
  } = await openExportFile(await openOnPostgreSql(connection, job.moment), job);
  close = closeFile;
  const stream = ReadableStream.from(bytes(chunks));
  port.postMessage({ begun: { position, stream } }, [stream as never]);
} catch (error) {
  const { message, code } = error as { message: string; code?: string };
  port.postMessage({ failed: { message, code } });
}
