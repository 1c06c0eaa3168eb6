import { GraphQLJSON } from 'graphql-scalars';
import { type ClassType, Field, ID, InputType, Int, Mutation, ObjectType } from 'type-graphql';
import { SubjectType } from '../change/change.js';
import { ChangeCursor } from '../change/cursor.js';
import { SourceInput } from '../change/input.js';
import { payloadName } from '../change/payload.js';
import { withLimit } from '../change/text-limits.js';
import { UserError } from '../change/user-error.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { ProposalDecision, ProposalOrigin, ProposalPolicy } from './proposal.enums.js';
import { Proposal } from './proposal.js';

@InputType({ description: 'One row of a proposal.' })
export class ProposalRowInput {
  @Field(() => String, { nullable: true, description: 'The place in your list, for people. Default: `row n`.' })
  place?: string | null;
  @Field(() => GraphQLJSON, {
    description:
      'A JSON object: the values by path, as the columns of the exports or the fields of the inputs: {"id": "tie-rotterdam-shanghai", "startedOn": "1979-11-30"}. A path that is left out proposes nothing; null clears a value. Without `id` the record is found by its sides, its official code or its name.',
  })
  values!: unknown;
}

const DRY_RUN = 'Returns the full result, without writing anything.';

@InputType({ description: 'A proposal: its rows, and what is to be known of all of them.' })
export class SubmitProposalInput {
  @Field(() => SubjectType, { description: 'The type of the records that the rows are about.' })
  concept!: SubjectType;
  @Field(() => [ProposalRowInput], { description: 'The rows: at least one.' })
  rows!: ProposalRowInput[];
  @Field(() => SourceInput, {
    description: 'The source of the values. Accepted values are cited to it. `supports` is ignored.',
  })
  source!: SourceInput;
  @Field(() => ProposalPolicy, { defaultValue: ProposalPolicy.UPSERT, description: 'What the rows may do.' })
  policy!: ProposalPolicy;
  @Field(() => ProposalOrigin, {
    defaultValue: ProposalOrigin.PARTNER,
    description: 'Where the rows come from. Not `REPORT`.',
  })
  origin!: ProposalOrigin;
  @Field(() => ChangeCursor, {
    nullable: true,
    description:
      'The state of the register that the rows were made from, such as `latestChangeCursor` before an export: what was changed since, and not by the rows, stays. Default: the present state.',
  })
  basis?: string | null;
  @Field(() => String, {
    nullable: true,
    description: withLimit('What you say of it. Becomes the `reason` of its changes.', 'reason'),
  })
  message?: string | null;
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun!: boolean;
  @Field(() => String, {
    nullable: true,
    description:
      'Unique key for this call, chosen by the client, at most 255 characters. A repeated call with the same key returns the same proposal.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A proposal that a call is about.' })
class ExistingProposalInput {
  @Field(() => ID, { description: 'Id of the proposal.' })
  id!: string;
}

@InputType({ description: 'A decision on one row.' })
export class ProposalDecisionInput {
  @Field(() => ID, { description: 'Id of the row.' })
  itemId!: string;
  @Field(() => ProposalDecision, { description: 'The decision.' })
  decision!: ProposalDecision;
  @Field(() => ID, { nullable: true, description: 'With `CHOOSE`: the id of the record that is meant.' })
  choice?: string | null;
}

@InputType({ description: 'Decisions on rows of a proposal.' })
export class DecideProposalItemsInput extends ExistingProposalInput {
  @Field(() => Int, {
    description: 'The `version` that you have read. If another reviewer decided since, the error is `CONFLICT`.',
  })
  expectedVersion!: number;
  @Field(() => [ProposalDecisionInput], { description: 'The decisions: at most 200 in one call.' })
  decisions!: ProposalDecisionInput[];
}

@InputType({ description: 'The proposal to apply, as you have seen it.' })
export class ApplyProposalInput extends ExistingProposalInput {
  @Field(() => ChangeCursor, {
    description: 'The `basis` that you have seen. For another one nothing is written, and the error is `CONFLICT`.',
  })
  expectedBasis!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The `version` that you have read: if another reviewer decided since, the error is `CONFLICT`.',
  })
  expectedVersion?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun!: boolean;
}

@InputType({ description: 'The applied proposal to undo.' })
export class RevertProposalInput extends ExistingProposalInput {
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun!: boolean;
}

@InputType({ description: 'The proposal to reject.' })
export class RejectProposalInput extends ExistingProposalInput {}

@InputType({ description: 'The proposal to withdraw.' })
export class WithdrawProposalInput extends ExistingProposalInput {}

/** The result of a mutation of proposals. */
export interface ProposalPayload {
  proposal: Proposal | null;
  userErrors: UserError[];
}

/** Declares a mutation of proposals with a payload type of its own, so that each can grow alone. */
export function ProposalMutation(description: string): MethodDecorator {
  return (target, name, descriptor) => {
    const payload = payloadType(String(name));
    return Mutation(() => payload, { description })(target, name, descriptor);
  };
}

function payloadType(mutation: string): ClassType<ProposalPayload> {
  @ObjectType(payloadName(mutation), { description: `Result of \`${mutation}\`: the proposal, or the errors.` })
  class Payload implements ProposalPayload {
    @Field(() => Proposal, {
      nullable: true,
      description:
        'The proposal after the mutation. After a `CONFLICT` it is the present one; null after other errors.',
    })
    proposal!: Proposal | null;
    @AssumedSize(5)
    @Field(() => [UserError], {
      description: 'All that is wrong with the input; then nothing was written. Empty if the mutation succeeded.',
    })
    userErrors!: UserError[];
  }
  return Payload;
}
