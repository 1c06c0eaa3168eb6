import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import type { Author } from '../access/identity.js';
import type { SubjectType } from '../change/change.js';
import { changeCursor } from '../change/cursor.js';
import type { SourceInput } from '../change/input.js';
import { latestPosition } from '../change/log-reader.js';
import { positionInLog } from '../change/resume.js';
import { rejectField, UserErrorCode } from '../change/user-error.js';
import { queryRows } from '../graph/sql/query.js';
import { matchRecords } from '../matching/match-records.js';
import { message } from '../messages/message.js';
import { BATCH_SIZE } from './batches.js';
import { ProposalBounds } from './bounds.js';
import { conceptOf } from './concepts.js';
import { Planner } from './plan.js';
import type { PlannedItem } from './planned-item.js';
import type { ProposalOrigin, ProposalPolicy } from './proposal.enums.js';
import type { NameMatcher, ProposalRow } from './row.js';

/** Limits the rows of a proposal. */
export const MAX_ROWS = 50_000;

/** A proposal without its rows. */
export interface NewProposal {
  concept: SubjectType;
  origin: ProposalOrigin;
  policy: ProposalPolicy;
  source: SourceInput | null;
  message: string | null;
  /** The cursor of the change that the rows were made from, such as that of an export; the newest one by default. */
  basis?: string | null | undefined;
  /** The author, as in the change log. */
  proposer: string;
}

/** Options of `storeProposal`. */
export interface StoreOptions {
  /** Finds records by name: `matchRecords` by default. */
  matchNames?: NameMatcher | undefined;
  /** Called after each batch, with the number of rows so far. */
  onProgress?: (rows: number) => void;
  /** The authorities that every row must touch: those that the key of the proposer is bound to. */
  boundTo?: Author['boundTo'];
}

/**
 * Compares rows with the register and stores them as a proposal, batch by batch, in the transaction of `em`.
 *
 * @returns The id of the proposal.
 * @throws WriteRejected without rows, for more than `MAX_ROWS`, and for rows outside the bounds of the key; InputError
 *   INVALID_CURSOR for a basis that is not in the log.
 */
export async function storeProposal(
  em: EntityManager,
  header: NewProposal,
  rows: AsyncIterable<ProposalRow> | Iterable<ProposalRow>,
  { matchNames = matchRecords, onProgress, boundTo }: StoreOptions = {},
): Promise<string> {
  const { concept, origin, policy, source, message: text, proposer } = header;
  const id = `proposal-${randomBytes(10).toString('hex')}`;
  const basis = header.basis == null ? await latestPosition(em) : await positionInLog(em, header.basis, 'basis');
  await queryRows(
    em,
    sql`insert into proposal (id, concept, origin, policy, source, message, proposer, basis, counts)
      values (${id}, ${concept}, ${origin}, ${policy}, ${source && JSON.stringify(source)}::jsonb, ${text}, ${proposer},
        ${changeCursor(basis)}, '{}')`,
  );
  const planner = new Planner(em, {
    concept: conceptOf(concept),
    policy,
    matchNames,
    origin,
    source,
    message: text,
    basis,
  });
  const bounds = boundTo && new ProposalBounds(em, conceptOf(concept), boundTo);
  let count = 0;
  let batch: ProposalRow[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    const items = await planner.plan(batch);
    await bounds?.check(items);
    await insertItems(em, id, count, items);
    count += batch.length;
    batch = [];
    onProgress?.(count);
  };
  for await (const row of rows) {
    batch.push(row);
    if (count + batch.length > MAX_ROWS) {
      throw rejectField(UserErrorCode.INVALID, 'rows', message('PROPOSAL_TOO_LARGE', { limit: MAX_ROWS }));
    }
    if (batch.length === BATCH_SIZE) await flush();
  }
  await flush();
  if (count === 0) throw rejectField(UserErrorCode.INVALID, 'rows', message('PROPOSAL_EMPTY', {}));
  bounds?.rejectIfAny();
  await updateCounts(em, id);
  return id;
}

/** Inserts planned items after the first `offset` ones; one statement. */
async function insertItems(
  em: EntityManager,
  id: string,
  offset: number,
  items: readonly PlannedItem[],
): Promise<void> {
  const rows = items.map((item, index) => ({ ...item, number: offset + index + 1 }));
  await queryRows(
    em,
    sql`insert into proposal_item
        (id, proposal_id, number, place, verdict, subject_id, subject_version, proposed, fields, candidates, problems)
      select ${id} || '-' || w.number, ${id}, w.number, w.place, w.verdict, w."subjectId", w."subjectVersion", w."values", w.fields,
        w.candidates, w.problems
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(number int, place text, verdict text, "subjectId" text,
        "subjectVersion" int, "values" jsonb, fields jsonb, candidates jsonb, problems jsonb)`,
  );
}

/** Replaces the plan of one item. */
export async function replaceItem(em: EntityManager, itemId: string, item: PlannedItem): Promise<void> {
  await queryRows(
    em,
    sql`update proposal_item set verdict = ${item.verdict}, subject_id = ${item.subjectId}, subject_version = ${item.subjectVersion},
      fields = ${JSON.stringify(item.fields)}::jsonb, candidates = ${JSON.stringify(item.candidates)}::jsonb,
      problems = ${JSON.stringify(item.problems)}::jsonb where id = ${itemId}`,
  );
}

const COUNTED = ['create', 'revise', 'same', 'conflict', 'ambiguous', 'unmatched', 'refused', 'stale'];

/** Counts the items of a proposal by verdict. */
export async function updateCounts(em: EntityManager, id: string): Promise<void> {
  const parts = COUNTED.map(name => `'${name}', count(*) filter (where verdict = '${name.toUpperCase()}')`).join(', ');
  const text = `update proposal set counts = (select jsonb_build_object('total', count(*), ${parts})
    from proposal_item where proposal_id = $1) where id = $1`;
  await queryRows(em, { text, values: [id] });
}
