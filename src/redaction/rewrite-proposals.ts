import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { REASON } from './fields.js';
import { rewriterOf, type Schema, type Stored, TABLES } from './proposal-versions.js';
import type { Redaction } from './redaction.js';
import { rewriteItems } from './rewrite-proposal-items.js';

interface ProposalTexts extends Stored {
  source: object | null;
  message: string | null;
}

/**
 * Redacts proposals, open and closed, as they are and in all versions. With an id, those with a row about that record, and of
 * their rows only these.
 */
export async function rewriteProposals(em: Fork, redaction: Redaction, dryRun: boolean): Promise<void> {
  for (const schema of ['history', 'public'] as const) {
    await rewriteHeaders(em, schema, redaction, dryRun);
    await rewriteItems(em, schema, redaction, dryRun);
  }
}

/** Redacts messages, which become the reasons of changes, and sources, which are cited. */
async function rewriteHeaders(em: Fork, schema: Schema, redaction: Redaction, dryRun: boolean): Promise<void> {
  const { id } = redaction.scope;
  const { table, knownFrom, isCurrent } = TABLES[schema]('proposal');
  const isAboutRecord = sql`exists (select from proposal_item i where i.proposal_id = t.id and i.subject_id = ${id})`;
  const rows = await queryRows<ProposalTexts>(
    em,
    sql`select t.id, ${knownFrom} as "knownFrom", ${isCurrent} as "isCurrent", t.source, t.message from ${table} t
      where ${id == null ? sql`true` : isAboutRecord} and ${redaction.mayHold(sql`concat_ws(' ', t.message, t.source::text)`)}`,
  );
  for (const row of rows) {
    const { source, message } = row;
    const rewriteOf = rewriterOf(redaction, row);
    const after = { source: rewriteOf(source, 'citations'), message: rewriteOf(message, REASON) };
    if (dryRun || (after.source === source && after.message === message)) continue;
    await queryRows(
      em,
      sql`update ${table} t set source = ${after.source && JSON.stringify(after.source)}::jsonb,
        message = ${after.message as string | null} where t.id = ${row.id} and ${knownFrom} = ${row.knownFrom}`,
    );
  }
}
