import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { Labelled } from '../graph/record/labelled.js';
import { Node } from '../graph/record/node.js';
import { RegisterRecord, recordFields } from '../graph/record/register-record.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { TextArray } from '../graph/types/text-array.js';
import { Confidence } from '../source/confidence.js';
import {
  DialogueTopic,
  PartnershipKind,
  PartnershipMotive,
  PartnershipOrigin,
  type PartnershipStatus,
  type StatusDecisionMaker,
  SupportBase,
  Theme,
} from './partnership.enums.js';

@Entity({ tableName: 'partnership' })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "dutch { id } chinese { id }")')
@ObjectType({
  implements: [Node, Labelled],
  description:
    'A partnership between a Dutch and a Chinese authority. In Dutch: stedenband or provincieband; in everyday English: tie, hence the prefix `tie-` of the ids.',
})
@recordFields
export class Partnership extends RegisterRecord implements Node {
  @ManyToOne(() => DutchAuthority, { mapToPk: true })
  dutch!: string;

  @ManyToOne(() => ChineseAuthority, { mapToPk: true })
  chinese!: string;

  @Property({ type: 'text' })
  @Field(() => PartnershipKind, { description: 'Form of the partnership.' })
  kind!: PartnershipKind;

  /** Today's status, always equal to the current period. Clients read it through `status(on:)`. */
  @Property({ type: 'text' })
  status!: PartnershipStatus;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description:
      "Start date of today's status; of an active partnership, the date of its last renewal. Null if unknown, and while it is active since `startedOn` without a renewal.",
  })
  statusSince!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'Start date. Null if unknown.' })
  startedOn!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, { nullable: true, description: 'End date. Null unless the partnership has ended.' })
  endedOn!: string | null;

  @Property({ columnType: 'partial_date', type: 'text', nullable: true })
  @Field(() => PartialDate, {
    nullable: true,
    description: 'Date of the newest evidence that the partnership exists, or of its end. Null if unknown.',
  })
  lastEvidenceOn!: string | null;

  @Property({ type: 'text' })
  @Field(() => PartnershipOrigin, { description: 'Who took the initiative.' })
  origin!: PartnershipOrigin;

  @ManyToOne(() => Partnership, { mapToPk: true, nullable: true })
  encouragedBy!: string | null;

  @Property({ type: TextArray })
  @Field(() => [PartnershipMotive], { description: 'Reasons for the partnership. Empty if unknown.' })
  motives!: PartnershipMotive[];

  @Property({ type: TextArray })
  @Field(() => [Theme], { description: 'Subjects of the partnership. Empty if unknown.' })
  themes!: Theme[];

  @Property({ type: TextArray })
  @Field(() => [SupportBase], {
    description: 'Groups that support the partnership. In Dutch: draagvlak. Empty if unknown.',
  })
  support!: SupportBase[];

  @Property({ type: TextArray })
  @Field(() => [DialogueTopic], {
    description: 'Sensitive subjects that the partnership makes it possible to discuss. Empty if unknown.',
  })
  dialogueTopics!: DialogueTopic[];

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

/**
 * A status from a day on, until the next period of the same partnership begins. No end is stored, so periods cannot
 * overlap and an end cannot contradict a start.
 */
@Entity({ tableName: 'status_period' })
export class RecordedStatus {
  /** Id of the partnership and the first day; see `periodId`. */
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

  @Property({ type: 'text' })
  decidedBy!: StatusDecisionMaker;
}
