import { concepts, type Incoming, type SeedRecord } from '../seed.record.js';

/** Checks that ids are unique across all files, and official codes and IATI ids within their file. */
export function checkUnique(incoming: Incoming): void {
  requireUnique(
    concepts.flatMap((concept): readonly SeedRecord<{ id: string }>[] => incoming[concept] ?? []),
    'id',
  );
  requireUnique(incoming.authorities ?? [], 'code');
  requireUnique(incoming.programmes ?? [], 'iatiId');
}

function requireUnique<Field extends string>(
  records: readonly SeedRecord<{ [F in Field]: string | null }>[],
  field: Field,
): void {
  const firstByValue = new Map<string, SeedRecord<object>>();
  for (const record of records) {
    const value = record.fields[field];
    if (value == null) continue;
    const earlier = firstByValue.get(value);
    if (earlier)
      record.report(field, `${field} must be unique; ${earlier.location.file} ${earlier.name} has it too`, value);
    else firstByValue.set(value, record);
  }
}
