import { concepts, type Incoming, type SeedRecord } from '../seed.record.js';

/** An id is one record's across all files; so are official codes and IATI ids in theirs. */
export function checkUnique(incoming: Incoming): void {
  once(
    concepts.flatMap((concept): readonly SeedRecord<{ id: string }>[] => incoming[concept] ?? []),
    'id',
  );
  once(incoming.authorities ?? [], 'code');
  once(incoming.programmes ?? [], 'iatiId');
}

function once<Field extends string>(
  records: readonly SeedRecord<{ [F in Field]: string | null }>[],
  field: Field,
): void {
  const first = new Map<string, SeedRecord<object>>();
  for (const record of records) {
    const value = record.fields[field];
    if (value == null) continue;
    const other = first.get(value);
    if (other)
      record.report(
        field,
        `no two records have the same ${field}; ${other.place.file} ${other.name} has it too`,
        value,
      );
    else first.set(value, record);
  }
}
