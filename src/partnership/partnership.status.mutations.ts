import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { WriteMutation } from '../change/payload.js';
import { update } from '../change/write.js';
import type { Context } from '../context.js';
import { statusCommand } from './partnership.commands.js';
import { PartnershipStatus } from './partnership.enums.js';
import {
  EndPartnershipInput,
  MarkPartnershipDormantInput,
  partnershipPayload,
  RenewPartnershipInput,
  type StatusChangeInput,
} from './partnership.input.js';
import { PartnershipMutations } from './partnership.mutations.js';

/** Mutations that begin a new status of a partnership, or renew it. */
@Resolver()
class PartnershipStatusMutations {
  @RequiresScope('partnership:write')
  @WriteMutation(partnershipPayload, 'Puts a partnership on hold. In Dutch: slapend maken.')
  markPartnershipDormant(
    @Arg('input', () => MarkPartnershipDormantInput, {
      description: 'The partnership, the date, and the reason or source.',
    })
    input: StatusChangeInput,
    @Ctx() context: Context,
  ) {
    return update(context, statusCommand(PartnershipStatus.DORMANT, input), input);
  }

  @RequiresScope('partnership:write')
  @WriteMutation(
    partnershipPayload,
    'Renews an active partnership, or resumes a dormant or unknown one: it is active from that day on.',
  )
  renewPartnership(
    @Arg('input', () => RenewPartnershipInput, { description: 'The partnership, the date, and the reason or source.' })
    input: StatusChangeInput,
    @Ctx() context: Context,
  ) {
    return update(context, statusCommand(PartnershipStatus.ACTIVE, input), input);
  }

  @RequiresScope('partnership:write')
  @WriteMutation(partnershipPayload, 'Ends a partnership. In Dutch: beëindigen.')
  endPartnership(
    @Arg('input', () => EndPartnershipInput, { description: 'The partnership, the date, and the reason or source.' })
    input: StatusChangeInput,
    @Ctx() context: Context,
  ) {
    return update(context, statusCommand(PartnershipStatus.ENDED, input), input);
  }
}

/** The mutations of partnerships: of their facts, and of their status. */
export const partnershipMutations = [PartnershipMutations, PartnershipStatusMutations] as const;
