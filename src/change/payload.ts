import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { AssumedSize } from '../graph/schema/cost.js';
import { describedEnum } from '../graph/types/enum.js';
import { Change } from './change.js';

export enum UserErrorCode {
  CONFLICT = 'CONFLICT',
  NOT_FOUND = 'NOT_FOUND',
  INVALID = 'INVALID',
  DUPLICATE = 'DUPLICATE',
  OVERLAPPING_PERIOD = 'OVERLAPPING_PERIOD',
  EVIDENCE_REQUIRED = 'EVIDENCE_REQUIRED',
  KEY_REUSED = 'KEY_REUSED',
}
describedEnum('UserErrorCode', UserErrorCode, 'Reason why a mutation wrote nothing.', {
  CONFLICT: 'The record has changed since you read it. Load it again before you retry.',
  NOT_FOUND: 'There is no record with this id.',
  INVALID: 'A value breaks a rule of the register; see `message`.',
  DUPLICATE: 'The register already contains this record or link.',
  OVERLAPPING_PERIOD: 'The date overlaps a recorded period of the partnership.',
  EVIDENCE_REQUIRED: 'A change of status requires `reason` or `source`.',
  KEY_REUSED: 'The `idempotencyKey` was already used for a different call.',
});

@ObjectType({ description: 'An error in the input, because of which nothing was written.' })
export class UserError {
  @Field(() => UserErrorCode, { description: 'Kind of error, for use in code.' })
  code!: UserErrorCode;
  @Field(() => String, { description: 'In English: which rule was broken, its limit, and the value received.' })
  message!: string;
  @Field(() => [String], { description: 'Path of the field in the arguments, such as ["input", "since"].' })
  path!: string[];
  @Field(() => Int, { nullable: true, description: 'Current version of the record. Null unless `code` is `CONFLICT`.' })
  currentVersion?: number;
  @Field(() => [String], {
    nullable: true,
    description: 'Fields that have changed since the version that you read. Null unless `code` is `CONFLICT`.',
  })
  conflictingFields?: string[];
}

/** Thrown by a command to reject the write: the transaction is rolled back and the client receives the errors. */
export class WriteRejected extends Error {
  readonly errors: UserError[];
  constructor(...errors: UserError[]) {
    super(errors.map(({ message }) => message).join(' '));
    this.errors = errors;
  }
}

/** Creates the rejection of one field of the input; `field` may be a path such as `names.zh`. */
export function rejectField(code: UserErrorCode, field: string, message: string): WriteRejected {
  return new WriteRejected({ code, message, path: ['input', ...field.split('.')] });
}

/** The result of a mutation. */
export interface Payload<Row> {
  record: Row | null;
  change: Change | null;
  userErrors: UserError[];
}

/** Declares the payload type of a concept's mutations: the record under the concept's name, the change, the errors. */
export function payloadType(name: string, field: string, type: () => ClassType): ClassType<Payload<object>> {
  @ObjectType(`${name}Payload`, {
    description: `Result of a mutation: the ${name} record and its change, or the errors.`,
  })
  class ConceptPayload {
    record!: object | null;
    @Field(() => Change, {
      nullable: true,
      description: 'The change as recorded in the change log. Null if nothing changed, or if there are errors.',
    })
    change!: Change | null;
    @AssumedSize(5)
    @Field(() => [UserError], { description: 'Why nothing was written. Empty if the mutation succeeded.' })
    userErrors!: UserError[];
  }
  Field(type as never, {
    name: field,
    nullable: true,
    description: 'The record after the mutation. Null if there are errors, or if the record was withdrawn.',
  })(ConceptPayload.prototype, 'record');
  return ConceptPayload as never;
}
