import { type ExportError, exportError } from '../../export/export-error.js';
import { sqlStateOf } from '../../graph/sql/sql-state.js';
import { message } from '../../messages/message.js';

/** The SQLSTATEs of a statement that took too long, or waited too long for a lock. */
const TIMEOUTS = new Set(['57014', '55P03']);

/** Returns the refusal for a statement that the database cancelled: the client can request a smaller export. */
export function asTimeoutError(error: unknown): ExportError | undefined {
  if (!(error instanceof Error)) return undefined;
  const state = sqlStateOf(error);
  // With a SQLSTATE the message can contain values of the client.
  if (state === undefined ? !/timeout/i.test(error.message) : !TIMEOUTS.has(state)) return undefined;
  return exportError(503, 'EXPORT_TOO_SLOW', message('EXPORT_TOO_SLOW', {}));
}
