// All contestants must give the same data, else the benchmark compares nothing.
import { isDeepStrictEqual } from 'node:util';

/** An answer's `data`, without the order of keys. Errors in it are errors of the benchmark. */
export function dataOf(text, who) {
  const { data, errors } = JSON.parse(text);
  if (errors) throw new Error(`${who} answered with errors: ${JSON.stringify(errors).slice(0, 800)}`);
  return data;
}

/**
 * Where two answers differ first.
 *
 * @returns {string | undefined} nothing when they are equal
 */
export function difference(one, other, path = 'data') {
  if (isDeepStrictEqual(one, other)) return undefined;
  const bothObjects = one && other && typeof one === 'object' && typeof other === 'object';
  if (!bothObjects) return `${path}: ${JSON.stringify(one)} against ${JSON.stringify(other)}`;
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const found = difference(one[key], other[key], `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}
