import { InputError } from '../graph/errors.js';

/** Objects and lists inside each other in the JSON of a request. */
const MAX_DEPTH = 32;

/** Keys that mean something to JavaScript itself. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** What is wrong, and the way to it, from the inside out. */
interface Problem {
  what: string;
  path: string[];
}

/**
 * Checks the JSON of a request: not nested too deep, each text one that a database can hold, no key that means something
 * to JavaScript itself.
 *
 * @param name What the value is called in the refusal.
 * @throws InputError that names the place.
 */
export function checkValues(value: unknown, name: string): void {
  const problem = problemIn(value, 1);
  if (!problem) return;
  const way = problem.path
    .reverse()
    .slice(0, 6)
    .map(key => `.${key.slice(0, 60)}`);
  throw new InputError(`${name}${way.join('')} ${problem.what}.`);
}

function problemIn(value: unknown, depth: number): Problem | undefined {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) return { what: 'holds half of a surrogate pair; send whole characters', path: [] };
    if (value.includes('\0')) return { what: 'holds the character NUL (U+0000); leave it out', path: [] };
    return undefined;
  }
  if (value === null || typeof value !== 'object') return undefined;
  if (depth > MAX_DEPTH) return { what: `is nested deeper than ${MAX_DEPTH} levels; send it flatter`, path: [] };
  for (const key of Object.keys(value)) {
    if (RESERVED.has(key)) return { what: `has the key ${key}, which may not be used; leave it out`, path: [] };
    const problem = problemIn((value as Record<string, unknown>)[key], depth + 1);
    if (problem) {
      problem.path.push(key);
      return problem;
    }
  }
  return undefined;
}
