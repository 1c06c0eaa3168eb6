import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLLatitude, GraphQLLongitude } from 'graphql-scalars';
import { Directive, Field, InterfaceType, ObjectType } from 'type-graphql';
import { Node, nodeTypeOf } from '../graph/record/node.js';
import { RegisterRecord, recordFields } from '../graph/record/register-record.js';
import { Names, type StoredNames } from '../graph/types/names.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from './authority.enums.js';

@Directive('@shareable')
@ObjectType({ description: 'Where something lies, in degrees (WGS 84).' })
export class Coordinates {
  @Field(() => GraphQLLatitude, { description: 'Degrees north of the equator.' })
  latitude!: number;
  @Field(() => GraphQLLongitude, { description: 'Degrees east of Greenwich.' })
  longitude!: number;
}

/** One table holds both sides: a tie joins any two of them, and a search reads them together. */
@Entity({ abstract: true, tableName: 'authority', discriminatorColumn: 'country' })
@Directive('@key(fields: "id")')
@InterfaceType({
  implements: Node,
  description: 'A decentral government, on either side. In Dutch: decentrale overheid.',
  resolveType: ({ id }: Authority) => nodeTypeOf(id),
})
@recordFields
export abstract class Authority extends RegisterRecord implements Node {
  @Property({ type: 'text' })
  @Field(() => Country, { description: 'Which side it stands on.' })
  country!: Country;

  @Property({ type: 'text' })
  level!: DutchAuthorityLevel | ChineseAuthorityLevel;

  @Property({ type: 'json' })
  @Field(() => Names, { description: 'All its names.' })
  names!: StoredNames;

  /** See `sortKey`: what a list by name is sorted by. */
  @Property({ type: 'text' })
  sortName!: string;

  @Property({ type: 'text', nullable: true })
  code!: string | null;

  @ManyToOne(() => Authority, { mapToPk: true, nullable: true })
  parent!: string | null;

  @ManyToOne(() => Authority, { mapToPk: true, nullable: true })
  prefecture!: string | null;

  @Property({ type: 'double', nullable: true })
  latitude!: number | null;

  @Property({ type: 'double', nullable: true })
  longitude!: number | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Its item in Wikidata, such as Q34370.' })
  wikidataId!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description: 'When it ceased to be, by merger for one; null while it exists.',
  })
  dissolvedOn!: string | null;
}

@Entity({ discriminatorValue: Country.NL })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "cbsCode")')
@ObjectType({ implements: Authority, description: 'A Dutch province, municipality or water authority.' })
export class DutchAuthority extends Authority {
  @Field(() => DutchAuthorityLevel, { description: 'What kind of government it is.' })
  override level!: DutchAuthorityLevel;

  @Field(() => String, {
    name: 'cbsCode',
    nullable: true,
    description: 'Its code at Statistics Netherlands (CBS), such as GM0599 for Rotterdam or PV30 for Noord-Brabant.',
  })
  override code!: string | null;
}

@Entity({ discriminatorValue: Country.CN })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "gbCode")')
@ObjectType({ implements: Authority, description: 'A Chinese province, city, county or district, or an equal of one.' })
export class ChineseAuthority extends Authority {
  @Field(() => ChineseAuthorityLevel, { description: 'What kind of government it is.' })
  override level!: ChineseAuthorityLevel;

  @Field(() => String, {
    name: 'gbCode',
    nullable: true,
    description: 'Its code in the national standard GB/T 2260, such as 310000 for Shanghai.',
  })
  override code!: string | null;
}
