import type { Incoming, SeedRecord } from '../seed.record.js';

/** Checks that parents, prefectures and `encouragedBy` form no cycles. */
export function checkCycles(incoming: Incoming): void {
  reportCycles(incoming.authorities ?? [], 'parent');
  reportCycles(incoming.authorities ?? [], 'prefecture');
  reportCycles(incoming.organisations ?? [], 'parent');
  reportCycles(incoming.partnerships ?? [], 'encouragedBy');
}

/** Reports each cycle once, at the first of its records. */
function reportCycles<Field extends string>(
  records: readonly SeedRecord<{ id: string } & { [F in Field]: string | null }>[],
  field: Field,
): void {
  const next = new Map(records.map(({ fields }) => [fields.id, fields[field]]));
  const reported = new Set<string>();
  for (const record of records) {
    const { id } = record.fields;
    if (id === undefined || reported.has(id)) continue;
    const path = [id];
    let current = next.get(id);
    // A path may lead into a cycle that it is not part of; that cycle is reported at its own records.
    while (current != null && !path.includes(current)) {
      path.push(current);
      current = next.get(current);
    }
    if (current !== id) continue;
    record.report(field, `${field} must not form a cycle: ${[...path, id].join(' → ')}`);
    for (const member of path) reported.add(member);
  }
}
