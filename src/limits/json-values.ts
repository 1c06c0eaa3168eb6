import { InputError } from '../graph/errors.js';

/** The maximum nesting of objects and lists in the JSON of a request. */
const MAX_DEPTH = 32;

/** The maximum number of objects and lists in a request: graphql-js coerces all before a resolver can limit a list. */
const MAX_OBJECTS = 4_000;

/** Keys with a meaning in JavaScript, rejected against prototype pollution. */
const RESERVED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** A rejected value. */
interface Problem {
  message: string;
  /** The keys that lead to the value, innermost first. */
  path: string[];
}

/**
 * Checks the JSON of a request: its nesting, its size, its keys, and that the database can store each string.
 *
 * @param name The name of the value in the error message.
 * @throws InputError with the path to the value.
 */
export function checkValues(value: unknown, name: string): void {
  const problem = problemIn(value, 1, { objects: 0 });
  if (!problem) return;
  const path = problem.path
    .reverse()
    .slice(0, 6)
    .map(key => `.${key.slice(0, 60)}`);
  throw new InputError(`${name}${path.join('')} ${problem.message}.`);
}

function problemIn(value: unknown, depth: number, count: { objects: number }): Problem | undefined {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) return { message: 'contains half of a surrogate pair; send whole characters', path: [] };
    if (value.includes('\0')) return { message: 'contains the character NUL (U+0000); remove it', path: [] };
    return undefined;
  }
  if (value === null || typeof value !== 'object') return undefined;
  if (depth > MAX_DEPTH) return { message: `is nested deeper than ${MAX_DEPTH} levels; flatten it`, path: [] };
  count.objects += 1;
  if (count.objects > MAX_OBJECTS) {
    return { message: `is beyond the ${MAX_OBJECTS} objects and lists of a request; send several requests`, path: [] };
  }
  for (const key of Object.keys(value)) {
    if (RESERVED_KEYS.has(key)) return { message: `has the reserved key ${key}; remove it`, path: [] };
    const problem = problemIn((value as Record<string, unknown>)[key], depth + 1, count);
    if (problem) {
      problem.path.push(key);
      return problem;
    }
  }
  return undefined;
}
