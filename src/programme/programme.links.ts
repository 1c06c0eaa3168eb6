import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import { WriteMutation } from '../change/payload.js';
import { checkExisting } from '../change/references.js';
import { UserErrorCode } from '../change/user-error.js';
import { update } from '../change/write.js';
import type { Context } from '../context.js';
import { message } from '../messages/message.js';
import { partnershipPayload } from '../partnership/partnership.input.js';
import { partnershipSubject } from '../partnership/partnership.subject.js';
import {
  LinkPartnershipToProgrammeInput,
  type ProgrammeLink,
  UnlinkPartnershipFromProgrammeInput,
} from './programme.input.js';
import { ProgrammePartnership } from './programme.js';

/** Mutations of the link between partnership and programme, logged as changes of the partnership. */
@Resolver()
export class ProgrammeLinkMutations {
  @RequiresScope('partnership:write')
  @WriteMutation(partnershipPayload, 'Links a partnership to a programme.')
  linkPartnershipToProgramme(
    @Arg('input', () => LinkPartnershipToProgrammeInput, { description: 'The partnership and the programme.' })
    input: ProgrammeLink,
    @Ctx() context: Context,
  ) {
    return update(
      context,
      {
        name: 'linkPartnershipToProgramme',
        kind: ChangeKind.LINKED_TO_PROGRAMME,
        subject: partnershipSubject,
        check: async (em, { id: partnership }, problems) => {
          const { programme } = input;
          const exists = await checkExisting(problems, em, 'programme', programme, 'programme');
          if (exists && (await em.count(ProgrammePartnership, { programme, partnership })))
            problems.add('programme', message('LINK_EXISTS', { programme }), UserErrorCode.DUPLICATE);
        },
        apply: (em, { id: partnership }) =>
          em.insert(ProgrammePartnership, { programme: input.programme, partnership }),
      },
      input,
    );
  }

  @RequiresScope('partnership:write')
  @WriteMutation(partnershipPayload, 'Removes the link between a partnership and a programme.')
  unlinkPartnershipFromProgramme(
    @Arg('input', () => UnlinkPartnershipFromProgrammeInput, { description: 'The partnership and the programme.' })
    input: ProgrammeLink,
    @Ctx() context: Context,
  ) {
    return update(
      context,
      {
        name: 'unlinkPartnershipFromProgramme',
        kind: ChangeKind.UNLINKED_FROM_PROGRAMME,
        subject: partnershipSubject,
        check: async (em, { id: partnership }, problems) => {
          const { programme } = input;
          if (problems.has('programme') || (await em.count(ProgrammePartnership, { programme, partnership }))) return;
          problems.add('programme', message('LINK_MISSING', { programme }), UserErrorCode.NOT_FOUND);
        },
        apply: (em, { id: partnership }) =>
          em.nativeDelete(ProgrammePartnership, { programme: input.programme, partnership }),
      },
      input,
    );
  }
}
