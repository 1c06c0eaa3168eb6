import { type ProblemLocation, problemAt, type SeedProblem, schemaProblems } from './seed.problem.js';
import { type Seeds, schemas } from './seed.schemas.js';

/** The concepts that have a seed file, in order of dependency. */
export type Concept = keyof Seeds;
export const concepts = Object.keys(schemas) as Concept[];

/**
 * A parsed record. `fields` has only the fields that passed the schema, so that the checks between records can run on the
 * others and report no problem twice.
 */
export class SeedRecord<Seed extends object> {
  readonly problems: SeedProblem[] = [];

  constructor(
    readonly location: Omit<ProblemLocation, 'field'>,
    readonly fields: Partial<Seed>,
  ) {}

  /** The name by which problems of other records refer to it. */
  get name(): string {
    return this.location.record ?? this.location.file;
  }

  /** Returns true if a problem of a field, or of a part of it, has been reported. */
  hasProblem(field: string): boolean {
    return this.problems.some(problem => problem.field?.match(/^\w+/)?.[0] === field);
  }

  /** Reports a problem of a field; `got` is the received value, if it helps. */
  report(field: string, rule: string, ...got: [value?: unknown]): void {
    this.problems.push(problemAt({ ...this.location, field }, rule, ...got));
  }
}

/** All parsed records; null for a file that could not be read. */
export type Incoming = { [C in Concept]: readonly SeedRecord<Seeds[C][number]>[] | null };

/** Parses a JSON value as a record of a file, with the problems that its schema reports. */
export function seedRecordOf<C extends Concept>(
  concept: C,
  file: string,
  raw: unknown,
  position: number,
): SeedRecord<Seeds[C][number]> {
  type Seed = Seeds[C][number];
  const location = { file, record: nameOf(raw) ?? `#${position + 1}` };
  const parsed = schemas[concept].safeParse(raw);
  if (parsed.success) return new SeedRecord<Seed>(location, parsed.data as Seed);
  const invalid = new Set(parsed.error.issues.map(({ path }) => path[0]));
  const fields = Object.keys(schemas[concept].shape);
  const valid = isObject(raw) ? Object.entries(raw).filter(([key]) => fields.includes(key) && !invalid.has(key)) : [];
  const record = new SeedRecord<Seed>(location, Object.fromEntries(valid) as Partial<Seed>);
  record.problems.push(...schemaProblems(location, raw, parsed.error.issues));
  return record;
}

/** Returns the id of a record, also an invalid one if it is short enough for a message. */
function nameOf(raw: unknown): string | undefined {
  const id = isObject(raw) ? raw.id : undefined;
  return typeof id === 'string' && /^\S{1,120}$/.test(id) ? id : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
