import { ArrayType } from '@mikro-orm/core';
import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { Node } from '../graph/record/node.js';
import { RegisterRecord, recordFields } from '../graph/record/register-record.js';
import type { StoredNames } from '../graph/types/names.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Partnership } from '../partnership/partnership.js';
import { Programme } from '../programme/programme.js';
import { Confidence } from '../source/confidence.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from './exchange.enums.js';

@Entity({ tableName: 'exchange' })
@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  description: 'Something that the two sides did together: a visit, a show, a mission, a course.',
})
@recordFields
export class Exchange extends RegisterRecord implements Node {
  @Property({ type: 'text' })
  @Field(() => ExchangeKind, { description: 'What kind it is.' })
  kind!: ExchangeKind;

  @Property({ type: 'text', nullable: true })
  @Field(() => ExchangeSubkind, { nullable: true, description: 'What it is, more exactly.' })
  subkind!: ExchangeSubkind | null;

  @Property({ type: 'json' })
  title!: StoredNames;

  /** See `sortKey`: what a list by title is sorted by. */
  @Property({ type: 'text' })
  sortName!: string;

  @Property({ type: 'text' })
  @Field(() => ExchangeStatus, { description: 'How far it came.' })
  status!: ExchangeStatus;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: 'Whether it came back, yearly for one.' })
  recurring!: boolean;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'When it was held or began; null when no source says.' })
  startedOn!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description: 'When it ended; null when it took a day or no source says.',
  })
  endedOn!: string | null;

  @ManyToOne(() => DutchAuthority, { mapToPk: true, nullable: true })
  dutch!: string | null;

  @ManyToOne(() => ChineseAuthority, { mapToPk: true, nullable: true })
  chinese!: string | null;

  @ManyToOne(() => Partnership, { mapToPk: true, nullable: true })
  partnership!: string | null;

  @Property({ type: 'boolean', nullable: true })
  @Field(() => Boolean, { nullable: true, description: 'Whether it was held under a tie; null when that is unclear.' })
  underPartnership!: boolean | null;

  @ManyToOne(() => Programme, { mapToPk: true, nullable: true })
  programme!: string | null;

  @Property({ type: ArrayType })
  @Field(() => [String], { description: 'Who took part, by name.' })
  participants!: string[];

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What happened.' })
  description!: string | null;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What else is to be known, and where sources disagree.' })
  notes!: string | null;

  @Property({ type: 'text' })
  @Field(() => Confidence, { description: 'How well the record is evidenced.' })
  confidence!: Confidence;
}
