/** An id is at most this long. */
export const MAX_ID_LENGTH = 120;
const ID = /^[a-z]+(?:-[a-z0-9]+)+$/;

/** What stands before the first hyphen: it names the type. */
export function prefixOf(id: string): string {
  return id.slice(0, id.indexOf('-'));
}

/** Whether a text has the form of an id that begins with one of these prefixes. */
export function isIdWith(prefixes: readonly string[], text: string): boolean {
  return text.length <= MAX_ID_LENGTH && ID.test(text) && prefixes.includes(prefixOf(text));
}
