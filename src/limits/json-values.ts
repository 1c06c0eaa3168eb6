import { InputError } from '../graph/errors.js';

/** The maximum nesting of objects and lists in the JSON of a request. */
const MAX_DEPTH = 32;

/** Keys with a meaning in JavaScript, rejected against prototype pollution. */
const RESERVED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** A rejected value. */
interface Problem {
  message: string;
  /** The keys that lead to the value, innermost first. */
  path: string[];
}

/**
 * Checks the JSON of a request: its nesting, its keys, and that the database can store each string.
 *
 * @param name The name of the value in the error message.
 * @throws InputError with the path to the value.
 */
export function checkValues(value: unknown, name: string): void {
  const problem = problemIn(value, 1);
  if (!problem) return;
  const path = problem.path
    .reverse()
    .slice(0, 6)
    .map(key => `.${key.slice(0, 60)}`);
  throw new InputError(`${name}${path.join('')} ${problem.message}.`);
}

function problemIn(value: unknown, depth: number): Problem | undefined {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) return { message: 'contains half of a surrogate pair; send whole characters', path: [] };
    if (value.includes('\0')) return { message: 'contains the character NUL (U+0000); remove it', path: [] };
    return undefined;
  }
  if (value === null || typeof value !== 'object') return undefined;
  if (depth > MAX_DEPTH) return { message: `is nested deeper than ${MAX_DEPTH} levels; flatten it`, path: [] };
  for (const key of Object.keys(value)) {
    if (RESERVED_KEYS.has(key)) return { message: `has the reserved key ${key}; remove it`, path: [] };
    const problem = problemIn((value as Record<string, unknown>)[key], depth + 1);
    if (problem) {
      problem.path.push(key);
      return problem;
    }
  }
  return undefined;
}
