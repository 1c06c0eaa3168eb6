import type { Incoming, SeedRecord } from '../seed.record.js';

/** Checks that parents and prefectures, also mixed, `succeededBy` and `encouragedBy` form no cycles. */
export function checkCycles(incoming: Incoming): void {
  reportCycles(incoming.authorities ?? [], ['parent', 'prefecture']);
  reportCycles(incoming.authorities ?? [], ['succeededBy']);
  reportCycles(incoming.organisations ?? [], ['parent']);
  reportCycles(incoming.partnerships ?? [], ['encouragedBy']);
}

/** A reference of a record: the field, and the id of the record that it refers to. */
interface Reference {
  field: string;
  to: string;
}

/** Reports each cycle once, at the first of its records. */
function reportCycles<Field extends string>(
  records: readonly SeedRecord<{ id: string } & { [F in Field]: string | null }>[],
  fields: readonly Field[],
): void {
  const references = new Map(
    records.map(({ fields: record }) => [
      record.id,
      fields.flatMap((field): Reference[] => (record[field] == null ? [] : [{ field, to: record[field] as string }])),
    ]),
  );
  const reported = new Set<string>();
  for (const record of records) {
    const { id } = record.fields;
    if (id === undefined || reported.has(id)) continue;
    const path = pathBack(id, references);
    if (!path) continue;
    const ids = path.map(({ to }) => to);
    const field = path[0]?.field as string;
    record.report(field, `${field} must not form a cycle: ${[id, ...ids].join(' → ')}`);
    for (const member of ids) reported.add(member);
  }
}

/** Returns the shortest path of references from a record to itself, if there is one. */
function pathBack(
  id: string,
  references: ReadonlyMap<string | undefined, readonly Reference[]>,
): Reference[] | undefined {
  const visited = new Set<string>();
  let paths: Reference[][] = [[]];
  while (paths.length > 0) {
    const longer: Reference[][] = [];
    for (const path of paths) {
      for (const reference of references.get(path.at(-1)?.to ?? id) ?? []) {
        if (reference.to === id) return [...path, reference];
        if (!visited.has(reference.to)) longer.push([...path, reference]);
        visited.add(reference.to);
      }
    }
    paths = longer;
  }
  return undefined;
}
