import { ArrayType } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { Node } from '../graph/record/node.js';
import { RegisterRecord, recordFields } from '../graph/record/register-record.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Confidence } from '../source/confidence.js';
import {
  DialogueTopic,
  PartnershipKind,
  PartnershipMotive,
  PartnershipOrigin,
  type PartnershipStatus,
  SupportBase,
  Theme,
} from './partnership.enums.js';

@Entity({ tableName: 'partnership' })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "dutch { id } chinese { id }")')
@ObjectType({
  implements: Node,
  description: 'A tie between a Dutch and a Chinese authority. In Dutch: stedenband, provincieband.',
})
@recordFields
export class Partnership extends RegisterRecord implements Node {
  @ManyToOne(() => DutchAuthority, { mapToPk: true })
  dutch!: string;

  @ManyToOne(() => ChineseAuthority, { mapToPk: true })
  chinese!: string;

  @Property({ type: 'text' })
  @Field(() => PartnershipKind, { description: 'The form it was given.' })
  kind!: PartnershipKind;

  /** Today's, kept equal to the period that holds now; shown through `status(on:)`. */
  @Property({ type: 'text' })
  status!: PartnershipStatus;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description: "Since when today's status holds, as far as a source says: of an active tie, its last renewal.",
  })
  statusSince!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'When it was made; null when no source says.' })
  startedOn!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'When it was ended; null when it was not.' })
  endedOn!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description: 'The date of the newest evidence that it existed, or of its end.',
  })
  lastEvidenceOn!: string | null;

  @Property({ type: 'text' })
  @Field(() => PartnershipOrigin, { description: 'Who set it going.' })
  origin!: PartnershipOrigin;

  @ManyToOne(() => Partnership, { mapToPk: true, nullable: true })
  encouragedBy!: string | null;

  @Property({ type: ArrayType })
  @Field(() => [PartnershipMotive], { description: 'Why it is wanted; empty when no source says.' })
  motives!: PartnershipMotive[];

  @Property({ type: ArrayType })
  @Field(() => [Theme], { description: 'What it is about.' })
  themes!: Theme[];

  @Property({ type: ArrayType })
  @Field(() => [SupportBase], { description: 'Who stands behind it, in Dutch draagvlak; empty when no source says.' })
  support!: SupportBase[];

  @Property({ type: ArrayType })
  @Field(() => [DialogueTopic], { description: 'The difficult subjects it makes room for; empty when no source says.' })
  dialogueTopics!: DialogueTopic[];

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What else is to be known, and where sources disagree.' })
  notes!: string | null;

  @Property({ type: 'text' })
  @Field(() => Confidence, { description: 'How well the record is evidenced.' })
  confidence!: Confidence;
}

/**
 * From a day on, a tie is in this status, until the next period of the same tie begins. So periods cannot overlap: there
 * is no end to store that could contradict a beginning.
 */
@Entity({ tableName: 'status_period' })
export class RecordedStatus {
  /** `periodId`: the tie and the day. */
  @PrimaryKey({ type: 'text' })
  id!: string;

  @ManyToOne(() => Partnership, { mapToPk: true })
  partnership!: string;

  @Property({ type: 'text' })
  status!: PartnershipStatus;

  @Property({ columnType: 'partial_date', type: 'text' })
  fromOn!: string;

  @Property({ type: 'text', nullable: true })
  reason!: string | null;
}
