import { type Concept, concepts, type Incoming, type SeedRecord } from '../seed.record.js';
import type { Seeds } from '../seed.schemas.js';

/** Which fields of a record name another, and of which file. Their prefixes were checked by the schemas. */
const references: { [C in Concept]: { [Field in keyof Seeds[C][number]]?: Concept } } = {
  authorities: { parent: 'authorities', prefecture: 'authorities' },
  organisations: { parent: 'organisations' },
  partnerships: { dutch: 'authorities', chinese: 'authorities', encouragedBy: 'partnerships' },
  programmes: { organisations: 'organisations', authorities: 'authorities', partnerships: 'partnerships' },
  exchanges: { dutch: 'authorities', chinese: 'authorities', partnership: 'partnerships', programme: 'programmes' },
};

/** A reference names a record that is there. Of a file that could not be read nobody knows what is there. */
export function checkReferences(incoming: Incoming): void {
  for (const concept of concepts) {
    for (const [field, target] of Object.entries(references[concept])) {
      const records = incoming[target];
      if (records) checkField(incoming[concept] ?? [], field, new Set(records.map(({ fields }) => fields.id)), target);
    }
  }
}

function checkField(
  records: readonly SeedRecord<object>[],
  field: string,
  known: ReadonlySet<unknown>,
  target: Concept,
): void {
  const rule = `no record of ${target}.json has this id`;
  for (const record of records) {
    const value: unknown = (record.fields as Record<string, unknown>)[field];
    if (Array.isArray(value)) {
      for (const [i, one] of value.entries()) if (!known.has(one)) record.report(`${field}[${i}]`, rule, one);
    } else if (value != null && !known.has(value)) {
      record.report(field, rule, value);
    }
  }
}
