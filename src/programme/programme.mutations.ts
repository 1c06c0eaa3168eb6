import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import type { ExistingInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { recordProgrammeCommand, reviseProgrammeCommand } from './programme.commands.js';
import {
  type ProgrammeFacts,
  programmePayload,
  RecordProgrammeInput,
  ReviseProgrammeInput,
} from './programme.input.js';

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
}
