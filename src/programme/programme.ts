import { ArrayType } from '@mikro-orm/core';
import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, Float, ObjectType } from 'type-graphql';
import { Authority } from '../authority/authority.js';
import { Node } from '../graph/record/node.js';
import { RegisterRecord, recordFields } from '../graph/record/register-record.js';
import { Names, type StoredNames } from '../graph/types/names.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Organisation } from '../organisation/organisation.js';
import { Partnership } from '../partnership/partnership.js';
import { Confidence } from '../source/confidence.js';

@Entity({ tableName: 'programme' })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "iatiId")')
@ObjectType({
  implements: Node,
  description: "A programme of cooperation: VNG International's China portfolio, and related ones beside it.",
})
@recordFields
export class Programme extends RegisterRecord implements Node {
  @Property({ type: 'json' })
  @Field(() => Names, { description: 'All its names.' })
  names!: StoredNames;

  /** See `sortKey`: what a list by name is sorted by. */
  @Property({ type: 'text' })
  sortName!: string;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What it is.' })
  description!: string | null;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: "Whether it belongs to VNG International's China portfolio." })
  inVngInternationalPortfolio!: boolean;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'When it began; null when no source says.' })
  startedOn!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'When it ended or was to end; null when no source says.' })
  endedOn!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Who pays for it.' })
  funder!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Who carries it out.' })
  implementer!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Its number with the one who carries it out.' })
  projectCode!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Its identifier in the International Aid Transparency Initiative.',
  })
  iatiId!: string | null;

  @Property({ type: 'double', nullable: true })
  @Field(() => Float, { nullable: true, description: 'Its budget in euros.' })
  budgetEur!: number | null;

  @Property({ type: ArrayType })
  @Field(() => [String], { description: 'What it is about, in a few words each.' })
  themes!: string[];

  @Property({ type: ArrayType })
  @Field(() => [String], { description: 'Partners that have no record of their own.' })
  otherPartners!: string[];

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What else is to be known, and where sources disagree.' })
  notes!: string | null;

  @Property({ type: 'text' })
  @Field(() => Confidence, { description: 'How well the record is evidenced.' })
  confidence!: Confidence;
}

/** An organisation takes part in a programme. */
@Entity({ tableName: 'programme_organisation' })
export class ProgrammeOrganisation {
  @ManyToOne(() => Programme, { mapToPk: true, primary: true })
  programme!: string;
  @ManyToOne(() => Organisation, { mapToPk: true, primary: true })
  organisation!: string;
}

/** An authority takes part in a programme. */
@Entity({ tableName: 'programme_authority' })
export class ProgrammeAuthority {
  @ManyToOne(() => Programme, { mapToPk: true, primary: true })
  programme!: string;
  @ManyToOne(() => Authority, { mapToPk: true, primary: true })
  authority!: string;
}

/** A partnership is carried by a programme. */
@Entity({ tableName: 'programme_partnership' })
export class ProgrammePartnership {
  @ManyToOne(() => Programme, { mapToPk: true, primary: true })
  programme!: string;
  @ManyToOne(() => Partnership, { mapToPk: true, primary: true })
  partnership!: string;
}
