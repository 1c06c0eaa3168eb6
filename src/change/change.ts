import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { AssumedSize } from '../graph/cost.js';
import { describedEnum } from '../graph/enum.js';
import { DateTime } from '../graph/record.js';

export enum ChangeKind {
  RECORDED = 'RECORDED',
  REVISED = 'REVISED',
  MARKED_DORMANT = 'MARKED_DORMANT',
  RENEWED = 'RENEWED',
  ENDED = 'ENDED',
  LINKED_TO_PROGRAMME = 'LINKED_TO_PROGRAMME',
  UNLINKED_FROM_PROGRAMME = 'UNLINKED_FROM_PROGRAMME',
  WITHDRAWN = 'WITHDRAWN',
}
describedEnum('ChangeKind', ChangeKind, 'What happened to a record.', {
  RECORDED: 'It came into the register.',
  REVISED: 'Some of its facts were corrected or added to.',
  MARKED_DORMANT: 'A tie was put on hold.',
  RENEWED: 'A tie was renewed.',
  ENDED: 'A tie was ended.',
  LINKED_TO_PROGRAMME: 'A tie came to be carried by a programme.',
  UNLINKED_FROM_PROGRAMME: 'A tie ceased to be carried by a programme.',
  WITHDRAWN: 'It was taken out of the register, as recorded by mistake.',
});

export enum SubjectType {
  AUTHORITY = 'AUTHORITY',
  PARTNERSHIP = 'PARTNERSHIP',
  PROGRAMME = 'PROGRAMME',
  EXCHANGE = 'EXCHANGE',
  ORGANISATION = 'ORGANISATION',
}
describedEnum('SubjectType', SubjectType, 'The type of the record that changed.', {
  AUTHORITY: 'An authority.',
  PARTNERSHIP: 'A partnership.',
  PROGRAMME: 'A programme.',
  EXCHANGE: 'An exchange.',
  ORGANISATION: 'An organisation.',
});

@ObjectType({ description: 'What one field of a record was, and what it became.' })
export class FieldChange {
  @Field(() => String, { description: 'The name of the field.' })
  field!: string;
  @Field(() => GraphQLJSON, { nullable: true, description: 'What it was; null also when the record is new.' })
  before!: unknown;
  @Field(() => GraphQLJSON, { nullable: true, description: 'What it became; null also when the record was withdrawn.' })
  after!: unknown;
}

/** One row of the log. Rows are written once, never changed; their ids are in the order of the commits. */
@Entity({ tableName: 'change' })
@ObjectType({ description: 'One change of one record: who made it, when, why, and what became of each field.' })
export class Change {
  @PrimaryKey({ type: 'integer', autoincrement: true })
  id!: number;

  @Property({ type: 'text' })
  @Field(() => ChangeKind, { description: 'What happened.' })
  kind!: ChangeKind;

  @Property({ columnType: 'timestamptz(3)', type: 'datetime', defaultRaw: 'clock_timestamp()' })
  @Field(() => DateTime, { description: 'When it was written down.' })
  recordedAt!: Date;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'Who made it: seed, admin, key:<id> or token:<subject>.' })
  actor!: string;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Why, in their words.' })
  reason!: string | null;

  @Property({ type: 'text' })
  @Field(() => SubjectType, { description: 'The type of the record.' })
  subjectType!: SubjectType;

  @Property({ type: 'text' })
  @Field(() => ID, { description: 'The id of the record.' })
  subjectId!: string;

  /** The version that the record reached with it. */
  @Property({ type: 'integer' })
  subjectVersion!: number;

  /** The authorities that it touches: the record itself, or its sides and partners, before and after. */
  @Property({ type: ArrayType })
  authorities!: string[];

  @Property({ type: 'json' })
  @AssumedSize(10)
  @Field(() => [FieldChange], { description: 'Each field that it touched, with the whole of it before and after.' })
  fields!: FieldChange[];
}
