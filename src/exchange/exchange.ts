import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { Labelled } from '../graph/record/labelled.js';
import { Node } from '../graph/record/node.js';
import { RegisterRecord, recordFields } from '../graph/record/register-record.js';
import type { StoredNames } from '../graph/types/names.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { TextArray } from '../graph/types/text-array.js';
import { Partnership } from '../partnership/partnership.js';
import { Programme } from '../programme/programme.js';
import { Confidence } from '../source/confidence.js';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from './exchange.enums.js';

@Entity({ tableName: 'exchange' })
@Directive('@key(fields: "id")')
@ObjectType({
  implements: [Node, Labelled],
  description: 'A joint activity of the two sides, such as a visit, an exhibition, a trade mission or a course.',
})
@recordFields
export class Exchange extends RegisterRecord implements Node {
  @Property({ type: 'text' })
  @Field(() => ExchangeKind, { description: 'The kind of exchange.' })
  kind!: ExchangeKind;

  @Property({ type: 'text', nullable: true })
  @Field(() => ExchangeSubkind, {
    nullable: true,
    description: 'Form or subject, more specific than `kind`. Null if unknown.',
  })
  subkind!: ExchangeSubkind | null;

  @Property({ type: 'json' })
  title!: StoredNames;

  /** Sort key of lists by title; see `sortKey`. */
  @Property({ type: 'text' })
  sortName!: string;

  @Property({ type: 'text' })
  @Field(() => ExchangeStatus, {
    description: 'How far the exchange got, by the sources. `PLANNED` does not mean that it took place.',
  })
  status!: ExchangeStatus;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: 'Whether the exchange recurs, for example every year.' })
  recurring!: boolean;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description: 'Date, or the first of several days. Null if unknown.',
  })
  startedOn!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description: 'Last day. Null for an exchange of one day, or if unknown.',
  })
  endedOn!: string | null;

  @ManyToOne(() => DutchAuthority, { mapToPk: true, nullable: true })
  dutch!: string | null;

  @ManyToOne(() => ChineseAuthority, { mapToPk: true, nullable: true })
  chinese!: string | null;

  @ManyToOne(() => Partnership, { mapToPk: true, nullable: true })
  partnership!: string | null;

  @Property({ type: 'boolean', nullable: true })
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the exchange took place under a partnership. Null if unclear.',
  })
  underPartnership!: boolean | null;

  @ManyToOne(() => Programme, { mapToPk: true, nullable: true })
  programme!: string | null;

  @Property({ type: TextArray })
  @Field(() => [String], { description: 'Names of the participants.' })
  participants!: string[];

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Description of the event, in English. Null if there is none.' })
  description!: string | null;

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
