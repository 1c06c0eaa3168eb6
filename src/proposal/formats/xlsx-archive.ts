import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { truncate } from '../../graph/errors.js';
import { message } from '../../messages/message.js';
import { MAX_PARTS, MAX_UNPACKED_BYTES } from './limits.js';
import { FileRefusal } from './refusal.js';

/** The parts of a workbook. None is unpacked before it is read, and none is longer than its entry says. */
export interface Archive {
  has(path: string): boolean;
  /** @throws FileRefusal if there is no such part, or if it is damaged. */
  read(path: string): AsyncGenerator<Uint8Array>;
}

/** Returns the refusal of a workbook that is too large when it is unpacked. */
export const tooLarge = (place: string) =>
  new FileRefusal(
    message('FILE_UNPACKED_TOO_LARGE', { place: truncate(place, 120), limit: MAX_UNPACKED_BYTES, parts: MAX_PARTS }),
  );

const unreadable = (place: string, problem: string) =>
  new FileRefusal(message('FILE_UNREADABLE', { format: 'XLSX', place, problem: truncate(problem, 200) }));

/** Opens a workbook. @throws FileRefusal for a file that is none, and for one that is too large when it is unpacked. */
export async function openArchive(file: Buffer): Promise<Archive> {
  const entries = new Map<string, Entry>();
  const zip = await orRefuse('the archive', async () => {
    const opened: ZipFile = await fromBufferPromise(file, { lazyEntries: true, autoClose: false });
    for await (const entry of opened.eachEntry()) {
      entries.set(entry.fileName, entry);
      if (entries.size > MAX_PARTS) throw tooLarge(entry.fileName);
    }
    return opened;
  });
  const counted = new Set<string>();
  let bytes = 0;
  return {
    has: path => entries.has(path),
    async *read(path) {
      const entry = entries.get(path);
      if (!entry) throw unreadable(path, 'the part is missing');
      // A relationship can name any part, whatever the name of the part is; a part that none names is never unpacked.
      if (!counted.has(path)) bytes += entry.uncompressedSize;
      counted.add(path);
      if (bytes > MAX_UNPACKED_BYTES) throw tooLarge(path);
      const stream = await orRefuse(path, () => zip.openReadStreamPromise(entry));
      try {
        yield* stream as AsyncIterable<Uint8Array>;
      } catch (error) {
        // A part that is longer than its entry says, or whose bytes are damaged.
        throw error instanceof FileRefusal ? error : unreadable(path, (error as Error).message);
      } finally {
        stream.destroy();
      }
    },
  };
}

async function orRefuse<Result>(place: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof FileRefusal ? error : unreadable(place, (error as Error).message);
  }
}
