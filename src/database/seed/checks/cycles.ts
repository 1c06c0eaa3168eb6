import type { Incoming, SeedRecord } from '../seed.record.js';

/** Whoever follows parents, prefectures or who encouraged whom comes to an end. */
export function checkCycles(incoming: Incoming): void {
  acyclic(incoming.authorities ?? [], 'parent');
  acyclic(incoming.authorities ?? [], 'prefecture');
  acyclic(incoming.organisations ?? [], 'parent');
  acyclic(incoming.partnerships ?? [], 'encouragedBy');
}

/** Reports each circle once, at the first of its records. */
function acyclic<Field extends string>(
  records: readonly SeedRecord<{ id: string } & { [F in Field]: string | null }>[],
  field: Field,
): void {
  const next = new Map(records.map(({ fields }) => [fields.id, fields[field]]));
  const reported = new Set<string>();
  for (const record of records) {
    const { id } = record.fields;
    if (id === undefined || reported.has(id)) continue;
    const path = [id];
    let at = next.get(id);
    // A path may run into a circle that it is not part of: that one is reported at its own records.
    while (at != null && !path.includes(at)) {
      path.push(at);
      at = next.get(at);
    }
    if (at !== id) continue;
    record.report(field, `a chain of ${field} does not come back to where it began: ${[...path, id].join(' → ')}`);
    for (const member of path) reported.add(member);
  }
}
