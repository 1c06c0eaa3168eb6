import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { DateTime } from '../graph/record/register-record.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { codeList } from '../graph/types/code-list.js';

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
codeList('ChangeKind', ChangeKind, 'What happened to a record.', {
  RECORDED: ['It came into the register.', 'Vastgelegd', 'Recorded', '已登记'],
  REVISED: ['Some of its facts were corrected or added to.', 'Herzien', 'Revised', '已修订'],
  MARKED_DORMANT: ['A tie was put on hold.', 'Slapend gemaakt', 'Marked dormant', '已标记为休眠'],
  RENEWED: ['A tie was renewed.', 'Vernieuwd', 'Renewed', '已续签'],
  ENDED: ['A tie was ended.', 'Beëindigd', 'Ended', '已终止'],
  LINKED_TO_PROGRAMME: [
    'A tie came to be carried by a programme.',
    'Aan een programma verbonden',
    'Linked to a programme',
    '已关联项目',
  ],
  UNLINKED_FROM_PROGRAMME: [
    'A tie ceased to be carried by a programme.',
    'Van een programma losgemaakt',
    'Unlinked from a programme',
    '已取消关联项目',
  ],
  WITHDRAWN: ['It was taken out of the register, as recorded by mistake.', 'Ingetrokken', 'Withdrawn', '已撤回'],
});

export enum SubjectType {
  AUTHORITY = 'AUTHORITY',
  PARTNERSHIP = 'PARTNERSHIP',
  PROGRAMME = 'PROGRAMME',
  EXCHANGE = 'EXCHANGE',
  ORGANISATION = 'ORGANISATION',
}
codeList('SubjectType', SubjectType, 'The type of the record that changed.', {
  AUTHORITY: ['An authority.', 'Overheid', 'Authority', '政府'],
  PARTNERSHIP: ['A partnership.', 'Band', 'Partnership', '友好关系'],
  PROGRAMME: ['A programme.', 'Programma', 'Programme', '项目'],
  EXCHANGE: ['An exchange.', 'Uitwisseling', 'Exchange', '交流活动'],
  ORGANISATION: ['An organisation.', 'Organisatie', 'Organisation', '机构'],
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
