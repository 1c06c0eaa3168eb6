import type { z } from 'zod';
import { abbreviate } from '../../graph/errors.js';

/** A broken rule of a seed file, record or field. */
export interface SeedProblem {
  /** The file, with its folder: `seeds/partnerships.json`. */
  file: string;
  /** The id of the record, or `#3` for the third record if it has none; null for a problem of the whole file. */
  record: string | null;
  /** The field, such as `startedOn` or `sources[0].url`; null for a problem of the whole record. */
  field: string | null;
  /** The broken rule. */
  rule: string;
  /** Location, rule and received value in one line. */
  message: string;
}

/** The location of a problem. */
export type ProblemLocation = Pick<SeedProblem, 'file' | 'record' | 'field'>;

/** Creates a problem. `got` is the received value; omit it if it does not help. */
export function problemAt(
  { file, record, field }: ProblemLocation,
  rule: string,
  ...got: [value?: unknown]
): SeedProblem {
  const where = [file, record, field].filter(part => part !== null).join(' ');
  const received = got.length > 0 ? `; got ${abbreviate(got[0])}` : '';
  return { file, record, field, rule, message: `${where}: ${rule}${received}` };
}

/** Converts the issues of a schema to problems of a record. */
export function schemaProblems(
  location: Omit<ProblemLocation, 'field'>,
  raw: unknown,
  issues: readonly z.core.$ZodIssue[],
): SeedProblem[] {
  return issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => problemAt({ ...location, field: fieldName([...issue.path, key]) }, 'unknown field'));
    }
    const field = fieldName(issue.path);
    const value = valueAt(raw, issue.path);
    if (value === undefined)
      return problemAt({ ...location, field }, 'the field is missing; use null if nothing is known');
    return problemAt({ ...location, field }, ruleOf(issue), value);
  });
}

const TYPE_NAMES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function ruleOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  return issue.message;
}

/** Formats a path, such as `sources[0].url`; null for the whole record. */
function fieldName(path: readonly PropertyKey[]): string | null {
  const name = path.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return name.replace(/^\./, '') || null;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], raw);
}
