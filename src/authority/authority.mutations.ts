import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import type { ExistingInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { withdrawCommand } from '../change/withdraw.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { recordAuthorityCommand, reviseAuthorityCommand } from './authority.commands.js';
import {
  type AuthorityFacts,
  authorityPayload,
  RecordAuthorityInput,
  ReviseAuthorityInput,
  WithdrawAuthorityInput,
  withdrawalPayload,
} from './authority.input.js';
import { authoritySubject } from './authority.subject.js';

@Resolver()
export class AuthorityMutations {
  @RequiresScope('authority:write')
  @WriteMutation(authorityPayload, 'Creates an authority.')
  recordAuthority(
    @Arg('input', () => RecordAuthorityInput, { description: 'The fields of the new authority.' }) input: WriteInput &
      AuthorityFacts,
    @Ctx() context: Context,
  ) {
    return write(context, recordAuthorityCommand(input), input);
  }

  @RequiresScope('authority:write')
  @WriteMutation(authorityPayload, 'Updates fields of an authority.')
  reviseAuthority(
    @Arg('input', () => ReviseAuthorityInput, { description: 'The record to change, with its new field values.' })
    input: ExistingInput & AuthorityFacts,
    @Ctx() context: Context,
  ) {
    return update(context, reviseAuthorityCommand(input), input);
  }
  @RequiresScope('authority:write')
  @WriteMutation(
    withdrawalPayload,
    'Withdraws an authority that was recorded by mistake. Its changes stay in the change log, and the id is never used again. Refused while records refer to it: its authorities, partnerships, programmes and exchanges.',
  )
  withdrawAuthority(
    @Arg('input', () => WithdrawAuthorityInput, { description: 'The record to withdraw, with the reason.' })
    input: ExistingInput,
    @Ctx() context: Context,
  ) {
    return update(context, withdrawCommand('withdrawAuthority', authoritySubject, input), input);
  }
}
