import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { codeList } from '../graph/types/code-list.js';
import { DateTime } from '../graph/types/date-time.js';
import { TextArray } from '../graph/types/text-array.js';
import type { FieldChange } from './field-change.js';

export enum ChangeKind {
  RECORDED = 'RECORDED',
  REVISED = 'REVISED',
  MARKED_DORMANT = 'MARKED_DORMANT',
  RENEWED = 'RENEWED',
  ENDED = 'ENDED',
  LINKED_TO_PROGRAMME = 'LINKED_TO_PROGRAMME',
  UNLINKED_FROM_PROGRAMME = 'UNLINKED_FROM_PROGRAMME',
  WITHDRAWN = 'WITHDRAWN',
  REDACTED = 'REDACTED',
}
codeList('ChangeKind', ChangeKind, 'Kind of change.', {
  RECORDED: ['The record was created.', 'Vastgelegd', 'Recorded', '已登记'],
  REVISED: ['Fields of the record were corrected or added.', 'Herzien', 'Revised', '已修订'],
  MARKED_DORMANT: ['A partnership was put on hold.', 'Slapend gemaakt', 'Marked dormant', '已标记为休眠'],
  RENEWED: ['A partnership was renewed, or a dormant one was resumed.', 'Vernieuwd', 'Renewed', '已续签'],
  ENDED: ['A partnership was ended.', 'Beëindigd', 'Ended', '已终止'],
  LINKED_TO_PROGRAMME: [
    'A partnership was linked to a programme.',
    'Aan een programma verbonden',
    'Linked to a programme',
    '已关联项目',
  ],
  UNLINKED_FROM_PROGRAMME: [
    'The link between a partnership and a programme was removed.',
    'Van een programma losgemaakt',
    'Unlinked from a programme',
    '已取消关联项目',
  ],
  WITHDRAWN: ['The record was removed because it was recorded by mistake.', 'Ingetrokken', 'Withdrawn', '已撤回'],
  REDACTED: [
    'Texts were removed from the record and from all its earlier changes, for example the name of a person. A copy of the register must remove them, too.',
    'Weggelakt',
    'Redacted',
    '已遮盖',
  ],
});

export enum SubjectType {
  AUTHORITY = 'AUTHORITY',
  PARTNERSHIP = 'PARTNERSHIP',
  PROGRAMME = 'PROGRAMME',
  EXCHANGE = 'EXCHANGE',
  ORGANISATION = 'ORGANISATION',
  PROPOSAL = 'PROPOSAL',
}

codeList('SubjectType', SubjectType, 'Type of the record that changed.', {
  AUTHORITY: ['A Dutch or Chinese authority.', 'Overheid', 'Authority', '政府'],
  PARTNERSHIP: ['A partnership between two authorities.', 'Band', 'Partnership', '友好关系'],
  PROGRAMME: ['A cooperation programme.', 'Programma', 'Programme', '项目'],
  EXCHANGE: ['An exchange, such as a visit, a performance or a trade mission.', 'Uitwisseling', 'Exchange', '交流活动'],
  ORGANISATION: [
    'An organisation that takes part in partnerships or programmes.',
    'Organisatie',
    'Organisation',
    '机构',
  ],
  PROPOSAL: [
    'A proposal to change records. Its changes say how far it got; its rows, message and source are for reviewers.',
    'Voorstel',
    'Proposal',
    '提案',
  ],
});

/** One row of the change log. Rows are append-only, except that a redaction removes texts; their ids are in commit order. */
@Entity({ tableName: 'change' })
@ObjectType({
  description: 'One change of one record: who made it, when, why, and the old and new value of each field.',
})
export class Change {
  @PrimaryKey({ type: 'integer', autoincrement: true })
  id!: number;

  /** Sixteen random hexadecimal digits: tells the change from one with the same id in another history of the log. */
  @Property({ type: 'text', defaultRaw: `right(replace(gen_random_uuid()::text, '-', ''), 16)` })
  mark!: string;

  @Property({ type: 'text' })
  @Field(() => ChangeKind, { description: 'Kind of change.' })
  kind!: ChangeKind;

  /** Never earlier than that of a change with a lower id. Changes of one transaction may be equal in it. */
  @Property({ columnType: 'timestamptz(3)', type: 'datetime', defaultRaw: 'next_change_time()' })
  @Field(() => DateTime, { description: 'When the change was recorded.' })
  recordedAt!: Date;

  @Property({ type: 'text' })
  @Field(() => String, { description: 'Who made the change: `seed`, `admin`, `key:<id>` or `token:<subject>`.' })
  actor!: string;

  @Property({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Reason for the change, in the language in which the client stated it. Null if none was stated.',
  })
  reason!: string | null;

  @Property({ type: 'text' })
  @Field(() => SubjectType, { description: 'Type of the record.' })
  subjectType!: SubjectType;

  @Property({ type: 'text' })
  @Field(() => ID, { description: 'Id of the record.' })
  subjectId!: string;

  @Property({ type: 'integer' })
  @Field(() => Int, {
    description:
      'The `version` of the record after the change. A copy that has this version or a higher one has the change already.',
  })
  subjectVersion!: number;

  /**
   * The authorities it affects, before or after: the record itself and the areas that it joins or leaves, or its sides and
   * partners. Read by the filter.
   */
  @Property({ type: TextArray })
  authorities!: string[];

  @Property({ type: 'json' })
  fields!: FieldChange[];

  @Property({ type: 'text', nullable: true })
  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the set of changes that were made as one, such as those of an applied proposal: `changes(filter: { changeSets: [id] })` returns all of them. Null for a change that was made alone.',
  })
  changeSet!: string | null;
}
