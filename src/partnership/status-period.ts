import { Field, ObjectType } from 'type-graphql';
import { PartialDate } from '../graph/types/partial-date.js';
import { PartnershipStatus, StatusDecisionMaker } from './partnership.enums.js';

@ObjectType({ description: 'A period in which a partnership had one status. Periods of a partnership never overlap.' })
export class StatusPeriod {
  id!: string;
  @Field(() => PartnershipStatus, { description: 'Status during the period.' })
  status!: PartnershipStatus;
  @Field(() => PartialDate, { description: 'Start of the period, as far as there is evidence.' })
  from!: string;
  @Field(() => PartialDate, {
    nullable: true,
    description: 'End of the period, that day not included. Null if it still lasts.',
  })
  until!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why the status changed, in the language in which it was recorded. Null if no reason was recorded.',
  })
  reason!: string | null;
  @Field(() => StatusDecisionMaker, { description: 'Who decided that the status changed.' })
  decidedBy!: StatusDecisionMaker;
}
