import { UserErrorCode } from '../../change/user-error.js';
import { InputError, truncate } from '../../graph/errors.js';
import { checkValues } from '../../limits/json-values.js';
import { type Message, message } from '../../messages/message.js';
import type { ProposalConcept } from '../concept.js';
import { ProposalOrigin } from '../proposal.enums.js';
import type { ProposalRow } from '../row.js';
import type { FileFormat } from './file-format.js';
import { MAX_COLUMNS, MAX_ROW_CHARACTERS } from './limits.js';
import { textOfFile } from './text.js';

/** Returns a row that cannot be read. */
const unreadable = (place: string, problem: Message): ProposalRow => ({
  place,
  values: {},
  problem: { ...problem, code: UserErrorCode.INVALID, path: ['values'] },
});

const notObject = (problem: string) =>
  message('ROW_NOT_OBJECT', { limit: MAX_ROW_CHARACTERS, problem: truncate(problem, 200) });

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Returns the values of nested objects by path: `{ dutch: { names: { zh } } }` becomes `dutch.names.zh`. A record that is
 * null has null in all of its columns, as the exports write it.
 */
function valuesByPath({ leaves, table }: ProposalConcept, record: object): Record<string, unknown> {
  const names = [...table.columns.map(({ name }) => name), ...leaves.keys()];
  const flatten = (value: unknown, path: string): [string, unknown][] => {
    const isCell = leaves.get(path)?.path === path || table.columns.some(({ name }) => name === path);
    if (isCell) return [[path, value]];
    if (isObject(value)) return Object.entries(value).flatMap(([name, inner]) => flatten(inner, `${path}.${name}`));
    const inner = value === null ? names.filter(name => name.startsWith(`${path}.`)) : [];
    return inner.length ? inner.map(name => [name, null]) : [[path, value]];
  };
  return Object.fromEntries(Object.entries(record).flatMap(([name, value]) => flatten(value, name)));
}

/** Counts the members of an object, and of the objects in it. */
const membersOf = (value: unknown): number =>
  isObject(value) ? Object.values(value).reduce<number>((sum, inner) => sum + 1 + membersOf(inner), 0) : 0;

function rowOfLine(concept: ProposalConcept, line: string, place: string): ProposalRow {
  if (line.length > MAX_ROW_CHARACTERS) return unreadable(place, notObject(`${line.length} characters`));
  try {
    const record: unknown = JSON.parse(line);
    if (!isObject(record)) return unreadable(place, notObject('no object'));
    checkValues(record, '');
    const members = membersOf(record);
    if (members > MAX_COLUMNS) return unreadable(place, notObject(`${members} members`));
    return { place, values: valuesByPath(concept, record) };
  } catch (error) {
    if (error instanceof InputError) return unreadable(place, messageOf(error));
    return unreadable(place, notObject((error as Error).message));
  }
}

const messageOf = ({ extensions: { rule, params } }: InputError) => ({ rule, params }) as unknown as Message;

function* lines(text: string): Generator<string> {
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf('\n', start);
    yield text.slice(start, end < 0 ? undefined : end);
    if (end < 0) return;
    start = end + 1;
  }
}

/** JSON lines, as our own exports write them: one record a line, as the API has it. */
export const ndjson: FileFormat = {
  name: 'ndjson',
  origin: ProposalOrigin.FILE,
  *rows(file, concept) {
    let number = 0;
    for (const line of lines(textOfFile(file))) {
      number += 1;
      if (line.trim() !== '') yield rowOfLine(concept, line, `row ${number}`);
    }
  },
};
