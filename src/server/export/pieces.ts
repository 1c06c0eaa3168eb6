/** The size of a piece: the first page of records, about. Larger ones compress a few percent better. */
const PIECE_BYTES = 32_768;

/**
 * Cuts chunks into pieces of one size, the last one smaller. A compressor ends a block after each piece, so the compressed
 * bytes depend on the content of a file alone, not on the chunks in which a thread delivers it.
 */
export async function* inPieces(
  chunks: AsyncIterable<string | Uint8Array>,
  size = PIECE_BYTES,
): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let rest =
      typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    while (length + rest.length >= size) {
      parts.push(rest.subarray(0, size - length));
      rest = rest.subarray(size - length);
      yield Buffer.concat(parts);
      [parts, length] = [[], 0];
    }
    parts.push(rest);
    length += rest.length;
  }
  if (length) yield Buffer.concat(parts);
}

/** Cuts chunks that are longer than a piece: a client that takes long for one is seen to read it. Shorter ones do not wait. */
export async function* atMostPieces(
  chunks: AsyncIterable<string | Uint8Array>,
  size = PIECE_BYTES,
): AsyncGenerator<string | Uint8Array> {
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' && chunk.length > size ? Buffer.from(chunk) : chunk;
    if (typeof bytes === 'string') yield bytes;
    else for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
}
