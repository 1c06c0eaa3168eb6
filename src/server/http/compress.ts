import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import zlib, { type BrotliOptions, constants, type ZlibOptions, type ZstdOptions } from 'node:zlib';
import { Turns } from '../../change/turns.js';
import type { Coding } from './content-encoding.js';

/** The levels were measured on responses (test/bench/RESULTS.md): the next ones take much more time for little. */
const GZIP: ZlibOptions = { level: 6 };
const ZSTD_LEVEL = 6;
const BROTLI_QUALITY = 5;

/** Brotli allocates its window at once: it need not be larger than the body. */
const MIN_BROTLI_WINDOW_BITS = 16;
const MAX_BROTLI_WINDOW_BITS = 22;

const brotliOptions = (length: number): BrotliOptions => ({
  params: {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: length,
    [constants.BROTLI_PARAM_LGWIN]: Math.min(
      Math.max(Math.ceil(Math.log2(length)), MIN_BROTLI_WINDOW_BITS),
      MAX_BROTLI_WINDOW_BITS,
    ),
  },
});
const zstdOptions = (length: number): ZstdOptions => ({
  params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL },
  pledgedSrcSize: length,
});

const gzip = promisify<Buffer, ZlibOptions, Buffer>(zlib.gzip);
const brotli = promisify<Buffer, BrotliOptions, Buffer>(zlib.brotliCompress);
const zstd = promisify<Buffer, ZstdOptions, Buffer>(zlib.zstdCompress);

const COMPRESS: Readonly<Record<Coding, (bytes: Buffer) => Promise<Buffer>>> = {
  gzip: bytes => gzip(bytes, GZIP),
  br: bytes => brotli(bytes, brotliOptions(bytes.length)),
  zstd: bytes => zstd(bytes, zstdOptions(bytes.length)),
};

/** Limits the bodies that are compressed at once: each needs up to a few megabytes. Node has four threads for them. */
const MAX_CONCURRENT = 4;
const turns = new Turns(MAX_CONCURRENT);

/** Compresses a body, in a thread of Node's pool. Equal bodies have equal results. */
export const compress = (bytes: Buffer, coding: Coding): Promise<Buffer> => turns.run(() => COMPRESS[coding](bytes));

/** The window of a stream whose length is unknown: the memory of each, with its hash tables, is a few megabytes. */
const STREAM_WINDOW_BITS = 19;

/**
 * One chunk is compressed at a time, with its own flush. Otherwise the end of the stream may come together with its last
 * chunk or after it, and the bytes would depend on the speed of the client.
 */
const ONE_AT_A_TIME = { writableHighWaterMark: 1 };

/**
 * Returns a stream that compresses. The client can decode each chunk as soon as it is written. Equal chunks have equal
 * results.
 */
export function compressor(coding: Coding): Transform {
  switch (coding) {
    case 'gzip':
      return zlib.createGzip({ ...ONE_AT_A_TIME, ...GZIP, flush: constants.Z_SYNC_FLUSH });
    case 'br':
      return zlib.createBrotliCompress({
        ...ONE_AT_A_TIME,
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_LGWIN]: STREAM_WINDOW_BITS,
        },
        flush: constants.BROTLI_OPERATION_FLUSH,
      });
    case 'zstd':
      return zlib.createZstdCompress({
        ...ONE_AT_A_TIME,
        params: {
          [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL,
          [constants.ZSTD_c_windowLog]: STREAM_WINDOW_BITS,
        },
        flush: constants.ZSTD_e_flush,
      });
  }
}
