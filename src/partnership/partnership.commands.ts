import { checkSides } from '../authority/sides.js';
import { ChangeKind } from '../change/change.js';
import type { Command, UpdateCommand } from '../change/command.js';
import type { ExistingInput, WriteInput } from '../change/input.js';
import { type IdWords, newId } from '../change/new-id.js';
import { Confidence } from '../source/confidence.js';
import { changeStatus, checkInitialStatus, checkStatus } from './lifecycle.js';
import { assignPartnership, checkPartnership } from './partnership.assign.js';
import { PartnershipOrigin, PartnershipStatus } from './partnership.enums.js';
import type { PartnershipFacts, StatusChangeInput } from './partnership.input.js';
import { Partnership } from './partnership.js';
import { partnershipSubject } from './partnership.subject.js';
import { insertPeriod } from './periods.js';
import { checkNoOverlap, PERIODS } from './uniqueness.js';

/** Returns the command of `recordPartnership`. */
export function recordPartnershipCommand(
  input: WriteInput & PartnershipFacts & { dutch: string; chinese: string },
): Command<Partnership> {
  const idWords = (): IdWords => ['tie', input.dutch.replace(/^nl-/, ''), input.chinese.replace(/^cn-/, '')];
  return {
    name: 'recordPartnership',
    kind: ChangeKind.RECORDED,
    subject: partnershipSubject,
    idWords,
    locks: [PERIODS],
    check: async (em, _, problems) => {
      await checkSides(problems, em, input);
      await checkPartnership(problems, em, null, input);
      checkInitialStatus(problems, input);
      const { dutch, chinese, startedOn = null } = input;
      if (['dutch', 'chinese', 'startedOn'].some(field => problems.has(field))) return;
      await checkNoOverlap(problems, em, null, { dutch, chinese, startedOn, endedOn: null });
    },
    apply: async em => {
      const { dutch, chinese } = input;
      const record = new Partnership();
      const nulls = {
        status: PartnershipStatus.UNKNOWN,
        statusSince: null,
        startedOn: null,
        endedOn: null,
        lastEvidenceOn: null,
      };
      const defaults = {
        encouragedBy: null,
        motives: [],
        themes: [],
        support: [],
        dialogueTopics: [],
        notes: null,
      };
      Object.assign(record, nulls, defaults, {
        id: await newId(em, idWords()),
        dutch,
        chinese,
        origin: PartnershipOrigin.UNKNOWN,
      });
      record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
      await assignPartnership(em, record, input);
      const isActive = record.startedOn !== null && input.status !== PartnershipStatus.UNKNOWN;
      if (isActive) record.status = PartnershipStatus.ACTIVE;
      em.persist(record);
      await em.flush();
      if (isActive) await insertPeriod(em, record, record.startedOn as string, input);
      return record.id;
    },
  };
}

/** Returns the command of `revisePartnership`. */
export function revisePartnershipCommand(input: ExistingInput & PartnershipFacts): UpdateCommand<Partnership> {
  return {
    name: 'revisePartnership',
    kind: ChangeKind.REVISED,
    subject: partnershipSubject,
    locks: [
      ...(input.encouragedBy == null ? [] : ['partnership.encouragedBy']),
      ...(input.startedOn === undefined ? [] : [PERIODS]),
    ],
    check: async (em, record, problems) => {
      await checkPartnership(problems, em, record, input);
      const { id, dutch, chinese, endedOn } = record;
      const { startedOn } = input;
      if (startedOn === undefined || problems.has('startedOn')) return;
      await checkNoOverlap(problems, em, id, { dutch, chinese, startedOn, endedOn });
    },
    apply: (em, record) => assignPartnership(em, record, input),
  };
}

const STATUS_CHANGES = {
  DORMANT: ['markPartnershipDormant', ChangeKind.MARKED_DORMANT],
  ACTIVE: ['renewPartnership', ChangeKind.RENEWED],
  ENDED: ['endPartnership', ChangeKind.ENDED],
} as const;

/** Returns the command of the mutation that begins a status. */
export function statusCommand(
  status: PartnershipStatus.DORMANT | PartnershipStatus.ACTIVE | PartnershipStatus.ENDED,
  input: StatusChangeInput,
): UpdateCommand<Partnership> {
  const [name, kind] = STATUS_CHANGES[status];
  return {
    name,
    kind,
    subject: partnershipSubject,
    check: (em, record, problems) => checkStatus(problems, em, record, status, input),
    apply: (em, record) => changeStatus(em, record, status, input),
  };
}
