import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';

/** A mark that no change has. */
const NO_MARK = '0'.repeat(16);

/**
 * Moves all webhooks to a position that is in no log, after a restore: a backup contains their positions too, which are in its
 * log, although the receivers may have changes that no longer exist. Each then gets `history-changed` before anything else.
 * Returns the number of webhooks.
 */
export async function losePositions(em: Fork): Promise<number> {
  const rows = await queryRows(
    em,
    // The start of the log, 0, is in every log.
    sql`update webhook set position_id = greatest(position_id, 1), position_mark = ${NO_MARK}, redelivery = null returning id`,
  );
  return rows.length;
}
