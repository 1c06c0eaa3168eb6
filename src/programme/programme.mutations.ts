import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import type { ExistingInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { withdrawCommand } from '../change/withdraw.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { recordProgrammeCommand, reviseProgrammeCommand } from './programme.commands.js';
import {
  type ProgrammeFacts,
  programmePayload,
  RecordProgrammeInput,
  ReviseProgrammeInput,
  WithdrawProgrammeInput,
  withdrawalPayload,
} from './programme.input.js';
import { programmeSubject } from './programme.subject.js';

@Resolver()
export class ProgrammeMutations {
  @RequiresScope('programme:write')
  @WriteMutation(programmePayload, 'Creates a programme.')
  recordProgramme(
    @Arg('input', () => RecordProgrammeInput, { description: 'The fields of the new programme.' }) input: WriteInput &
      ProgrammeFacts,
    @Ctx() context: Context,
  ) {
    return write(context, recordProgrammeCommand(input), input);
  }

  @RequiresScope('programme:write')
  @WriteMutation(programmePayload, 'Updates fields of a programme.')
  reviseProgramme(
    @Arg('input', () => ReviseProgrammeInput, { description: 'The record to change, with its new field values.' })
    input: ExistingInput & ProgrammeFacts,
    @Ctx() context: Context,
  ) {
    return update(context, reviseProgrammeCommand(input), input);
  }
  @RequiresScope('programme:write')
  @WriteMutation(
    withdrawalPayload,
    'Withdraws a programme that was recorded by mistake. Its changes stay in the change log, and the id is never used again. Refused while partnerships or exchanges refer to it.',
  )
  withdrawProgramme(
    @Arg('input', () => WithdrawProgrammeInput, { description: 'The record to withdraw, with the reason.' })
    input: ExistingInput,
    @Ctx() context: Context,
  ) {
    return update(context, withdrawCommand('withdrawProgramme', programmeSubject, input), input);
  }
}
