import sql, { join, type Sql } from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { type ClaimingRow, Claims } from './claims.js';
import { conceptOf } from './concepts.js';
import { ProposalDecision, ProposalVerdict } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import { uniqueCode } from './taken-codes.js';

const { CREATE, REVISE, CONFLICT } = ProposalVerdict;

/** Limits the patterns that each stored row is compared with. For more of them all rows are read, once. */
const MAX_PATTERNS = 10;

/** Values that a stored row has if it is the same as another one. */
type Pattern = readonly unknown[];

/**
 * The claims of the stored rows of a proposal that are written unless somebody rejects them. Of these, only those are read that
 * another row may repeat: a proposal has up to 50,000.
 */
export class StoredClaims extends Claims {
  #patterns = 0;

  constructor(
    private readonly em: Fork,
    private readonly proposal: Proposal,
  ) {
    super(conceptOf(proposal.concept));
  }

  override async load(rows: readonly ClaimingRow[]): Promise<void> {
    if (this.#patterns > MAX_PATTERNS) return;
    const subjects = rows.flatMap(({ subjectId }) => subjectId ?? []);
    const codes = rows.flatMap(({ fields }) => uniqueCode(this.concept, fields) ?? []);
    const added = rows.flatMap(({ subjectId, fields }) => (subjectId === null ? this.#patternsOf(fields) : []));
    this.#patterns += codes.length + added.length;
    const conditions = [
      ...(subjects.length ? [sql`subject_id = any(${subjects}::text[])`] : []),
      ...(codes.length ? [containsOneOf(codes.map(({ proposed }) => [proposed]))] : []),
      ...(added.length ? [sql`subject_id is null and ${containsOneOf(added)}`] : []),
    ];
    if (conditions.length === 0) return;
    await this.#read(this.#patterns > MAX_PATTERNS ? sql`true` : join(conditions, ' or '));
  }

  /** Returns the patterns of the stored rows about the same new record: one for each way in which two rows can be the same. */
  #patternsOf(fields: ClaimingRow['fields']): Pattern[] {
    const valueAt = new Map(fields.map(({ field, proposed }) => [field, proposed]));
    const patterns = this.concept.sharedPaths.map(paths => paths.flatMap(path => valueAt.get(path) ?? []));
    const stated = patterns.filter(values => values.length > 0);
    // Rows that state none of them, or of which only one states a code, may be the same by a name or a title.
    return stated.length && !this.concept.nameType ? stated : [[]];
  }

  /** Claims what the stored rows write that satisfy a condition. */
  async #read(condition: Sql): Promise<void> {
    const rows = await queryRows<ClaimingRow>(
      this.em,
      sql`select place, subject_id as "subjectId", fields, json_build_object('country', proposed->'country') as values
        from proposal_item where proposal_id = ${this.proposal.id} and verdict = any(${[CREATE, REVISE, CONFLICT]}::text[])
          and decision is distinct from ${ProposalDecision.REJECT} and (${condition}) order by number`,
    );
    for (const row of rows) this.claim(row);
  }
}

/** Condition: the proposed values of a row match one of some patterns. */
function containsOneOf(patterns: readonly Pattern[]): Sql {
  const texts = patterns.map(values => JSON.stringify(values.map(proposed => ({ proposed }))));
  return sql`fields @> any(${texts}::jsonb[])`;
}
