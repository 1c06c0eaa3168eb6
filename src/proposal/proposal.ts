import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { SubjectType } from '../change/change.js';
import { ChangeCursor } from '../change/cursor.js';
import { UserError } from '../change/user-error.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { DateTime } from '../graph/types/date-time.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';
import type { Candidate } from './candidate.js';
import type { ProposedField } from './concept.js';
import { ProposalDecision, ProposalOrigin, ProposalPolicy, ProposalState, ProposalVerdict } from './proposal.enums.js';

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

@ObjectType({ description: 'A value that a row proposes, beside those of the register.' })
export class ProposalField {
  @Field(() => String, {
    description: 'The path of the value, as the exports name it, such as `startedOn` or `dutch.id`.',
  })
  field!: string;
  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'The value at the `basis` of the proposal. Null if there was none.',
  })
  atBasis!: unknown;
  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'The value when the row was compared. Null if there was none.',
  })
  now!: unknown;
  @Field(() => GraphQLJSON, { nullable: true, description: 'The value of the row. Null clears the value.' })
  proposed!: unknown;
  @Field(() => Boolean, {
    description: 'Whether the register has better evidence for its value, or the value was changed since the basis.',
  })
  isConflict!: boolean;
}

@ObjectType({ description: 'A record that a row may be about.' })
export class ProposalCandidate {
  @Field(() => ID, { description: 'Id of the record. Send it as `choice`.' })
  id!: string;
  @Field(() => String, {
    description:
      'The path of the row that it is a value of: `id` for the record itself, `dutch.id` for its Dutch side.',
  })
  path!: string;
  @Field(() => Float, { description: 'How well it fits: 0 to 100.' })
  score!: number;
  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'What the score is made of: the features that were compared. Null for an exact key.',
  })
  why!: unknown;
}

/** One row of a proposal. Written by SQL only. */
@Entity({ tableName: 'proposal_item' })
@ObjectType({ description: 'One row of a proposal, with what it comes to.' })
export class ProposalItem {
  @PrimaryKey({ type: 'text' })
  @Field(() => ID, { description: 'Id, for decisions.' })
  id!: string;

  @ManyToOne(() => Proposal, { mapToPk: true })
  proposal!: string;

  @Property({ type: 'integer' })
  @Field(() => Int, { description: 'Position in the proposal, from 1.' })
  number!: number;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'The place in the file, such as a row.' })
  place!: string;

  @Property({ type: 'text' })
  @Field(() => ProposalVerdict, { description: 'What the row comes to.' })
  verdict!: ProposalVerdict;

  @Property({ type: 'text', nullable: true })
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the record that the row is about. Null if there is none yet, or none was found.',
  })
  subjectId!: string | null;

  @Property({ type: 'integer', nullable: true })
  @Field(() => Int, {
    nullable: true,
    description: '`version` of the record when the row was compared. Null without a record.',
  })
  subjectVersion!: number | null;

  @Property({ type: 'json' })
  @Field(() => GraphQLJSON, { description: 'The values of the row as they came: a JSON object by path.' })
  proposed!: object;

  @Property({ type: 'json' })
  @AssumedSize(10)
  @Field(() => [ProposalField], { description: 'The values that differ from those of the register.' })
  fields!: ProposedField[];

  @Property({ type: 'json' })
  @AssumedSize(5)
  @Field(() => [ProposalCandidate], { description: 'The records that may be meant. Empty unless `AMBIGUOUS`.' })
  candidates!: Candidate[];

  @Property({ type: 'text', nullable: true })
  @Field(() => ProposalDecision, {
    nullable: true,
    description: 'What a reviewer decided. Null: `CREATE` and `REVISE` are written, all others are not.',
  })
  decision!: ProposalDecision | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => ID, { nullable: true, description: 'Id of the candidate that a reviewer chose. Null if none was.' })
  choice!: string | null;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: 'Whether the row was written to the register.' })
  isApplied!: boolean;

  @Property({ type: 'json' })
  @AssumedSize(5)
  @Field(() => [UserError], {
    description:
      'The rules that the row breaks; `path` names the column, as in ["values", "startedOn"]. Empty if none.',
  })
  problems!: UserError[];
}
