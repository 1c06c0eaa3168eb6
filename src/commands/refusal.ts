import { readConfig } from '../config/config.js';
import { sqlStateOf } from '../graph/sql/sql-state.js';
import { isDatabaseUnavailable } from '../graph/sql/unavailable.js';

/**
 * The SQLSTATEs of a role that may not do what a command does, of a database that accepts no writes, and of a full disk, each
 * with what an operator can do.
 */
const ADVICE: Readonly<Record<string, (settings: string) => string>> = {
  '42501': settings => `grant the role of ${settings} the right, or name the owner of the tables there`,
  '25006': settings => `name the primary in ${settings}, and a role that may write`,
  '53100': () => 'free space on its disk',
};

/** Returns what an operator can do about an error of the database; undefined for one that is a bug. */
export function refusalOf(error: unknown): string | undefined {
  const advice = ADVICE[sqlStateOf(error) ?? ''];
  if (advice === undefined && !isDatabaseUnavailable(error)) return undefined;
  const [reason] = (error as Error).message.split('\n');
  const text = advice?.(databaseSettings()) ?? 'run the command again when the database is free';
  return `The database did not do it: ${reason}; ${text}.`;
}

/** Returns the settings that lead to the database: a command uses the direct connection if there is one. */
function databaseSettings(): string {
  const { storage } = readConfig(process.env);
  const isPooled = storage.kind === 'postgresql' && storage.directUrl !== undefined;
  return isPooled ? 'DATABASE_URL and DATABASE_DIRECT_URL' : 'DATABASE_URL';
}
