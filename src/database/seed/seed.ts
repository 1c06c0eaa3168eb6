import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from './seed.checks.js';
import { SeedError } from './seed.error.js';
import { problemAt, type SeedProblem } from './seed.problem.js';
import { type Concept, concepts, type Incoming, seedRecordOf } from './seed.record.js';
import type { Seeds } from './seed.schemas.js';

/**
 * Reads and validates the seed files of a folder, one per concept: `authorities.json` and so on.
 *
 * @throws SeedError with all problems of all files, in the order of files and records.
 */
export async function readSeeds(dir: URL): Promise<Seeds> {
  const files = await Promise.all(concepts.map(concept => readRecords(dir, concept)));
  const incoming = Object.fromEntries(files.map(({ concept, records }) => [concept, records])) as Incoming;
  check(incoming);
  const problems = files.flatMap(
    ({ problem, records }) => problem ?? records?.flatMap(record => record.problems) ?? [],
  );
  if (problems.length > 0) throw new SeedError(problems);
  return Object.fromEntries(
    files.map(({ concept, records }) => [concept, records?.map(({ fields }) => fields)]),
  ) as unknown as Seeds;
}

interface SeedFile<C extends Concept> {
  concept: C;
  records: Incoming[C];
  /** The reason why the file could not be read. */
  problem?: SeedProblem;
}

async function readRecords<C extends Concept>(dir: URL, concept: C): Promise<SeedFile<C>> {
  const folder = fileURLToPath(dir);
  const path = join(folder, `${concept}.json`);
  const file = `${basename(folder)}/${concept}.json`;
  const unreadable = (rule: string): SeedFile<C> => ({
    concept,
    records: null,
    problem: problemAt({ file, record: null, field: null }, rule),
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(utf8.decode(await readFile(path)));
  } catch (error) {
    return unreadable(whyUnreadable(error as NodeJS.ErrnoException));
  }
  if (!Array.isArray(parsed)) return unreadable('a seed file must be a list of records');
  return { concept, records: parsed.map((raw, position) => seedRecordOf(concept, file, raw, position)) };
}

/** Throws for text that is not UTF-8, instead of storing replacement characters. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function whyUnreadable({ name, code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'the file is missing';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'the file is not UTF-8';
  return `the file ${name === 'SyntaxError' ? 'is not valid JSON' : 'cannot be read'}: ${message.replace(/\s+/g, ' ')}`;
}
