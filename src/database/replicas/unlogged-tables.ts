/**
 * Tables that are written without a change in the log: a replica that has all changes may lack their newest rows, so
 * statements that name one of them go to the primary. Reports of errors, which are proposals, are not in the log either.
 */
export const UNLOGGED_TABLES = [
  'access_key',
  'idempotent_answer',
  'log_clock',
  'mikro_orm_migrations',
  'proposal',
  'proposal_item',
  'rate_limit',
  'short_link',
  'webhook',
  'webhook_delivery',
  'webhook_lease',
] as const;

const UNLOGGED = new RegExp(`\\b(?:${UNLOGGED_TABLES.join('|')})\\b`);

/** Returns whether a statement reads only what the log has changes of. */
export const readsLoggedTables = (text: string): boolean => !UNLOGGED.test(text);
