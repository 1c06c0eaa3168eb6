import type { SubjectType } from '../../change/change.js';
import { type SubjectTypes, subjectTypesReadBy } from '../../change/versions.js';

/** Returns the subject types that statements may read. */
export function subjectTypesOf(statements: Iterable<string>): SubjectTypes {
  const types = new Set<SubjectType>();
  for (const text of statements) {
    const read = subjectTypesReadBy(text);
    if (!read) return undefined;
    for (const type of read) types.add(type);
  }
  return [...types];
}
