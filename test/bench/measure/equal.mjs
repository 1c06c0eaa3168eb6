// All contestants must give the same data, else the benchmark compares nothing.
import { isDeepStrictEqual } from 'node:util';

/** An answer's `data`, without the order of keys. Errors in it are errors of the benchmark. */
export function dataOf(text, who) {
  const { data, errors } = JSON.parse(text);
  if (errors) throw new Error(`${who} answered with errors: ${JSON.stringify(errors).slice(0, 800)}`);
  return data;
}

/**
 * Returns the path of the first difference of two responses.
 *
 * @returns {string | undefined} nothing when they are equal
 */
export function difference(left, right, path = 'data') {
  if (isDeepStrictEqual(left, right)) return undefined;
  const bothObjects = left && right && typeof left === 'object' && typeof right === 'object';
  if (!bothObjects) return `${path}: ${JSON.stringify(left)} against ${JSON.stringify(right)}`;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const place = difference(left[key], right[key], `${path}.${key}`);
    if (place) return place;
  }
  return undefined;
}
