import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Country } from '../authority/authority.enums.js';
import { Node } from '../graph/record/node.js';
import { RegisterRecord, recordFields } from '../graph/record/register-record.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { Names, type StoredNames } from '../graph/types/names.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';
import { Confidence } from '../source/confidence.js';
import { ContactPointType, OrganisationKind } from './organisation.enums.js';

@ObjectType({ description: 'A general way to reach an organisation; never a private person.' })
export class ContactPoint {
  @Field(() => ContactPointType, { description: 'What it is.' })
  type!: ContactPointType;
  @Field(() => String, { description: 'The address, or the function to ask for.' })
  value!: string;
  @Field(() => String, { nullable: true, description: 'Where it was seen.' })
  seenIn?: string | null;
}

@Entity({ tableName: 'organisation' })
@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  description: 'An organisation that plays a part in the ties, such as VNG International or CPAFFC.',
})
@recordFields
export class Organisation extends RegisterRecord implements Node {
  @Property({ type: 'text' })
  @Field(() => OrganisationKind, { description: 'What kind it is.' })
  kind!: OrganisationKind;

  @Property({ type: 'json' })
  @Field(() => Names, { description: 'All its names.' })
  names!: StoredNames;

  /** See `sortKey`: what a list by name is sorted by. */
  @Property({ type: 'text' })
  sortName!: string;

  @Property({ type: 'json' })
  role!: StoredNames;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'The place of its office.' })
  city!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => Country, { nullable: true, description: 'The country of its office.' })
  country!: Country | null;

  @ManyToOne(() => Organisation, { mapToPk: true, nullable: true })
  parent!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'When it was founded; null when no source says.' })
  startedOn!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description: 'When it ceased to be; null while it exists or when no source says.',
  })
  endedOn!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => HttpUrl, { nullable: true, description: 'Its site.' })
  website!: string | null;

  @Property({ type: 'json' })
  @AssumedSize(5)
  @Field(() => [ContactPoint], { description: 'General addresses and functions.' })
  contactPoints!: ContactPoint[];

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What else is to be known.' })
  notes!: string | null;

  @Property({ type: 'text' })
  @Field(() => Confidence, { description: 'How well the record is evidenced.' })
  confidence!: Confidence;
}
