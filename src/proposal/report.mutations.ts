import { Arg, Ctx, Field, ID, InputType, Resolver } from 'type-graphql';
import { SourceInput } from '../change/input.js';
import { Problems } from '../change/problems.js';
import { checkTexts } from '../change/validate-texts.js';
import type { Context } from '../context.js';
import { DateTime } from '../graph/types/date-time.js';
import { answer } from './answer.js';
import { proposalById } from './lock.js';
import { ProposalMutation, type ProposalPayload } from './proposal.input.js';
import { checkReport, storeReport } from './report.js';

@InputType({ description: 'A doubt about a value of the register.' })
export class ReportErrorInput {
  @Field(() => ID, { description: 'Id of the record.' })
  subjectId!: string;
  @Field(() => String, {
    description: 'The field that seems wrong, by its path in the exports, such as `startedOn` or `names.zh`.',
  })
  field!: string;
  @Field(() => String, { nullable: true, description: 'The value that you saw and doubt. At most 300 characters.' })
  doubted?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The value that you think is right. Leave it out if you only doubt. At most 10,000 characters.',
  })
  proposed?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When you saw the value.' })
  seenAt?: Date | null;
  @Field(() => String, {
    description:
      'Why you doubt it, at most 2,000 characters. Published once a reviewer takes it up: without names, e-mail addresses or telephone numbers of persons.',
  })
  message!: string;
  @Field(() => SourceInput, { nullable: true, description: 'A source that contradicts the register.' })
  source?: SourceInput | null;
}

@Resolver()
export class ReportMutations {
  @ProposalMutation(
    'Reports a value that seems wrong (in Dutch: terugmelding). Needs no key; at most five an hour from one address. A reviewer looks at it, and publishes what deserves it. In Dutch law: the duty of public bodies to report doubts about base registers.',
  )
  async reportError(
    @Arg('input', () => ReportErrorInput, { description: 'The record, the field, and why it is doubted.' })
    input: ReportErrorInput,
    @Ctx() context: Context,
  ): Promise<ProposalPayload> {
    return answer(context, input, false, [], async em => {
      const problems = new Problems();
      checkTexts(problems, input);
      await checkReport(em, input, problems);
      problems.rejectIfAny();
      await context.reports.consume(context);
      const id = await storeReport(em, input, context.identity.actor);
      return { result: await proposalById(em, id) };
    });
  }
}
