import { type Place, problemAt, type SeedProblem, schemaProblems } from './seed.problem.js';
import { type Seeds, schemas } from './seed.schemas.js';

/** The concepts that have a seed file, in the order their records depend on each other. */
export type Concept = keyof Seeds;
export const concepts = Object.keys(schemas) as Concept[];

/**
 * A record on its way in. Its fields are those that passed the schema: one that broke a rule is left out, so that the
 * checks between records still look at the others and report nothing twice.
 */
export class SeedRecord<Seed extends object> {
  readonly problems: SeedProblem[] = [];

  constructor(
    readonly place: Omit<Place, 'field'>,
    readonly fields: Partial<Seed>,
  ) {}

  /** The name that other problems call it by. */
  get name(): string {
    return this.place.record ?? this.place.file;
  }

  /** Whether a field, or a part of it, has a problem already. */
  hasProblem(field: string): boolean {
    return this.problems.some(problem => problem.field?.match(/^\w+/)?.[0] === field);
  }

  /** Adds a problem of a field; `got` is what came, where that helps. */
  report(field: string, rule: string, ...got: [value?: unknown]): void {
    this.problems.push(problemAt({ ...this.place, field }, rule, ...got));
  }
}

/** All records on their way in; null for a file that could not be read, whose records nobody knows. */
export type Incoming = { [C in Concept]: readonly SeedRecord<Seeds[C][number]>[] | null };

/** The record of a file that a value of JSON is, with the problems its schema finds. */
export function recordOf<C extends Concept>(
  concept: C,
  file: string,
  raw: unknown,
  position: number,
): SeedRecord<Seeds[C][number]> {
  type Seed = Seeds[C][number];
  const place = { file, record: nameOf(raw) ?? `#${position + 1}` };
  const parsed = schemas[concept].safeParse(raw);
  if (parsed.success) return new SeedRecord<Seed>(place, parsed.data as Seed);
  const broken = new Set(parsed.error.issues.map(({ path }) => path[0]));
  const known = Object.keys(schemas[concept].shape);
  const sound = isObject(raw) ? Object.entries(raw).filter(([key]) => known.includes(key) && !broken.has(key)) : [];
  const record = new SeedRecord<Seed>(place, Object.fromEntries(sound) as Partial<Seed>);
  record.problems.push(...schemaProblems(place, raw, parsed.error.issues));
  return record;
}

/** Its id, also where that is no good one, as long as it fits a line. */
function nameOf(raw: unknown): string | undefined {
  const id = isObject(raw) ? raw.id : undefined;
  return typeof id === 'string' && /^\S{1,120}$/.test(id) ? id : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
