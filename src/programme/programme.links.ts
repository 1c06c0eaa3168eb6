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

/** Which programmes carry a tie is written as a fact of the tie. */
@Resolver()
export class ProgrammeLinkMutations {
  @RequiresScope('partnership:write')
  @Mutation(() => PartnershipPayload, { description: 'Records that a programme carries a tie.' })
  linkPartnershipToProgramme(
    @Arg('input', () => ProgrammeLinkInput, { description: 'The tie and the programme.' }) input: ProgrammeLinkInput,
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
            throw rejectField(UserErrorCode.DUPLICATE, 'programme', `The tie is carried by ${programme} already.`);
          }
          await em.insert(ProgrammePartnership, link);
        },
      },
      input,
    );
  }

  @RequiresScope('partnership:write')
  @Mutation(() => PartnershipPayload, { description: 'Records that a programme no longer carries a tie.' })
  unlinkPartnershipFromProgramme(
    @Arg('input', () => ProgrammeLinkInput, { description: 'The tie and the programme.' }) input: ProgrammeLinkInput,
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
            throw rejectField(UserErrorCode.NOT_FOUND, 'programme', `The tie is not carried by ${input.programme}.`);
        },
      },
      input,
    );
  }
}
