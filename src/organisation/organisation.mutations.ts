import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import type { ExistingInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { recordOrganisationCommand, reviseOrganisationCommand } from './organisation.commands.js';
import {
  type OrganisationFacts,
  organisationPayload,
  RecordOrganisationInput,
  ReviseOrganisationInput,
} from './organisation.input.js';

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
}
