import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import { requireExisting } from '../change/facts.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { update } from '../change/write.js';
import type { Context } from '../context.js';
import { PartnershipPayload } from '../partnership/partnership.input.js';
import { partnershipSubject } from '../partnership/partnership.subject.js';
import { ProgrammeLinkInput } from './programme.input.js';
import { ProgrammePartnership } from './programme.js';

/** Mutations of the link between partnership and programme, logged as changes of the partnership. */
@Resolver()
export class ProgrammeLinkMutations {
  @RequiresScope('partnership:write')
  @Mutation(() => PartnershipPayload, { description: 'Links a partnership to a programme.' })
  linkPartnershipToProgramme(
    @Arg('input', () => ProgrammeLinkInput, { description: 'The partnership and the programme.' })
    input: ProgrammeLinkInput,
    @Ctx() context: Context,
  ) {
    return update(
      context,
      {
        name: 'linkPartnershipToProgramme',
        kind: ChangeKind.LINKED_TO_PROGRAMME,
        subject: partnershipSubject,
        apply: async (em, { id: partnership }) => {
          const { programme } = input;
          await requireExisting(em, 'programme', [programme], 'programme');
          const link = { programme, partnership };
          if (await em.count(ProgrammePartnership, link)) {
            throw rejectField(
              UserErrorCode.DUPLICATE,
              'programme',
              `The partnership is already linked to ${programme}.`,
            );
          }
          await em.insert(ProgrammePartnership, link);
        },
      },
      input,
    );
  }

  @RequiresScope('partnership:write')
  @Mutation(() => PartnershipPayload, { description: 'Removes the link between a partnership and a programme.' })
  unlinkPartnershipFromProgramme(
    @Arg('input', () => ProgrammeLinkInput, { description: 'The partnership and the programme.' })
    input: ProgrammeLinkInput,
    @Ctx() context: Context,
  ) {
    return update(
      context,
      {
        name: 'unlinkPartnershipFromProgramme',
        kind: ChangeKind.UNLINKED_FROM_PROGRAMME,
        subject: partnershipSubject,
        apply: async (em, { id: partnership }) => {
          const removed = await em.nativeDelete(ProgrammePartnership, { programme: input.programme, partnership });
          if (removed === 0)
            throw rejectField(
              UserErrorCode.NOT_FOUND,
              'programme',
              `The partnership is not linked to ${input.programme}.`,
            );
        },
      },
      input,
    );
  }
}
