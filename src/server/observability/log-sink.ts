import { fstatSync, write, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Limits the lines that wait for a slow destination. Further lines are dropped. */
const MAX_BUFFERED_BYTES = 4_000_000;

/** Wait before a destination that was busy is written to again. */
const BUSY_RETRY_MS = 20;

/** The bytes that a system writes to a pipe at once, so that lines of several processes do not mix: PIPE_BUF of Linux. */
const MAX_ATOMIC_BYTES = 4_096;

const STDERR = 2;
const NEWLINE = 0x0a;
const writeAsync = promisify(write);

/**
 * Writes log lines to standard error. Never blocks, never throws: while the destination is full or closed, its lines are
 * dropped and counted. Later lines are written as soon as there is room.
 */
export class LogSink {
  readonly #onDrop: (lines: number) => void;
  readonly #maxWriteBytes: number;
  #lines: string[] = [];
  #bufferedBytes = 0;
  #writing: Promise<void> | undefined;
  /** True after a write that ended within a line: the next one begins on a new line. */
  #isTorn = false;

  /**
   * @param onDrop Called with the number of lines that were lost.
   * @param isShared True if other processes write to the same destination: then few lines are written at once.
   */
  constructor(onDrop: (lines: number) => void, isShared: boolean) {
    this.#onDrop = onDrop;
    this.#maxWriteBytes = isShared ? MAX_ATOMIC_BYTES : Number.POSITIVE_INFINITY;
    const destination = fstatSync(STDERR);
    // Node makes a pipe non-blocking when it creates its stream. A thread that blocks in a write would block the exit.
    if (destination.isFIFO() || destination.isSocket()) void process.stderr;
  }

  /** @param line Ends with its only newline. */
  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#bufferedBytes + bytes > MAX_BUFFERED_BYTES) {
      this.#onDrop(1);
      return;
    }
    this.#bufferedBytes += bytes;
    this.#lines.push(line);
    this.#writing ??= this.#writeBuffered();
  }

  /** Resolves when all lines are written or dropped, at the latest after this time in milliseconds. */
  async flush(timeoutMs: number): Promise<void> {
    await Promise.race([this.#writing, sleep(timeoutMs, undefined, { ref: false })]);
  }

  /** Tries to write the buffered lines before the process exits, once: at the exit there is no time to wait. */
  flushOnExit(): void {
    try {
      if (this.#lines.length) writeSync(STDERR, this.#takeLines(Number.POSITIVE_INFINITY));
    } catch {
      // No metric is read after the exit.
    }
  }

  async #writeBuffered(): Promise<void> {
    while (this.#lines.length) {
      const wasTorn = this.#isTorn;
      const bytes = this.#takeLines(this.#maxWriteBytes);
      const written = await writeBytes(bytes);
      if (written > 0) this.#isTorn = bytes[written - 1] !== NEWLINE;
      const dropped = linesIn(bytes.subarray(wasTorn ? Math.max(written, 1) : written));
      if (dropped > 0) this.#onDrop(dropped);
    }
    this.#writing = undefined;
  }

  /** Removes the first lines from the buffer: as many as have no more bytes than the maximum, and at least one. */
  #takeLines(maxBytes: number): Buffer {
    let [count, bytes] = [this.#lines.length, this.#bufferedBytes];
    if (bytes > maxBytes) {
      [count, bytes] = [0, 0];
      for (const line of this.#lines) {
        const next = bytes + Buffer.byteLength(line);
        if (count > 0 && next > maxBytes) break;
        count += 1;
        bytes = next;
      }
    }
    this.#bufferedBytes -= bytes;
    return Buffer.from((this.#isTorn ? '\n' : '') + this.#lines.splice(0, count).join(''));
  }
}

/** Resolves to the number of bytes that the destination took before an error. Waits while it is busy. */
async function writeBytes(bytes: Buffer): Promise<number> {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += (await writeAsync(STDERR, bytes, written, bytes.length - written, null)).bytesWritten;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') break;
      await sleep(BUSY_RETRY_MS);
    }
  }
  return written;
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (const byte of bytes) if (byte === NEWLINE) lines += 1;
  return lines;
}
