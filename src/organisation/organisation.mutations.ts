import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import type { ExistingInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { withdrawCommand } from '../change/withdraw.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { recordOrganisationCommand, reviseOrganisationCommand } from './organisation.commands.js';
import {
  type OrganisationFacts,
  organisationPayload,
  RecordOrganisationInput,
  ReviseOrganisationInput,
  WithdrawOrganisationInput,
  withdrawalPayload,
} from './organisation.input.js';
import { organisationSubject } from './organisation.subject.js';

@Resolver()
export class OrganisationMutations {
  @RequiresScope('organisation:write')
  @WriteMutation(organisationPayload, 'Creates an organisation.')
  recordOrganisation(
    @Arg('input', () => RecordOrganisationInput, { description: 'The fields of the new organisation.' })
    input: WriteInput & OrganisationFacts,
    @Ctx() context: Context,
  ) {
    return write(context, recordOrganisationCommand(input), input);
  }

  @RequiresScope('organisation:write')
  @WriteMutation(organisationPayload, 'Updates fields of an organisation.')
  reviseOrganisation(
    @Arg('input', () => ReviseOrganisationInput, { description: 'The record to change, with its new field values.' })
    input: ExistingInput & OrganisationFacts,
    @Ctx() context: Context,
  ) {
    return update(context, reviseOrganisationCommand(input), input);
  }
  @RequiresScope('organisation:write')
  @WriteMutation(
    withdrawalPayload,
    'Withdraws an organisation that was recorded by mistake. Its changes stay in the change log, and the id is never used again. Refused while programmes or other organisations refer to it.',
  )
  withdrawOrganisation(
    @Arg('input', () => WithdrawOrganisationInput, { description: 'The record to withdraw, with the reason.' })
    input: ExistingInput,
    @Ctx() context: Context,
  ) {
    return update(context, withdrawCommand('withdrawOrganisation', organisationSubject, input), input);
  }
}
