import { abbreviate, InputError } from '../graph/errors.js';
import { MAX_ID_LENGTH } from '../graph/record/id.js';
import { checkId } from '../graph/record/node.js';
import { codePointOf, hiddenCharacter, isVisible, unstorableCharacter } from '../graph/types/text.js';
import { type Message, message } from '../messages/message.js';
import type { Problems } from './problems.js';
import { textLimit } from './text-limits.js';

const MAX_LIST_LENGTH = 200;

/** The fields that hold names, by which people find a record. */
const NAME_FIELDS = new Set(['names', 'title']);

/** The fields that name a source. */
const SOURCE_NAMES = new Set(['source.title', 'source.publisher']);

/** Matches a letter or digit that people see: a filler of Hangul is a letter. */
const LETTER = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;

/**
 * Reports every text of an input, at any depth, that is too long, empty or not storable, every name with a character that
 * nobody sees, and every list that is too long.
 */
export function checkTexts(problems: Problems, input: object): void {
  const check = (value: unknown, path: string[]): void => {
    const field = path.join('.');
    if (typeof value === 'string') {
      const problem = textProblem(value, path, field);
      if (problem) problems.add(field, problem);
    } else if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value) && value.length > MAX_LIST_LENGTH) {
        problems.add(field, message('TOO_MANY_VALUES', { field, limit: MAX_LIST_LENGTH, length: value.length }));
      } else for (const [name, inner] of Object.entries(value)) check(inner, [...path, name]);
    }
  };
  check(input, []);
}

function textProblem(text: string, path: string[], field: string): Message | undefined {
  const limit = textLimit(path);
  if (text.length > limit) return message('TEXT_TOO_LONG', { field, limit, length: text.length });
  const unstorable = unstorableCharacter(text);
  if (unstorable) return message('TEXT_WITH_INVALID_CHARACTER', { field, character: codePointOf(unstorable) });
  if (!isVisible(text)) return message('TEXT_EMPTY', { field });
  const isName = path.length > 1 && NAME_FIELDS.has(path[0] as string);
  const hidden = isName || SOURCE_NAMES.has(field) ? hiddenCharacter(text) : undefined;
  if (hidden) return message('TEXT_WITH_INVALID_CHARACTER', { field, character: codePointOf(hidden) });
  if (isName && !LETTER.test(text)) return message('NAME_WITHOUT_LETTER', { field, value: abbreviate(text) });
  return undefined;
}

/** Reports an id that is malformed. An id without a record passes. */
export function checkRecordId(problems: Problems, id: string): void {
  try {
    checkId(id);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.add('id', message('ID_FORM', { field: 'id', limit: MAX_ID_LENGTH, value: abbreviate(id) }));
  }
}
