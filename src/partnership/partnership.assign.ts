import { leadsTo } from '../change/cycle.js';
import { requireExisting, suppliedFacts } from '../change/facts.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { checkPast, checkPeriod } from '../change/period.js';
import type { Context } from '../context.js';
import { type PartnershipFacts, partnershipFacts, requiredPartnershipFacts } from './partnership.input.js';
import type { Partnership } from './partnership.js';
import { movePeriodStart } from './periods.js';

/** Assigns the supplied fields to a record. */
export async function assignPartnership(
  em: Context['em'],
  record: Partnership,
  input: PartnershipFacts,
): Promise<void> {
  const fields = suppliedFacts(input, Object.keys(partnershipFacts), requiredPartnershipFacts) as PartnershipFacts;
  checkPast(fields.startedOn, 'startedOn');
  checkPast(fields.lastEvidenceOn, 'lastEvidenceOn');
  if (fields.encouragedBy != null) {
    await requireExisting(em, 'partnership', [fields.encouragedBy], 'encouragedBy');
    if (await leadsTo(em, { table: 'partnership', column: 'encouraged_by_id' }, fields.encouragedBy, record.id)) {
      throw rejectField(
        UserErrorCode.INVALID,
        'encouragedBy',
        `encouragedBy would create a cycle: ${record.id} would encourage itself, through ${fields.encouragedBy}.`,
      );
    }
  }
  const startMoves = fields.startedOn !== undefined && fields.startedOn !== record.startedOn;
  const before = record.startedOn;
  Object.assign(record, fields);
  checkPeriod(record, 'startedOn');
  if (startMoves && record.version) await movePeriodStart(em, record, before);
}
