import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/required.js';
import { ChangeKind } from '../change/change.js';
import { mustExist } from '../change/facts.js';
import { refuse, UserErrorCode } from '../change/payload.js';
import { revise } from '../change/write.js';
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
    return revise(
      context,
      {
        name: 'linkPartnershipToProgramme',
        kind: ChangeKind.LINKED_TO_PROGRAMME,
        subject: partnershipSubject,
        apply: async (em, { id: partnership }) => {
          const { programme } = input;
          await mustExist(em, 'programme', [programme], 'programme');
          const link = { programme, partnership };
          if (await em.count(ProgrammePartnership, link)) {
            throw refuse(UserErrorCode.DUPLICATE, 'programme', `The tie is carried by ${programme} already.`);
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
    return revise(
      context,
      {
        name: 'unlinkPartnershipFromProgramme',
        kind: ChangeKind.UNLINKED_FROM_PROGRAMME,
        subject: partnershipSubject,
        apply: async (em, { id: partnership }) => {
          const removed = await em.nativeDelete(ProgrammePartnership, { programme: input.programme, partnership });
          if (removed === 0)
            throw refuse(UserErrorCode.NOT_FOUND, 'programme', `The tie is not carried by ${input.programme}.`);
        },
      },
      input,
    );
  }
}
