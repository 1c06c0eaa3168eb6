import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import type { UpdateCommand } from '../change/command.js';
import type { StatusInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { update } from '../change/write.js';
import type { Context } from '../context.js';
import { changeStatus, checkStatus } from './lifecycle.js';
import { PartnershipStatus } from './partnership.enums.js';
import {
  EndPartnershipInput,
  MarkPartnershipDormantInput,
  partnershipPayload,
  RenewPartnershipInput,
} from './partnership.input.js';
import type { Partnership } from './partnership.js';
import { partnershipSubject } from './partnership.subject.js';

/** Mutations that begin a new status of a partnership, or renew it. */
@Resolver()
export class PartnershipStatusMutations {
  @RequiresScope('partnership:write')
  @WriteMutation(partnershipPayload, 'Puts a partnership on hold. In Dutch: slapend maken.')
  markPartnershipDormant(
    @Arg('input', () => MarkPartnershipDormantInput, {
      description: 'The partnership, the date, and the reason or source.',
    })
    input: StatusInput,
    @Ctx() context: Context,
  ) {
    return setStatus(context, 'markPartnershipDormant', ChangeKind.MARKED_DORMANT, PartnershipStatus.DORMANT, input);
  }

  @RequiresScope('partnership:write')
  @WriteMutation(
    partnershipPayload,
    'Renews an active partnership, or resumes a dormant or unknown one: it is active from that day on.',
  )
  renewPartnership(
    @Arg('input', () => RenewPartnershipInput, { description: 'The partnership, the date, and the reason or source.' })
    input: StatusInput,
    @Ctx() context: Context,
  ) {
    return setStatus(context, 'renewPartnership', ChangeKind.RENEWED, PartnershipStatus.ACTIVE, input);
  }

  @RequiresScope('partnership:write')
  @WriteMutation(partnershipPayload, 'Ends a partnership. In Dutch: beëindigen.')
  endPartnership(
    @Arg('input', () => EndPartnershipInput, { description: 'The partnership, the date, and the reason or source.' })
    input: StatusInput,
    @Ctx() context: Context,
  ) {
    return setStatus(context, 'endPartnership', ChangeKind.ENDED, PartnershipStatus.ENDED, input);
  }
}

function setStatus(context: Context, name: string, kind: ChangeKind, status: PartnershipStatus, input: StatusInput) {
  const command: UpdateCommand<Partnership> = {
    name,
    kind,
    subject: partnershipSubject,
    check: (em, record, problems) => checkStatus(problems, em, record, status, input),
    apply: (em, record) => changeStatus(em, record, status, input),
  };
  return update(context, command, input);
}
