import type { ResultObject } from './typed-result.js';

/** Returns the ids and codes that the root fields of an answer found nothing for. */
export function missingIn(root: ResultObject): string[] {
  return root.fields.flatMap(({ args: { id, code }, value }) =>
    value === null && (typeof id === 'string' || typeof code === 'string') ? [String(id ?? code)] : [],
  );
}
