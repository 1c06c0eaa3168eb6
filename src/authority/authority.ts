import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, InterfaceType, ObjectType } from 'type-graphql';
import { Labelled } from '../graph/record/labelled.js';
import { Node, resolveNodeType } from '../graph/record/node.js';
import { RegisterRecord, recordFields } from '../graph/record/register-record.js';
import { Cost } from '../graph/schema/cost.js';
import { Latitude, Longitude } from '../graph/types/degrees.js';
import { Names, type StoredNames } from '../graph/types/names.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from './authority.enums.js';

@Directive('@shareable')
@ObjectType({ description: 'Geographical position, in degrees (WGS 84).' })
export class Coordinates {
  @Field(() => Latitude, { description: 'Latitude: degrees north of the equator.' })
  latitude!: number;
  @Field(() => Longitude, { description: 'Longitude: degrees east of Greenwich.' })
  longitude!: number;
}

/** Both sides share one table, so that a filter or a search over authorities reads one table. */
@Entity({
  abstract: true,
  tableName: 'authority',
  discriminatorColumn: 'country',
  // From values at the classes, MikroORM would make it with a collator, which takes a fiftieth of a start to load.
  discriminatorMap: { [Country.NL]: 'DutchAuthority', [Country.CN]: 'ChineseAuthority' },
})
@Directive('@key(fields: "id")')
@InterfaceType({
  implements: [Node, Labelled],
  description: 'A Dutch or Chinese local, regional or provincial government. In Dutch: decentrale overheid.',
  resolveType: resolveNodeType,
})
@recordFields
export abstract class Authority extends RegisterRecord implements Node {
  @Property({ type: 'text' })
  @Field(() => Country, { description: 'The country, and so the side: NL for Dutch, CN for Chinese.' })
  country!: Country;

  @Property({ type: 'text' })
  level!: DutchAuthorityLevel | ChineseAuthorityLevel;

  @Property({ type: 'json' })
  @Field(() => Names, { description: 'The names, by language.' })
  names!: StoredNames;

  /** Sort key of lists by name; see `sortKey`. */
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
  @Field(() => String, { nullable: true, description: 'Item in Wikidata, such as Q34370. Null if unknown.' })
  wikidataId!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description: 'Date of dissolution, for example by a merger. Null while the authority exists.',
  })
  dissolvedOn!: string | null;

  @ManyToOne(() => Authority, { mapToPk: true, nullable: true })
  succeededBy!: string | null;
}

// Free: a field of this type is a side of a record, or a province, and is read with it. Items of lists are Authorities.
@Entity()
@Directive('@key(fields: "id")')
@Directive('@key(fields: "cbsCode")')
@Cost(0)
@ObjectType({ implements: Authority, description: 'A Dutch province, municipality or water authority.' })
export class DutchAuthority extends Authority {
  @Field(() => DutchAuthorityLevel, { description: 'The level of government.' })
  override level!: DutchAuthorityLevel;

  @Field(() => String, {
    name: 'cbsCode',
    nullable: true,
    description:
      'Code at Statistics Netherlands (CBS), such as GM0599 for Rotterdam or PV30 for Noord-Brabant. Null if unknown.',
  })
  override code!: string | null;
}

@Entity()
@Directive('@key(fields: "id")')
@Directive('@key(fields: "gbCode")')
@Cost(0)
@ObjectType({ implements: Authority, description: 'A Chinese province, city, county or district, or an equivalent.' })
export class ChineseAuthority extends Authority {
  @Field(() => ChineseAuthorityLevel, { description: 'The level of government.' })
  override level!: ChineseAuthorityLevel;

  @Field(() => String, {
    name: 'gbCode',
    nullable: true,
    description: 'Code in the Chinese standard GB/T 2260, such as 310000 for Shanghai. Null if unknown.',
  })
  override code!: string | null;
}
