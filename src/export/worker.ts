import { parentPort, workerData } from 'node:worker_threads';
import { type ExportFile, type ExportJob, openExportFile } from './export-file.js';
import { openOnPostgreSql } from './snapshot-session.js';

// The other side of `thread.ts`: makes one file, in a thread of its own. It says `begun`, or `failed` instead; it is told
// to end by any message.

const { url, job } = workerData as { url: string; job: ExportJob };
const port = parentPort as NonNullable<typeof parentPort>;

/** Pieces as they can be sent: bytes. */
async function* bytes(pieces: ExportFile['chunks']): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

let close = async (): Promise<void> => undefined;
port.on('message', async () => {
  await close();
  process.exit();
});
try {
  const { position, chunks, close: its } = await openExportFile(await openOnPostgreSql(url), job);
  close = its;
  const stream = ReadableStream.from(bytes(chunks));
  port.postMessage({ begun: { position, stream } }, [stream as never]);
} catch (error) {
  port.postMessage({ failed: error instanceof Error ? error.message : String(error) });
}
