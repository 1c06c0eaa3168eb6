import { truncate } from '../../graph/errors.js';
import { type Message, message } from '../../messages/message.js';
import { cellProblem } from '../parsed-row.js';
import type { ProposalRow } from '../row.js';
import { FileRefusal } from './refusal.js';
import { textOfFile } from './text.js';

/** Parses the JSON of a publisher, and returns its list at a path. @throws FileRefusal if there is none. */
export function listOfJson(file: Buffer, publisher: string, ...path: string[]): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(textOfFile(file));
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    const problem = truncate((error as Error).message, 200);
    throw new FileRefusal(message('FILE_UNREADABLE', { format: 'JSON', place: publisher, problem }));
  }
  for (const name of path) value = Object(value)[name];
  if (!Array.isArray(value)) throw notOf(publisher, path.join('.'));
  return value;
}

/** Returns the refusal of a file that lacks what every file of a publisher has. */
export const notOf = (publisher: string, element: string): FileRefusal =>
  new FileRefusal(message('PUBLISHER_FILE', { publisher, element }));

/** Returns a row that proposes nothing, for a reason. */
export const rowWithProblem = (place: string, path: string, problem: Message): ProposalRow => ({
  place,
  values: {},
  problem: cellProblem(path, problem),
});
