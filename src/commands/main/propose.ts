import 'reflect-metadata';
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { WriteRejected } from '../../change/user-error.js';
import { StartError } from '../../config/config.js';
import { requireMigrations } from '../../database/migrate.js';
import type { Database } from '../../database/open.js';
import { InputError } from '../../graph/errors.js';
import { openTransaction } from '../../graph/sql/transaction.js';
import { message, renderMessage } from '../../messages/message.js';
import { FILE_PARAMETERS, type FileHeader, fileHeader } from '../../proposal/file-parameters.js';
import { MAX_FILE_BYTES } from '../../proposal/formats/limits.js';
import { FileRefusal } from '../../proposal/formats/refusal.js';
import { type FileReport, submitFile } from '../../proposal/submit-file.js';
import { parseArguments } from '../arguments.js';
import { withDatabase } from '../database.js';
import { run } from '../run.js';

const USAGE = `npm run propose -- <file> --concept <type> [${FILE_PARAMETERS.filter(name => name !== 'concept')
  .map(name => `--${name} …`)
  .join('] [')}]`;

/** The author of proposals of this command. */
const PROPOSER = 'propose';

function parseFile(args: string[]): { path: string; header: FileHeader } {
  const options = Object.fromEntries(FILE_PARAMETERS.map(name => [name, { type: 'string' as const }]));
  const { positionals, values } = parseArguments({ args, allowPositionals: true, options }, USAGE);
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length) throw new StartError(`Use: ${USAGE}`);
  const parameters = { format: extname(path).slice(1), ...values } as Record<string, string>;
  return { path, header: fileHeader(Object.entries(parameters)) };
}

async function readBounded(path: string): Promise<Buffer> {
  const unreadable = (error: NodeJS.ErrnoException): never => {
    const isMissing = error.code === 'ENOENT';
    throw new StartError(isMissing ? `There is no file ${path}.` : `${path} cannot be read: ${error.message}.`);
  };
  const { size } = await stat(path).catch(unreadable);
  if (size > MAX_FILE_BYTES) throw new FileRefusal(message('FILE_TOO_LARGE', { limit: MAX_FILE_BYTES }));
  return readFile(path).catch(unreadable);
}

/** Writes the number of compared rows over and over in one line of a terminal. */
const showProgress = (rows: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\rCompared ${rows} rows.`);
};

async function submit({ em }: Database, header: FileHeader, file: Buffer): Promise<FileReport> {
  const transaction = await openTransaction(em.fork());
  try {
    const report = await submitFile(transaction.em, header, file, { actor: PROPOSER }, 'en', {
      onProgress: showProgress,
    });
    await (header.dryRun ? transaction.rollback() : transaction.commit());
    return report;
  } catch (error) {
    await transaction.rollback().catch(() => undefined);
    throw error;
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\n');
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Returns a report for a person: the counts, then each row that needs one. */
function reportText({ id, counts, items, itemsLeft }: FileReport): string {
  const { total, ...byVerdict } = counts;
  const verdicts = Object.entries(byVerdict).filter(([, count]) => count > 0);
  const lines = [
    id === null ? 'Nothing was stored: a dry run.' : `Proposal ${id}`,
    `${total} rows: ${verdicts.map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`,
    ...items.flatMap(({ place, verdict, subjectId, problems, fields, candidates }) => [
      `${place}: ${verdict.toLowerCase()}${subjectId ? ` ${subjectId}` : ''}`,
      ...problems.map(problem => `  ${problem.rule}: ${problem.message}`),
      ...fields
        .filter(({ isConflict }) => isConflict)
        .map(({ field, now, proposed }) => `  ${field}: ${text(now)}, proposed ${text(proposed)}`),
      ...candidates.map(candidate => `  ${candidate.path} may be ${candidate.id} (${candidate.score})`),
    ]),
  ];
  if (itemsLeft > 0) lines.push(`and ${itemsLeft} more rows that need a person; the desk has them all.`);
  return lines.join('\n');
}

export const ended = run(
  async () => {
    try {
      const { path, header } = parseFile(process.argv.slice(2));
      const file = await readBounded(path);
      await withDatabase(async database => {
        await requireMigrations(database);
        console.log(reportText(await submit(database, header, file)));
      });
    } catch (error) {
      if (error instanceof FileRefusal) throw new StartError(renderMessage(error.problem, 'en'));
      if (error instanceof WriteRejected || error instanceof InputError) throw new StartError(error.message);
      throw error;
    }
  },
  { takesArguments: true },
);
