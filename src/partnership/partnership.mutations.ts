import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { checkSides } from '../authority/sides.js';
import { ChangeKind } from '../change/change.js';
import { newId } from '../change/facts.js';
import type { ExistingInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { Confidence } from '../source/confidence.js';
import { assignPartnership, checkPartnership } from './partnership.assign.js';
import { PartnershipOrigin, PartnershipStatus } from './partnership.enums.js';
import {
  type PartnershipFacts,
  partnershipPayload,
  RecordPartnershipInput,
  RevisePartnershipInput,
} from './partnership.input.js';
import { Partnership } from './partnership.js';
import { partnershipSubject } from './partnership.subject.js';
import { insertPeriod } from './periods.js';
import { checkNoOverlap, PERIODS } from './uniqueness.js';

@Resolver()
export class PartnershipMutations {
  @RequiresScope('partnership:write')
  @WriteMutation(partnershipPayload, 'Creates a partnership.')
  recordPartnership(
    @Arg('input', () => RecordPartnershipInput, { description: 'The fields of the new partnership.' })
    input: WriteInput & PartnershipFacts & { dutch: string; chinese: string },
    @Ctx() context: Context,
  ) {
    return write(
      context,
      {
        name: 'recordPartnership',
        kind: ChangeKind.RECORDED,
        subject: partnershipSubject,
        locks: [PERIODS],
        check: async (em, _, problems) => {
          await checkSides(problems, em, input);
          await checkPartnership(problems, em, null, input);
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
          const words = [dutch.replace(/^nl-/, ''), chinese.replace(/^cn-/, '')];
          Object.assign(record, nulls, defaults, {
            id: await newId(em, 'tie', ...words),
            dutch,
            chinese,
            origin: PartnershipOrigin.UNKNOWN,
          });
          record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
          await assignPartnership(em, record, input);
          if (record.startedOn) record.status = PartnershipStatus.ACTIVE;
          em.persist(record);
          await em.flush();
          if (record.startedOn) await insertPeriod(em, record, record.startedOn, input);
          return record.id;
        },
      },
      input,
    );
  }

  @RequiresScope('partnership:write')
  @WriteMutation(
    partnershipPayload,
    'Updates fields of a partnership. To change the status, use `markPartnershipDormant`, `renewPartnership` or `endPartnership`.',
  )
  revisePartnership(
    @Arg('input', () => RevisePartnershipInput, { description: 'The partnership to change, with the new values.' })
    input: ExistingInput & PartnershipFacts,
    @Ctx() context: Context,
  ) {
    return update(
      context,
      {
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
      },
      input,
    );
  }
}
