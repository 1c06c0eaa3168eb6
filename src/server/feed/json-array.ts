/**
 * Iterates over the messages of a page as a JSON array, in pieces; over nothing if there are none.
 *
 * @returns Whether there are messages.
 */
export async function* jsonArray(
  chunks: AsyncIterable<string[]>,
  start = '[',
  separator = ',\n',
): AsyncGenerator<string, boolean> {
  let before = start;
  for await (const messages of chunks) {
    if (messages.length === 0) continue;
    yield before + messages.join(separator);
    before = separator;
  }
  const hasMessages = before !== start;
  if (hasMessages) yield ']';
  return hasMessages;
}
