import { randomUUID } from 'node:crypto';

/** Stands for a list in a serialized result, in which no client can have written it. */
const PLACE = randomUUID();
const QUOTED_PLACE = `"${PLACE}"`;

/** The lists of the result that is being serialized, in their order. */
let lists: string[] = [];

/** A list of a response as PostgreSQL wrote it: it is not parsed, executed and serialized again. */
export class JsonList {
  /**
   * @param text A JSON array, with the spelling of `JSON.stringify`.
   * @param length The number of its items.
   */
  constructor(
    readonly text: string,
    readonly length: number,
  ) {}

  /** Called by `JSON.stringify`: such results are serialized by `serializeResult` alone. */
  toJSON(): string {
    lists.push(this.text);
    return PLACE;
  }
}

/** Returns a result as JSON, in which each `JsonList` is its text. */
export function serializeResult(result: object): string {
  lists = [];
  const text = JSON.stringify(result);
  if (lists.length === 0) return text;
  const parts = text.split(QUOTED_PLACE);
  let serialized = parts[0] as string;
  for (let index = 0; index < lists.length; index += 1) serialized += (lists[index] as string) + parts[index + 1];
  return serialized;
}
