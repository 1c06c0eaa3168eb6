import sql from 'sql-template-tag';
import { Field, InputType } from 'type-graphql';
import type { Condition } from '../graph/list/filter.js';
import { enumCondition, enumFilter } from '../graph/list/operators.js';
import { earliestDay, PartialDate } from '../graph/types/partial-date.js';
import { PartnershipStatus, StatusDecisionMaker } from './partnership.enums.js';
import { decidedByOn, statusOn } from './status.js';

const DecidedByFilter = enumFilter('StatusDecisionMaker', () => StatusDecisionMaker);

@InputType({
  description:
    'Conditions on the status that partnerships had on a day, as `status(on:)` returns it; all must hold. `NOT_YET_STARTED` and `UNKNOWN` are values too.',
})
export class PartnershipStatusOnFilter {
  @Field(() => PartialDate, { description: 'The day; a year or a month means its first day.' })
  on!: string;
  @Field(() => PartnershipStatus, { nullable: true, description: 'Equals this value.' })
  eq?: PartnershipStatus;
  @Field(() => [PartnershipStatus], {
    nullable: true,
    description: 'Is one of these values (at most 100). `[]` matches nothing.',
  })
  in?: PartnershipStatus[];
  @Field(() => [PartnershipStatus], {
    nullable: true,
    description: 'Is none of these values (at most 100). `[]` matches everything.',
  })
  notIn?: PartnershipStatus[];
  @Field(() => DecidedByFilter, { nullable: true, description: 'Filters by who decided on that status.' })
  decidedBy?: Record<string, unknown> | null;
}

/** Condition of the filter field `statusOn`: compares `statusOn` of the row with the operators. */
export const statusOnCondition: Condition<PartnershipStatusOnFilter> = (
  row,
  { on, decidedBy, ...operators },
  scope,
) => {
  const day = sql`${earliestDay(on)}`;
  const status = enumCondition(() => statusOn(row, day))(row, operators, scope);
  const path = `${scope.path}.decidedBy`;
  const decided = decidedBy && enumCondition(() => decidedByOn(row, day))(row, decidedBy, { ...scope, path });
  return status && decided ? sql`(${status} and ${decided})` : (status ?? decided ?? undefined);
};
