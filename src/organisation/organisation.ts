import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Country } from '../authority/authority.enums.js';
import { Labelled } from '../graph/record/labelled.js';
import { Node } from '../graph/record/node.js';
import { RegisterRecord, recordFields } from '../graph/record/register-record.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { Names, type StoredNames } from '../graph/types/names.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';
import { Confidence } from '../source/confidence.js';
import { ContactPointType, OrganisationKind } from './organisation.enums.js';

@ObjectType({ description: 'A general way to reach an organisation, never the details of a private person.' })
export class ContactPoint {
  @Field(() => ContactPointType, { description: 'The kind of contact point.' })
  type!: ContactPointType;
  @Field(() => String, { description: 'The address or URL, or the function to ask for.' })
  value!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The website or publication that names the contact point. Null if unknown.',
  })
  seenIn?: string | null;
}

@Entity({ tableName: 'organisation' })
@Directive('@key(fields: "id")')
@ObjectType({
  implements: [Node, Labelled],
  description: 'An organisation with a role in the partnerships, such as VNG International or CPAFFC.',
})
@recordFields
export class Organisation extends RegisterRecord implements Node {
  @Property({ type: 'text' })
  @Field(() => OrganisationKind, { description: 'The kind of organisation.' })
  kind!: OrganisationKind;

  @Property({ type: 'json' })
  @Field(() => Names, { description: 'The names, by language.' })
  names!: StoredNames;

  /** Sort key of lists by name; see `sortKey`. */
  @Property({ type: 'text' })
  sortName!: string;

  @Property({ type: 'json' })
  role!: StoredNames;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'City of the office. Null if unknown.' })
  city!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => Country, { nullable: true, description: 'Country of the office. Null if unknown.' })
  country!: Country | null;

  @ManyToOne(() => Organisation, { mapToPk: true, nullable: true })
  parent!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'Founding date. Null if unknown.' })
  startedOn!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description: 'Date of dissolution. Null while the organisation exists, or if unknown.',
  })
  endedOn!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => HttpUrl, { nullable: true, description: 'URL of the website. Null if unknown.' })
  website!: string | null;

  @Property({ type: 'json' })
  @AssumedSize(5)
  @Field(() => [ContactPoint], { description: 'General addresses and functions. Empty if unknown.' })
  contactPoints!: ContactPoint[];

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Other information, in English. Null if there is none.' })
  notes!: string | null;

  @Property({ type: 'text' })
  @Field(() => Confidence, { description: 'How well the record is supported by sources.' })
  confidence!: Confidence;
}
