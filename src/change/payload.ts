import { type ClassType, Field, ID, Mutation, ObjectType } from 'type-graphql';
import { AssumedSize } from '../graph/schema/cost.js';
import { Change } from './change.js';
import { UserError } from './user-error.js';

/** The result of a mutation. */
export interface Payload<Row> {
  record: Row | null;
  change: Change | null;
  /** The id of the record, if the call withdrew it. */
  withdrawnId: string | null;
  userErrors: UserError[];
}

/** The record in the payloads of a concept's mutations. */
export interface PayloadRecord {
  /** The field of the payload. */
  field: string;
  type: () => ClassType;
  /** The field with the id of the record, of a mutation that withdraws it. */
  withdrawnId?: string;
}

/**
 * Declares a mutation with a payload type of its own, so that each can grow alone: `endPartnership` returns
 * `EndPartnershipPayload`. Its argument `input` has the type `EndPartnershipInput` by the same rule.
 */
export function WriteMutation(record: PayloadRecord, description: string): MethodDecorator {
  return (target, name, descriptor) => {
    const payload = payloadType(String(name), record);
    return Mutation(() => payload, { description })(target, name, descriptor);
  };
}

const conflictNote = 'After a `CONFLICT` it is the present record, as others changed it.';

/** Returns the name of the payload of a mutation. */
export const payloadName = (mutation: string): string =>
  `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Payload`;

function payloadType(mutation: string, { field, type, withdrawnId }: PayloadRecord): ClassType {
  @ObjectType(payloadName(mutation), {
    description: `Result of \`${mutation}\`: the record and its change, or the errors.`,
  })
  class MutationPayload {
    record!: object | null;
    withdrawnId!: string | null;
    @Field(() => Change, {
      nullable: true,
      description:
        'The change as recorded in the change log. Null if there are errors, or if the record has these values already.',
    })
    change!: Change | null;
    @AssumedSize(5)
    @Field(() => [UserError], {
      description: 'All that is wrong with the input; then nothing was written. Empty if the mutation succeeded.',
    })
    userErrors!: UserError[];
  }
  Field(type as never, {
    name: field,
    nullable: true,
    description: withdrawnId
      ? `Null after a withdrawal. ${conflictNote} Null after other errors.`
      : `The record after the mutation. ${conflictNote} Null after other errors.`,
  })(MutationPayload.prototype, 'record');
  if (withdrawnId) {
    Field(() => ID, {
      name: withdrawnId,
      nullable: true,
      description: 'Id of the withdrawn record, to remove it from a cache. Null if there are errors.',
    })(MutationPayload.prototype, 'withdrawnId');
  }
  return MutationPayload;
}
