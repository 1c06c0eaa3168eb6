import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import type { Author } from '../access/identity.js';
import { queryRows } from '../graph/sql/query.js';
import { type MessageLanguage, renderMessage } from '../messages/message.js';
import type { Candidate } from './candidate.js';
import type { ProposedField } from './concept.js';
import { conceptOf } from './concepts.js';
import type { FileHeader } from './file-parameters.js';
import { proposalById } from './lock.js';
import { logProposal } from './log-proposal.js';
import type { RowProblem } from './row-problem.js';
import { type StoreOptions, storeProposal } from './store.js';

/** A row that a person must look at. */
export interface ReportedItem {
  id: string;
  place: string;
  verdict: string;
  subjectId: string | null;
  fields: ProposedField[];
  candidates: Candidate[];
  problems: (Pick<RowProblem, 'rule' | 'params' | 'path'> & { message: string })[];
}

/** Result of submitting a file. */
export interface FileReport {
  /** Null in a dry run, after which there is no proposal. */
  id: string | null;
  basis: string;
  /** The number of rows by verdict, and `total`. */
  counts: Record<string, number>;
  /** The first rows that a person must look at. */
  items: ReportedItem[];
  /** The number of such rows that are not in `items`. */
  itemsLeft: number;
}

/** Limits the rows in a report. */
const MAX_ITEMS = 1_000;

/**
 * Stores the rows of a file as a proposal, in the transaction of `em`, and reports on it.
 *
 * @throws FileRefusal for a file that cannot be read, WriteRejected for one without rows or with too many.
 */
export async function submitFile(
  em: EntityManager,
  { format, source, dryRun, ...header }: FileHeader,
  file: Buffer,
  { actor, boundTo }: Author,
  language: MessageLanguage,
  options?: Omit<StoreOptions, 'boundTo'>,
): Promise<FileReport> {
  const rows = format.rows(file, conceptOf(header.concept));
  const id = await storeProposal(em, { ...header, source, origin: format.origin, proposer: actor }, rows, {
    ...options,
    boundTo,
  });
  await logProposal(em, id, null, { actor, dryRun });
  const proposal = await proposalById(em, id);
  const items = await queryRows<Omit<ReportedItem, 'problems'> & { problems: RowProblem[]; left: number }>(
    em,
    sql`select id, place, verdict, subject_id as "subjectId", fields, candidates, problems,
        (count(*) over ())::int - ${MAX_ITEMS}::int as "left"
      from proposal_item where proposal_id = ${id} and (verdict in ('CONFLICT', 'AMBIGUOUS', 'UNMATCHED', 'REFUSED') or problems <> '[]')
      order by number limit ${MAX_ITEMS}`,
  );
  return {
    id: dryRun ? null : id,
    basis: proposal?.basis as string,
    counts: proposal?.counts as unknown as Record<string, number>,
    items: items.map(({ left: _, problems, ...item }) => ({
      ...item,
      problems: problems.map(({ rule, params, path }) => ({
        rule,
        params,
        path,
        message: renderMessage({ rule, params }, language),
      })),
    })),
    itemsLeft: Math.max(0, items[0]?.left ?? 0),
  };
}
