import type { EntityManager } from '@mikro-orm/sql';
import { ChangeKind } from '../change/change.js';
import type { Command } from '../change/command.js';
import type { Facts } from '../change/log.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { queryRows } from '../graph/sql/query.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import type { ProposalConcept } from './concept.js';
import { takenCodes } from './taken-codes.js';

/** The changes of a set to one record. */
export interface RecordChanges {
  id: string;
  isNew: boolean;
  /** The version after the last of them. */
  version: number;
  /** The facts before them, of the fields that they changed. */
  before: Facts;
}

/** Returns the command that withdraws a record that a set of changes created, after its parts were deleted. */
export function withdrawal(concept: ProposalConcept, id: string): Command<RegisterRecord> {
  return {
    name: 'revertProposal',
    kind: ChangeKind.WITHDRAWN,
    subject: concept.subject,
    apply: async (em, record) => {
      em.remove(record as RegisterRecord);
      return id;
    },
  };
}

/** The facts whose rules read other records, which may have been changed since. */
const REFERRING = [
  'parent',
  'prefecture',
  'succeededBy',
  'encouragedBy',
  'dutch',
  'chinese',
  'partnership',
  'programme',
  'organisations',
  'authorities',
];

/** Returns the command that restores the facts of a record before a set of changes. */
export function restoration(concept: ProposalConcept, { id, version, before }: RecordChanges): Command<RegisterRecord> {
  const { citations, statusPeriods, organisations, authorities, location, ...columns } = before;
  const facts = Object.fromEntries(Object.entries(before).filter(([field]) => REFERRING.includes(field)));
  const movesPeriod = 'startedOn' in before || 'endedOn' in before;
  const revise = (startedOn: unknown) =>
    concept.revise({ id, expectedVersion: version, dryRun: false, ...facts, ...(movesPeriod && { startedOn }) });
  return {
    name: 'revertProposal',
    kind: ChangeKind.REVISED,
    subject: concept.subject,
    locks: revise(null).locks ?? [],
    check: async (em, record, problems) => {
      const restored = { ...record, ...columns } as RegisterRecord & { startedOn?: unknown };
      await revise(restored.startedOn).check?.(em, restored, problems);
      const codes = Object.entries(before).map(([field, proposed]) => ({ field, proposed }));
      const taken = await takenCodes(em, concept, [{ id, fields: codes }]);
      for (const { path, code, ...problem } of taken.values()) problems.add(path.at(-1) as string, problem, code);
    },
    apply: async (em, record) => {
      Object.assign(record as object, columns);
      if ('location' in before) {
        const { latitude = null, longitude = null } = (location ?? {}) as { latitude?: number; longitude?: number };
        Object.assign(record as object, { latitude, longitude });
      }
      const names = (columns.names ?? columns.title) as Parameters<typeof nameIn>[0] | undefined;
      if (names) Object.assign(record as object, { sortName: sortKey(nameIn(names, Language.EN)) });
      await em.flush();
      await concept.restore?.(em, record as RegisterRecord, { statusPeriods, organisations, authorities });
      if (Array.isArray(citations)) await deleteCitations(em, concept, id, citations.length);
      return id;
    },
  };
}

/** Deletes the citations of a record after its first ones: an application adds them at the end. */
async function deleteCitations(
  em: EntityManager,
  { subject }: ProposalConcept,
  id: string,
  kept: number,
): Promise<void> {
  const column = subject.citationColumn;
  const text = `delete from citation using (select id, row_number() over (order by position, id) as n from citation where ${column} = $1) c
    where citation.id = c.id and c.n > $2`;
  await queryRows(em, { text, values: [id, kept] });
}
