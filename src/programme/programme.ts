import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, Float, ObjectType } from 'type-graphql';
import { Authority } from '../authority/authority.js';
import { Labelled } from '../graph/record/labelled.js';
import { Node } from '../graph/record/node.js';
import { RegisterRecord, recordFields } from '../graph/record/register-record.js';
import { Names, type StoredNames } from '../graph/types/names.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { TextArray } from '../graph/types/text-array.js';
import { Organisation } from '../organisation/organisation.js';
import { Partnership } from '../partnership/partnership.js';
import { Confidence } from '../source/confidence.js';

@Entity({ tableName: 'programme' })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "iatiId")')
@ObjectType({
  implements: [Node, Labelled],
  description: "A cooperation programme: part of VNG International's China portfolio, or related to it.",
})
@recordFields
export class Programme extends RegisterRecord implements Node {
  @Property({ type: 'json' })
  @Field(() => Names, { description: 'The names, by language.' })
  names!: StoredNames;

  /** Sort key of lists by name; see `sortKey`. */
  @Property({ type: 'text' })
  sortName!: string;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Description of the programme, in English. Null if there is none.',
  })
  description!: string | null;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: "Whether the programme belongs to VNG International's China portfolio." })
  inVngInternationalPortfolio!: boolean;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'Start date. Null if unknown.' })
  startedOn!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'End date, actual or planned. Null if unknown.' })
  endedOn!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Name of the funder. Null if unknown.' })
  funder!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Name of the organisation that carries out the programme. Null if unknown.',
  })
  implementer!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Project number used by the implementer. Null if unknown.' })
  projectCode!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Identifier in the International Aid Transparency Initiative (IATI). Null if there is none.',
  })
  iatiId!: string | null;

  @Property({ type: 'double', nullable: true })
  @Field(() => Float, { nullable: true, description: 'Budget in euros. Null if unknown.' })
  budgetEur!: number | null;

  @Property({ type: TextArray })
  @Field(() => [String], {
    description: 'Subjects as free text in English, a few words each. Not values of the enum `Theme`.',
  })
  themes!: string[];

  @Property({ type: TextArray })
  @Field(() => [String], { description: 'Names of partners without a record in the register.' })
  otherPartners!: string[];

  @Property({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Other information, in English, and differences between sources. Null if there is none.',
  })
  notes!: string | null;

  @Property({ type: 'text' })
  @Field(() => Confidence, { description: 'How well the record is supported by sources.' })
  confidence!: Confidence;
}

/** Link table: participating organisations. */
@Entity({ tableName: 'programme_organisation' })
export class ProgrammeOrganisation {
  @ManyToOne(() => Programme, { mapToPk: true, primary: true })
  programme!: string;
  @ManyToOne(() => Organisation, { mapToPk: true, primary: true })
  organisation!: string;
}

/** Link table: participating authorities. */
@Entity({ tableName: 'programme_authority' })
export class ProgrammeAuthority {
  @ManyToOne(() => Programme, { mapToPk: true, primary: true })
  programme!: string;
  @ManyToOne(() => Authority, { mapToPk: true, primary: true })
  authority!: string;
}

/** Link table: partnerships linked to a programme. */
@Entity({ tableName: 'programme_partnership' })
export class ProgrammePartnership {
  @ManyToOne(() => Programme, { mapToPk: true, primary: true })
  programme!: string;
  @ManyToOne(() => Partnership, { mapToPk: true, primary: true })
  partnership!: string;
}
