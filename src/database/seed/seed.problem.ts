import type { z } from 'zod';
import { abbreviate } from '../../graph/errors.js';

/** What is wrong with one field of one seed record. */
export interface SeedProblem {
  /** The file, with its folder: `seeds/partnerships.json`. */
  file: string;
  /** The record's id, or `#3` for the third of the file where it has none; null when it is about the whole file. */
  record: string | null;
  /** The field, such as `startedOn` or `sources[0].url`; null when it is about the whole record. */
  field: string | null;
  /** The rule that is broken. */
  rule: string;
  /** All of it in one line, and what came. */
  message: string;
}

/** Where a problem lies. */
export type Place = Pick<SeedProblem, 'file' | 'record' | 'field'>;

/** A problem as it is reported; what came is left out of the message when it says nothing. */
export function problemAt({ file, record, field }: Place, rule: string, ...got: [value?: unknown]): SeedProblem {
  const where = [file, record, field].filter(part => part !== null).join(' ');
  const came = got.length > 0 ? `; got ${abbreviate(got[0])}` : '';
  return { file, record, field, rule, message: `${where}: ${rule}${came}` };
}

/** Seeds that break rules: all problems, so that one reading is enough to repair them. */
export class SeedError extends Error {
  override name = 'SeedError';

  constructor(readonly problems: readonly SeedProblem[]) {
    const counted = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    super([`The seeds have ${counted}; nothing was loaded.`, ...problems.map(({ message }) => message)].join('\n'));
  }
}

/** Problems of one record, out of what its schema found. */
export function schemaProblems(
  place: Omit<Place, 'field'>,
  raw: unknown,
  issues: readonly z.core.$ZodIssue[],
): SeedProblem[] {
  return issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key =>
        problemAt({ ...place, field: fieldName([...issue.path, key]) }, 'there is no such field'),
      );
    }
    const field = fieldName(issue.path);
    const value = valueAt(raw, issue.path);
    if (value === undefined)
      return problemAt({ ...place, field }, 'the field is missing; null says that nothing is known');
    return problemAt({ ...place, field }, ruleOf(issue), value);
  });
}

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function ruleOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${KINDS[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  return issue.message;
}

/** `['sources', 0, 'url']` → `sources[0].url`; null for the whole record. */
function fieldName(path: readonly PropertyKey[]): string | null {
  const name = path.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return name.replace(/^\./, '') || null;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], raw);
}
