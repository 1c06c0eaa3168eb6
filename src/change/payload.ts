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
describedEnum('UserErrorCode', UserErrorCode, 'Why nothing was written.', {
  CONFLICT: 'The record was changed since you saw it: load it again, and decide anew.',
  NOT_FOUND: 'There is no such record.',
  INVALID: 'A value breaks a rule of the register.',
  DUPLICATE: 'The register holds this already.',
  OVERLAPPING_PERIOD: 'It would overlap a period that is recorded.',
  EVIDENCE_REQUIRED: 'A change of status needs a reason or a source.',
  KEY_REUSED: 'The idempotencyKey was used for another call.',
});

@ObjectType({ description: 'A reason why nothing was written.' })
export class UserError {
  @Field(() => UserErrorCode, { description: 'The kind of reason, to branch on.' })
  code!: UserErrorCode;
  @Field(() => String, { description: 'The rule, its bound, and what came.' })
  message!: string;
  @Field(() => [String], { description: 'Where in the input: ["input", "since"].' })
  path!: string[];
  @Field(() => Int, { nullable: true, description: 'The version that the record has now; of a CONFLICT only.' })
  currentVersion?: number;
  @Field(() => [String], {
    nullable: true,
    description: 'The fields that were changed since the version you saw; of a CONFLICT only.',
  })
  conflictingFields?: string[];
}

/** Ends a write: everything is undone, and the client is told why. */
export class WriteRejected extends Error {
  readonly errors: UserError[];
  constructor(...errors: UserError[]) {
    super(errors.map(({ message }) => message).join(' '));
    this.errors = errors;
  }
}

/** Refuses one field of the input. */
export function rejectField(code: UserErrorCode, field: string, message: string): WriteRejected {
  return new WriteRejected({ code, message, path: ['input', ...field.split('.')] });
}

/** What a mutation comes to. */
export interface Payload<Row> {
  record: Row | null;
  change: Change | null;
  userErrors: UserError[];
}

/** The payload type of a concept's mutations: the record under the concept's own name, the change, the errors. */
export function payloadType(name: string, field: string, type: () => ClassType): ClassType<Payload<object>> {
  @ObjectType(`${name}Payload`, {
    description: `What became of a call: the ${name} record, what was logged, or why nothing was written.`,
  })
  class ConceptPayload {
    record!: object | null;
    @Field(() => Change, {
      nullable: true,
      description: 'What was written to the log; null when nothing changed, or nothing was written.',
    })
    change!: Change | null;
    @AssumedSize(5)
    @Field(() => [UserError], { description: 'Why nothing was written; empty when something was.' })
    userErrors!: UserError[];
  }
  Field(type as never, {
    name: field,
    nullable: true,
    description: 'The record as it is after the call; null when nothing was written.',
  })(ConceptPayload.prototype, 'record');
  return ConceptPayload as never;
}
