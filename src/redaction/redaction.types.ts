import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Change } from '../change/change.js';
import { withLimit } from '../change/text-limits.js';
import { UserError } from '../change/user-error.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { RedactedPlace } from './places.js';

@InputType({
  description:
    'The texts to remove from the register, for example the name of a person. Without `passage` the whole field of one record; with it that passage only, in one record or in all.',
})
export class RedactFieldInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the record, also of a withdrawn one. Without it, all records are searched for the passage.',
  })
  id?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Name of the field: one with texts that people write, such as `notes`, `participants`, `contactPoints`, `citations` for the sources of the record, `reason` for the reasons of its changes. Without it, all such fields are searched for the passage.',
  })
  field?: string | null;
  @Field(() => String, {
    nullable: true,
    description: withLimit(
      'The passage to replace by a mark, in any case. Without it, all texts of the field are replaced.',
      'passage',
    ),
  })
  passage?: string | null;
  @Field(() => Boolean, {
    defaultValue: true,
    description: 'False also replaces the passage inside of longer words.',
  })
  wholeWords!: boolean;
  @Field(() => String, {
    description: withLimit(
      'Reason for the redaction, without what is redacted. Stored in the change log, and public.',
      'reason',
    ),
  })
  reason!: string;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Returns the places, with an excerpt of each, without changing anything.',
  })
  dryRun!: boolean;
}

@ObjectType({ description: 'Result of `redactField`: the changes and the places, or the errors.' })
export class RedactFieldPayload {
  @AssumedSize(20)
  @Field(() => [Change], {
    description:
      'One change of kind `REDACTED` for each record. Empty if there are errors, if nothing was found, and in a dry run.',
  })
  changes!: Change[];
  @AssumedSize(100)
  @Field(() => [RedactedPlace], { description: 'The places that held what was redacted, by record and field.' })
  places!: RedactedPlace[];
  @Field(() => [ID], {
    description:
      'Ids that are made of the words of the passage, at most 100. An id never changes: withdraw the record if it can be withdrawn, and record it under another name.',
  })
  remainingIds!: string[];
  @AssumedSize(5)
  @Field(() => [UserError], {
    description: 'All that is wrong with the input; then nothing was changed. Empty if the mutation succeeded.',
  })
  userErrors!: UserError[];
}
