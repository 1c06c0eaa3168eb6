import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { AssumedSize } from '../graph/schema/cost.js';
import type { Candidate } from './candidate.js';
import type { ProposedField } from './concept.js';
import { ProposalDecision, ProposalVerdict } from './proposal.enums.js';
import { Proposal } from './proposal.js';
import { RowProblem } from './row-problem.js';

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
  @Field(() => String, {
    nullable: true,
    description:
      'The name of the record that resembles the row most, as the register spells it: an older name, or one in another language. Null if only a code is equal.',
  })
  matched!: string | null;
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
  @Field(() => [RowProblem], {
    description:
      'The rules that the row breaks; `path` names the column, as in ["values", "startedOn"]. Empty if none. `ROW_COLUMN_COMPUTED` refuses nothing: the column is left out.',
  })
  problems!: RowProblem[];
}
