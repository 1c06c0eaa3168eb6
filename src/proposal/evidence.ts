import sql, { raw } from 'sql-template-tag';
import type { SourceInput } from '../change/input.js';
import { holdsRedaction } from '../change/redacted.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { earliestDay, latestDay } from '../graph/types/partial-date.js';
import type { ProposalConcept, ProposedField } from './concept.js';
import type { Leaf } from './leaf.js';
import { ProposalOrigin } from './proposal.enums.js';

/** A citation of a record, as evidence for one of its values. */
interface Evidence {
  subject: string;
  supports: string[];
  publisher: string;
}

/** Reads the citations of records and of the status periods of partnerships; one statement. */
async function evidenceOf(
  em: Fork,
  { subject }: ProposalConcept,
  ids: readonly string[],
): Promise<Map<string, Evidence[]>> {
  if (ids.length === 0) return new Map();
  const column = raw(subject.citationColumn);
  const all = [...ids];
  const ofPeriods = sql`union all select p.partnership_id, c.supports, s.publisher from status_period p
    join citation c on c.status_period_id = p.id join source s on s.id = c.source_id
    where p.partnership_id = any(${all}::text[])`;
  const rows = await queryRows<Evidence>(
    em,
    sql`select c.${column} as subject, c.supports, s.publisher from citation c join source s on s.id = c.source_id
      where c.${column} = any(${all}::text[]) ${subject.citationColumn === 'partnership_id' ? ofPeriods : sql``}`,
  );
  return Map.groupBy(rows, row => row.subject);
}

/** The evidence for the values of a proposal. */
export interface ProposalEvidence {
  origin: ProposalOrigin;
  source: SourceInput | null;
}

/** Marks the values for which the register has better evidence, as conflicts; one statement. */
export async function markConflicts(
  em: Fork,
  { concept, ...proposal }: ProposalEvidence & { concept: ProposalConcept },
  records: readonly { id: string; fields: readonly ProposedField[]; isConflicting: boolean }[],
): Promise<void> {
  const ids = records.filter(({ fields }) => fields.length).map(({ id }) => id);
  const evidence = await evidenceOf(em, concept, ids);
  for (const { id, fields, isConflicting } of records) {
    const state = { ...proposal, isConflicting };
    for (const field of fields) {
      const leaf = concept.leaves.get(field.field);
      if (!leaf) continue;
      const isBetter = isBetterEvidenced(leaf, field.now, field.proposed, evidence.get(id) ?? [], state);
      if (isBetter) field.isConflict = true;
    }
  }
}

/** Returns whether a value of the register is to stay unless a person decides otherwise. */
function isBetterEvidenced(
  leaf: Leaf,
  now: unknown,
  proposed: unknown,
  evidence: readonly Evidence[],
  { origin, source, isConflicting }: ProposalEvidence & { isConflicting: boolean },
): boolean {
  if (now === null || now === undefined || (Array.isArray(now) && now.length === 0)) return false;
  // A file from before a redaction has what was removed.
  if (origin === ProposalOrigin.REPORT || holdsRedaction(now)) return true;
  if (leaf.isDate && typeof now === 'string' && typeof proposed === 'string' && isLessExact(proposed, now)) return true;
  const names = new Set([leaf.path, leaf.field]);
  const supporting = evidence.filter(({ supports }) => supports.some(fact => names.has(fact)));
  const publishers = new Set(supporting.map(({ publisher }) => publisher));
  if (publishers.size === 0) return false;
  // `KEEP_BOTH` makes a record CONFLICTING, and cites its publisher for the value that it contradicts.
  if (source && publishers.has(source.publisher)) return isConflicting;
  // One publisher against one is a correction; against none, or against a cleared value, it is not.
  return publishers.size > 1 || !source || proposed === null;
}

/** Returns whether a date says the same as another, less exactly: `1979` of `1979-11-30`. */
const isLessExact = (date: string, other: string): boolean =>
  date.length < other.length && earliestDay(other) >= earliestDay(date) && latestDay(other) <= latestDay(date);
