import { problemAt, type SeedProblem } from '../seed.problem.js';
import { type Concept, concepts, type Incoming, type SeedRecord } from '../seed.record.js';
import type { Seeds } from '../seed.schemas.js';

/** Fields that refer to a record of a file. The schemas check the prefixes of the ids. */
const references: { [C in Concept]: { [Field in keyof Seeds[C][number]]?: Concept } } = {
  authorities: { parent: 'authorities', prefecture: 'authorities', succeededBy: 'authorities' },
  organisations: { parent: 'organisations' },
  partnerships: { dutch: 'authorities', chinese: 'authorities', encouragedBy: 'partnerships' },
  programmes: { organisations: 'organisations', authorities: 'authorities', partnerships: 'partnerships' },
  exchanges: { dutch: 'authorities', chinese: 'authorities', partnership: 'partnerships', programme: 'programmes' },
};

/** Checks that references name existing records. References to a file that could not be read are not checked. */
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
  ids: ReadonlySet<unknown>,
  target: Concept,
): void {
  const rule = `no record of ${target}.json has this id`;
  for (const record of records) {
    const value: unknown = (record.fields as Record<string, unknown>)[field];
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) if (!ids.has(item)) record.report(`${field}[${i}]`, rule, item);
    } else if (value != null && !ids.has(value)) {
      record.report(field, rule, value);
    }
  }
}

/** Returns the problems of references to records that the register has withdrawn. */
export function checkWithdrawn(seeds: Seeds, withdrawn: ReadonlySet<unknown>): SeedProblem[] {
  return concepts.flatMap(concept =>
    seeds[concept].flatMap(record =>
      Object.keys(references[concept]).flatMap(field =>
        [(record as unknown as Record<string, unknown>)[field]]
          .flat()
          .filter(id => withdrawn.has(id))
          .map(id => problemAt({ file: `${concept}.json`, record: record.id, field }, WITHDRAWN, id)),
      ),
    ),
  );
}

const WITHDRAWN = 'the register has withdrawn the record with this id';
