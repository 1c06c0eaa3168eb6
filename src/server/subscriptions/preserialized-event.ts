import { randomUUID } from 'node:crypto';

// A record's text that contained a placeholder would be replaced by an event: nobody can guess one.
const placeholderSecret = randomUUID();
let placeholderCount = 0;

/**
 * The events of one socket that are already serialised and encoded. graphql-ws serialises the payload of each message, for each
 * of thousands of subscribers. The event passes it as a placeholder instead, which is replaced by the bytes that all
 * subscribers share when the message is sent.
 */
export class PreserializedEvents {
  /** By the placeholder as it is in a message. */
  readonly #pending = new Map<string, Buffer>();

  /** Returns a placeholder for the JSON of a payload. */
  add(json: Buffer): object {
    placeholderCount += 1;
    const placeholder = `@${placeholderSecret}-${placeholderCount}@`;
    this.#pending.set(`"${placeholder}"`, json);
    return { toJSON: () => placeholder };
  }

  /** Returns a serialised message with the event in place of its placeholder; any other message as it is. */
  insertInto(message: string): string | Buffer {
    for (const [placeholder, json] of this.#pending) {
      const start = message.indexOf(placeholder);
      if (start < 0) continue;
      this.#pending.delete(placeholder);
      const [before, after] = [message.slice(0, start), message.slice(start + placeholder.length)];
      return Buffer.concat([Buffer.from(before), json, Buffer.from(after)]);
    }
    return message;
  }
}
