import type { EntityManager } from '@mikro-orm/sql';
import { leadsTo } from '../change/cycle.js';
import { checkNotCleared, suppliedFacts } from '../change/facts.js';
import { checkPast, checkPeriod } from '../change/period.js';
import type { Problems } from '../change/problems.js';
import { checkExisting } from '../change/references.js';
import { message } from '../messages/message.js';
import {
  type PartnershipFacts,
  partnershipFacts,
  requiredOfNewPartnership,
  requiredPartnershipFacts,
} from './partnership.input.js';
import type { Partnership } from './partnership.js';
import { checkPeriodStart, movePeriodStart } from './periods.js';

/**
 * Checks the fields of a partnership.
 *
 * @param record The partnership; null for a new one.
 */
export async function checkPartnership(
  problems: Problems,
  em: EntityManager,
  record: Partnership | null,
  input: PartnershipFacts,
): Promise<void> {
  const { startedOn, lastEvidenceOn, encouragedBy } = input;
  checkNotCleared(problems, input, record ? requiredPartnershipFacts : requiredOfNewPartnership);
  checkPast(problems, startedOn, 'startedOn');
  checkPast(problems, lastEvidenceOn, 'lastEvidenceOn');
  checkPeriod(problems, { startedOn }, { startedOn, endedOn: record?.endedOn });
  const exists = await checkExisting(problems, em, 'partnership', encouragedBy, 'encouragedBy');
  if (!record) return;
  const chain = { table: 'partnership', column: 'encouraged_by_id' } as const;
  if (exists && encouragedBy != null && (await leadsTo(em, chain, encouragedBy, record.id))) {
    problems.add('encouragedBy', message('ENCOURAGES_ITSELF', { id: record.id, value: encouragedBy }));
  }
  if (startedOn !== undefined && startedOn !== record.startedOn) {
    await checkPeriodStart(problems, em, record, startedOn);
  }
}

/** Assigns the supplied fields to a record. */
export async function assignPartnership(
  em: EntityManager,
  record: Partnership,
  input: PartnershipFacts,
): Promise<void> {
  const before = record.startedOn;
  Object.assign(record, suppliedFacts(record, input, Object.keys(partnershipFacts)));
  if (record.version && record.startedOn !== before) await movePeriodStart(em, record, before);
}
