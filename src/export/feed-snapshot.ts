import { changeCursor } from '../change/cursor.js';
import { changeMessage, controlMessage } from './change-message.js';
import type { Format, List } from './format.js';
import { ndjson, recordWriter } from './ndjson.js';

/**
 * All records of one moment as change messages, between two control messages that have the offset at which the feed
 * continues. Each value is a line of the list in NDJSON.
 */
export const feedSnapshot: Format = {
  extension: 'feed.ndjson',
  mediaType: ndjson.mediaType,
  async *write({ others, position, ...first }) {
    const offset = changeCursor(position);
    yield `${controlMessage('snapshot-start', offset)}\n`;
    for (const list of [first, ...others]) yield* messagesOf(list);
    yield `${controlMessage('snapshot-end', offset)}\n`;
  },
};

async function* messagesOf({ name, columns, pages }: List): AsyncGenerator<string> {
  const recordOf = recordWriter(columns);
  // The id is the first column of every list.
  for await (const page of pages)
    yield page.map(row => `${changeMessage(name, String(row[0]), { operation: 'insert' }, recordOf(row))}\n`).join('');
}
