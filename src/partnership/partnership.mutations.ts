import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import type { ExistingInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { withdrawCommand } from '../change/withdraw.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { recordPartnershipCommand, revisePartnershipCommand } from './partnership.commands.js';
import {
  type PartnershipFacts,
  partnershipPayload,
  RecordPartnershipInput,
  RevisePartnershipInput,
  WithdrawPartnershipInput,
  withdrawalPayload,
} from './partnership.input.js';
import { partnershipSubject } from './partnership.subject.js';

@Resolver()
export class PartnershipMutations {
  @RequiresScope('partnership:write')
  @WriteMutation(partnershipPayload, 'Creates a partnership.')
  recordPartnership(
    @Arg('input', () => RecordPartnershipInput, { description: 'The fields of the new partnership.' })
    input: WriteInput & PartnershipFacts & { dutch: string; chinese: string },
    @Ctx() context: Context,
  ) {
    return write(context, recordPartnershipCommand(input), input);
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
    return update(context, revisePartnershipCommand(input), input);
  }
  @RequiresScope('partnership:write')
  @WriteMutation(
    withdrawalPayload,
    'Withdraws a partnership that was recorded by mistake. Its changes stay in the change log, and the id is never used again. Refused while exchanges or other partnerships refer to it. A partnership that ended is not withdrawn: use `endPartnership`.',
  )
  withdrawPartnership(
    @Arg('input', () => WithdrawPartnershipInput, { description: 'The record to withdraw, with the reason.' })
    input: ExistingInput,
    @Ctx() context: Context,
  ) {
    return update(context, withdrawCommand('withdrawPartnership', partnershipSubject, input), input);
  }
}
