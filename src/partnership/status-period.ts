import { Field, ObjectType } from 'type-graphql';
import { PartialDate } from '../graph/types/partial-date.js';
import { PartnershipStatus } from './partnership.enums.js';

@ObjectType({ description: 'How long a tie was in one status. Periods of a tie never overlap.' })
export class StatusPeriod {
  id!: string;
  @Field(() => PartnershipStatus, { description: 'The status.' })
  status!: PartnershipStatus;
  @Field(() => PartialDate, { description: 'The first day it holds, as far as evidence goes back.' })
  from!: string;
  @Field(() => PartialDate, { nullable: true, description: 'The first day it no longer holds; null while it does.' })
  until!: string | null;
  @Field(() => String, { nullable: true, description: 'Why the status changed, where somebody recorded it.' })
  reason!: string | null;
}
