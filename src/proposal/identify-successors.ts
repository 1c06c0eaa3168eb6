import type { Fork } from '../graph/sql/fork.js';
import { message } from '../messages/message.js';
import type { ProposalConcept } from './concept.js';
import { textOf } from './identify-sides.js';
import { idsByColumn } from './ids-by-column.js';
import { cellProblem, type ParsedRow } from './parsed-row.js';

/** The column by which a row names the successor of an authority without an id, as the lists of CBS do. */
export const SUCCESSOR_CODE = 'succeededBy.cbsCode';

/**
 * Puts the ids of the successors into the rows that name them by code; one statement, none if no row does. A successor that
 * the register lacks is a notice: the row has more to say, such as the day of the dissolution.
 */
export async function identifySuccessors(
  em: Fork,
  { leaves }: ProposalConcept,
  rows: readonly ParsedRow[],
): Promise<void> {
  const leaf = leaves.get('succeededBy.id');
  const named = rows.flatMap(parsed => {
    const code = textOf(parsed.row.values[SUCCESSOR_CODE]);
    return code === undefined ? [] : [{ parsed, code }];
  });
  if (!leaf || named.length === 0) return;
  const ids = await idsByColumn(
    em,
    'authority',
    'code',
    named.map(({ code }) => code),
  );
  for (const { parsed, code } of named) {
    const [id] = ids.get(code) ?? [];
    if (id !== undefined) parsed.cells.set(leaf, id);
    else parsed.notices.push(cellProblem(SUCCESSOR_CODE, message('ROW_SUCCESSOR_MISSING', { code })));
  }
}
