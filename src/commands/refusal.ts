import { sqlStateOf } from '../graph/sql/sql-state.js';
import { isDatabaseUnavailable } from '../graph/sql/unavailable.js';

/** The SQLSTATEs of a role that may not do what a command does, and of a database that accepts no writes. */
const ADVICE: Readonly<Record<string, string>> = {
  '42501': 'grant the role of DATABASE_URL the right, or name the owner of the tables there',
  '25006': 'name the primary in DATABASE_URL, and a role that may write',
};

/** Returns what an operator can do about an error of the database; undefined for one that is a bug. */
export function refusalOf(error: unknown): string | undefined {
  const advice = ADVICE[sqlStateOf(error) ?? ''];
  if (advice === undefined && !isDatabaseUnavailable(error)) return undefined;
  const [reason] = (error as Error).message.split('\n');
  return `The database did not do it: ${reason}; ${advice ?? 'run the command again when the database is free'}.`;
}
