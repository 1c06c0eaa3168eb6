import { InputError } from '../graph/errors.js';
import { message } from '../messages/message.js';

/** The maximum nesting of objects and lists in the JSON of a request. */
const MAX_DEPTH = 32;

/** The maximum number of objects and lists in a request: graphql-js coerces all before a resolver can limit a list. */
const MAX_OBJECTS = 4_000;

/** Keys with a meaning in JavaScript, rejected against prototype pollution. */
const RESERVED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** A rejected value. */
interface Problem {
  rule: 'JSON_HALF_CHARACTER' | 'JSON_NUL' | 'JSON_TOO_DEEP' | 'JSON_TOO_LARGE' | 'JSON_RESERVED_KEY';
  /** The reserved key, if that is the problem. */
  key?: string;
  /** The keys that lead to the value, innermost first. */
  path: string[];
}

/**
 * Checks the JSON of a request: its nesting, its size, its keys, and that the database can store each string.
 *
 * @param name The name of the value in the error message; empty for a body, whose keys are names themselves.
 * @throws InputError with the path to the value.
 */
export function checkValues(value: unknown, name: string): void {
  const problem = problemIn(value, 1, { objects: 0 });
  if (!problem) return;
  const keys = problem.path
    .reverse()
    .slice(0, 6)
    .map(key => key.slice(0, 60));
  const path = (name ? [name, ...keys] : keys).join('.') || 'body';
  const { rule, key = '' } = problem;
  const limit = rule === 'JSON_TOO_LARGE' ? MAX_OBJECTS : MAX_DEPTH;
  if (rule === 'JSON_TOO_DEEP' || rule === 'JSON_TOO_LARGE') throw new InputError(message(rule, { path, limit }));
  throw new InputError(rule === 'JSON_RESERVED_KEY' ? message(rule, { path, key }) : message(rule, { path }));
}

function problemIn(value: unknown, depth: number, count: { objects: number }): Problem | undefined {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) return { rule: 'JSON_HALF_CHARACTER', path: [] };
    if (value.includes('\0')) return { rule: 'JSON_NUL', path: [] };
    return undefined;
  }
  if (value === null || typeof value !== 'object') return undefined;
  if (depth > MAX_DEPTH) return { rule: 'JSON_TOO_DEEP', path: [] };
  count.objects += 1;
  if (count.objects > MAX_OBJECTS) return { rule: 'JSON_TOO_LARGE', path: [] };
  for (const key of Object.keys(value)) {
    if (RESERVED_KEYS.has(key)) return { rule: 'JSON_RESERVED_KEY', key, path: [] };
    const problem = problemIn((value as Record<string, unknown>)[key], depth + 1, count);
    if (problem) {
      problem.path.push(key);
      return problem;
    }
  }
  return undefined;
}
