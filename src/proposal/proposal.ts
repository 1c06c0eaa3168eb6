import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { SubjectType } from '../change/change.js';
import { ChangeCursor } from '../change/cursor.js';
import { DateTime } from '../graph/types/date-time.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';
import { ProposalOrigin, ProposalPolicy, ProposalState } from './proposal.enums.js';

@ObjectType({ description: 'The source that a proposal refers to. Accepted values are cited to it.' })
export class ProposalSource {
  @Field(() => String, { description: 'Title of the source.' })
  title!: string;
  @Field(() => String, { description: 'Publisher of the source.' })
  publisher!: string;
  @Field(() => HttpUrl, { nullable: true, description: 'Web address. Null if there is none.' })
  url!: string | null;
  @Field(() => PartialDate, { nullable: true, description: 'Publication date. Null if unknown.' })
  publishedOn!: string | null;
}

@ObjectType({ description: 'The number of rows of a proposal by verdict. They add up to `total`.' })
export class ProposalCounts {
  @Field(() => Int, { description: 'All rows.' })
  total!: number;
  @Field(() => Int, { description: 'Rows that create a record.' })
  create!: number;
  @Field(() => Int, { description: 'Rows that revise a record.' })
  revise!: number;
  @Field(() => Int, { description: 'Rows whose values the register has already.' })
  same!: number;
  @Field(() => Int, { description: 'Rows whose values conflict with better evidence, or with a change meanwhile.' })
  conflict!: number;
  @Field(() => Int, { description: 'Rows that may be about several records.' })
  ambiguous!: number;
  @Field(() => Int, { description: 'Rows for which no record was found.' })
  unmatched!: number;
  @Field(() => Int, { description: 'Rows that break a rule.' })
  refused!: number;
  @Field(() => Int, { description: 'Rows that were not written, because their record was changed meanwhile.' })
  stale!: number;
}

/** A reviewable set of changes. Written by SQL only. */
@Entity({ tableName: 'proposal' })
@ObjectType({
  description:
    'A set of changes that was proposed, such as the rows of a file, compared with the register and waiting for a reviewer.',
})
export class Proposal {
  @PrimaryKey({ type: 'text' })
  @Field(() => ID, { description: 'Id, such as proposal-3f1c….' })
  id!: string;

  @Property({ type: 'text' })
  @Field(() => SubjectType, { description: 'The type of the records that it is about.' })
  concept!: SubjectType;

  @Property({ type: 'text' })
  @Field(() => ProposalOrigin, { description: 'Where it comes from.' })
  origin!: ProposalOrigin;

  @Property({ type: 'text' })
  @Field(() => ProposalPolicy, { description: 'What its rows may do.' })
  policy!: ProposalPolicy;

  @Property({ type: 'text' })
  @Field(() => ProposalState, { description: 'How far it got.' })
  state!: ProposalState;

  @Property({ type: 'json', nullable: true })
  @Field(() => ProposalSource, { nullable: true, description: 'The source. Null for a report without one.' })
  source!: ProposalSource | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What the proposer says of it. Becomes the `reason` of its changes. Null if nothing.',
  })
  message!: string | null;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'Who proposed it: `admin`, `key:<id>`, `token:<subject>` or `anonymous`.' })
  proposer!: string;

  @Property({ type: 'text' })
  @Field(() => ChangeCursor, {
    description: 'The state of the register that its rows were compared with. Send it as `expectedBasis`.',
  })
  basis!: string;

  @Property({ type: 'json' })
  @Field(() => ProposalCounts, { description: 'The number of rows by verdict.' })
  counts!: ProposalCounts;

  @Property({ type: 'text', nullable: true })
  @Field(() => ID, {
    nullable: true,
    description: '`changeSet` of the changes that it was applied by. Null unless it was applied and wrote something.',
  })
  changeSet!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => ID, {
    nullable: true,
    description: '`changeSet` of the changes that undid it. Null unless it was reverted.',
  })
  revertChangeSet!: string | null;

  @Property({ columnType: 'timestamptz(3)', type: 'datetime', nullable: true })
  triagedAt!: Date | null;

  @Property({ type: 'integer' })
  @Field(() => Int, {
    description: 'Incremented by each decision, starting at 1. Send it as `expectedVersion` when you decide.',
  })
  version!: number;

  @Property({ columnType: 'timestamptz(3)', type: 'datetime' })
  @Field(() => DateTime, { description: 'When it was submitted.' })
  createdAt!: Date;

  @Property({ columnType: 'timestamptz(3)', type: 'datetime' })
  @Field(() => DateTime, { description: 'When it last changed.' })
  updatedAt!: Date;
}
