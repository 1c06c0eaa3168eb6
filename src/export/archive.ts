import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of an archive; content that is iterated is read when the files before it are written. */
export interface ArchivePart {
  path: string;
  content: string | AsyncIterable<string | Uint8Array>;
}

/**
 * Writes a zip archive part by part.
 *
 * @param time The time of all parts: that of the newest change, not of the clock, so that equal content gives an equal file.
 */
export async function* archive(parts: readonly ArchivePart[], time: string): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const options = { mtime: new Date(time) };
  const output = zip.outputStream as Readable;
  const streams: Readable[] = [];
  zip.on('error', (error: Error) => output.destroy(error));
  for (const { path, content } of parts) {
    if (typeof content === 'string') {
      zip.addBuffer(Buffer.from(content), path, options);
      continue;
    }
    const stream = Readable.from(content);
    stream.on('error', error => output.destroy(error));
    streams.push(stream);
    zip.addReadStream(stream, path, options);
  }
  zip.end();
  try {
    for await (const chunk of output) yield chunk as Buffer;
  } finally {
    for (const stream of streams) stream.destroy();
  }
}
