import { isUtf8 } from 'node:buffer';
import { message } from '../../messages/message.js';
import { FileRefusal } from './refusal.js';

/** A byte order mark, and the name of the encoding that it stands for. */
const MARKS = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
] as const;

/** The bytes in which windows-1252 has no character. */
const UNDEFINED_IN_WINDOWS_1252 = /[\x81\x8D\x8F\x90\x9D]/;
/** A run that no Dutch word has in windows-1252, and every Chinese one in GB 18030. */
const HIGH_RUN = /[\x80-\xFF]{4}/;
const SAMPLE_BYTES = 1_000;
/** UTF-16 has a NUL in each letter, digit and separator, also between hanzi; other texts have none, or one in a damaged cell. */
const MIN_ZEROS = 4;
const MAX_BYTES_PER_ZERO = 20;

/**
 * Returns the text of a file, without its byte order mark. Without one it is UTF-16 if many bytes at even, or at odd, places
 * are NUL, UTF-8 if it is valid UTF-8, GB 18030 (Chinese Excel) if it has runs of four bytes outside ASCII and is valid,
 * else windows-1252 (Dutch Excel). Half a surrogate pair becomes NUL, which is refused in its cell.
 *
 * @throws FileRefusal if it is none of them.
 */
export function textOfFile(file: Buffer): string {
  const mark = MARKS.find(([bytes]) => bytes.every((byte, index) => file[index] === byte));
  const body = mark ? file.subarray(mark[0].length) : file;
  const encoding = mark?.[1] ?? encodingOf(body);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const even = body.subarray(0, body.length - (body.length % 2));
    const bytes = encoding === 'utf-16be' ? Buffer.from(even).swap16() : even;
    return bytes.toString('utf16le').replaceAll(/\p{Surrogate}/gu, '\0');
  }
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new FileRefusal(message('FILE_ENCODING', {}));
  }
}

function encodingOf(body: Buffer): string {
  const sample = body.subarray(0, SAMPLE_BYTES);
  const zerosAt = (place: number) => sample.filter((byte, index) => byte === 0 && index % 2 === place).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  if (Math.max(even, odd) >= Math.max(MIN_ZEROS, sample.length / MAX_BYTES_PER_ZERO)) {
    if (odd > 4 * even) return 'utf-16le';
    if (even > 4 * odd) return 'utf-16be';
  }
  if (isUtf8(body)) return 'utf-8';
  const bytes = body.toString('latin1');
  if (HIGH_RUN.test(bytes)) return 'gb18030';
  if (UNDEFINED_IN_WINDOWS_1252.test(bytes)) throw new FileRefusal(message('FILE_ENCODING', {}));
  return 'windows-1252';
}
