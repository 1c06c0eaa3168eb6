export const MAX_ID_LENGTH = 120;
const ID = /^[a-z]+(?:-[a-z0-9]+)+$/;

/** Returns the prefix of an id, which names its type: `tie` of `tie-rotterdam-shanghai`. */
export function prefixOf(id: string): string {
  return id.slice(0, id.indexOf('-'));
}

/** Returns whether a text has the form of an id with one of these prefixes. */
export function isIdWith(prefixes: readonly string[], text: string): boolean {
  return text.length <= MAX_ID_LENGTH && ID.test(text) && prefixes.includes(prefixOf(text));
}
