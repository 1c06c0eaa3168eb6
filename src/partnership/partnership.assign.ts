import { leadsTo } from '../change/cycle.js';
import { requireExisting, suppliedFacts } from '../change/facts.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { checkPast, checkPeriod } from '../change/period.js';
import type { Context } from '../context.js';
import { movePeriodStart } from './lifecycle.js';
import { facts, type PartnershipFacts, required } from './partnership.input.js';
import type { Partnership } from './partnership.js';

/** Puts facts on a record. */
export async function assign(em: Context['em'], record: Partnership, input: PartnershipFacts): Promise<void> {
  const given = suppliedFacts(input, Object.keys(facts), required) as PartnershipFacts;
  checkPast(given.startedOn, 'startedOn');
  checkPast(given.lastEvidenceOn, 'lastEvidenceOn');
  if (given.encouragedBy != null) {
    await requireExisting(em, 'partnership', [given.encouragedBy], 'encouragedBy');
    if (await leadsTo(em, { table: 'partnership', column: 'encouraged_by_id' }, given.encouragedBy, record.id)) {
      throw rejectField(
        UserErrorCode.INVALID,
        'encouragedBy',
        `encouragedBy would make ${record.id} prompt itself, through ${given.encouragedBy}.`,
      );
    }
  }
  const startMoves = given.startedOn !== undefined && given.startedOn !== record.startedOn;
  const before = record.startedOn;
  Object.assign(record, given);
  checkPeriod(record, 'startedOn');
  if (startMoves && record.version) await movePeriodStart(em, record, before);
}
