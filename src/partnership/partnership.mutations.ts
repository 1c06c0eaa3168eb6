import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import { newId } from '../change/facts.js';
import { type ExistingInput, StatusInput, type WriteInput } from '../change/input.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { Confidence } from '../source/confidence.js';
import { changeStatus } from './lifecycle.js';
import { assignPartnership } from './partnership.assign.js';
import { PartnershipOrigin, PartnershipStatus } from './partnership.enums.js';
import {
  type PartnershipFacts,
  PartnershipPayload,
  RecordPartnershipInput,
  RevisePartnershipInput,
} from './partnership.input.js';
import { Partnership } from './partnership.js';
import { partnershipSubject } from './partnership.subject.js';
import { insertPeriod } from './periods.js';
import { PERIODS, requireNoOverlap, requireSides } from './uniqueness.js';

@Resolver()
export class PartnershipMutations {
  @RequiresScope('partnership:write')
  @Mutation(() => PartnershipPayload, { description: 'Creates a partnership.' })
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
        apply: async em => {
          const { dutch, chinese } = input;
          await requireSides(em, { dutch, chinese });
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
          await requireNoOverlap(em, record);
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
  @Mutation(() => PartnershipPayload, {
    description:
      'Updates fields of a partnership. To change the status, use `markPartnershipDormant`, `renewPartnership` or `endPartnership`.',
  })
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
        apply: async (em, record) => {
          await assignPartnership(em, record, input);
          if (input.startedOn !== undefined) await requireNoOverlap(em, record);
        },
      },
      input,
    );
  }

  @RequiresScope('partnership:write')
  @Mutation(() => PartnershipPayload, { description: 'Puts a partnership on hold. In Dutch: slapend maken.' })
  markPartnershipDormant(
    @Arg('input', () => StatusInput, { description: 'The partnership, the date, and the reason or source.' })
    input: StatusInput,
    @Ctx() context: Context,
  ) {
    return setStatus(context, 'markPartnershipDormant', ChangeKind.MARKED_DORMANT, PartnershipStatus.DORMANT, input);
  }

  @RequiresScope('partnership:write')
  @Mutation(() => PartnershipPayload, {
    description: 'Renews an active partnership, or resumes a dormant or unknown one: it is active from that day on.',
  })
  renewPartnership(
    @Arg('input', () => StatusInput, { description: 'The partnership, the date, and the reason or source.' })
    input: StatusInput,
    @Ctx() context: Context,
  ) {
    return setStatus(context, 'renewPartnership', ChangeKind.RENEWED, PartnershipStatus.ACTIVE, input);
  }

  @RequiresScope('partnership:write')
  @Mutation(() => PartnershipPayload, { description: 'Ends a partnership. In Dutch: beëindigen.' })
  endPartnership(
    @Arg('input', () => StatusInput, { description: 'The partnership, the date, and the reason or source.' })
    input: StatusInput,
    @Ctx() context: Context,
  ) {
    return setStatus(context, 'endPartnership', ChangeKind.ENDED, PartnershipStatus.ENDED, input);
  }
}

function setStatus(context: Context, name: string, kind: ChangeKind, status: PartnershipStatus, input: StatusInput) {
  const apply = (em: Context['em'], record: Partnership) => changeStatus(em, record, status, input);
  return update(context, { name, kind, subject: partnershipSubject, apply }, input);
}
