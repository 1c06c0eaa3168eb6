import { ArgsType, type ClassType, Field, InputType, Int } from 'type-graphql';
import { describedEnum } from '../types/enum.js';
import { PartialDate } from '../types/partial-date.js';
import { ASSUMED_GROUPS, MAX_GROUPS } from './group-size.js';
import { CountFilter } from './operators.js';
import { OrderDirection } from './order.js';

export enum GroupOrderField {
  KEY = 'KEY',
  COUNT = 'COUNT',
}
describedEnum('GroupOrderField', GroupOrderField, 'Fields that groups can be sorted by.', {
  KEY: 'By the values of the dimensions in `by`, in that order. Unknown values come last.',
  COUNT: 'By number of records. Groups with the same number are sorted by the values of their dimensions.',
});

@InputType({ description: 'Sort order of groups.' })
export class GroupOrder {
  @Field(() => GroupOrderField, { description: 'The field to sort by.' })
  field!: GroupOrderField;
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Sort direction.' })
  direction!: OrderDirection;
}

export interface GroupArgs<D extends string> {
  by: D[];
  /** The day for which dimensions that change over time are computed; null means today. */
  on?: string | null | undefined;
  filter?: object | null | undefined;
  having?: object | null | undefined;
  orderBy?: GroupOrder | null | undefined;
  first?: number | null | undefined;
}

/**
 * Returns the arguments of a concept's groups.
 *
 * @param dated The dimension that `on` applies to, as its description names it.
 */
export function groupArgs<D extends string>(dimension: () => object, filterType: () => ClassType, dated: D) {
  @ArgsType()
  class Args implements GroupArgs<D> {
    @Field(() => [dimension()] as never, { description: 'The dimensions to group by: 1 to 3 different ones.' })
    by!: D[];
    @Field(() => PartialDate, {
      nullable: true,
      description: `The day for which \`${dated}\` is computed; a year or a month means its first day. Default: today. It does not filter: see \`statusOn\` and \`activeOn\` of \`PartnershipFilter\`.`,
    })
    on?: string | null;
    @Field(filterType, {
      nullable: true,
      description:
        'Filters the records before they are grouped: all conditions must hold. Conditions that are null or an empty text are ignored, so that a form can send all its fields; a date that is not given is null.',
    })
    filter?: object | null;
    @Field(() => CountFilter, { nullable: true, description: 'Returns only groups with this number of records.' })
    having?: CountFilter | null;
    @Field(() => GroupOrder, { nullable: true, description: 'Sort order of the groups. Default: `KEY`, ascending.' })
    orderBy?: GroupOrder | null;
    @Field(() => Int, {
      nullable: true,
      description: `Returns the first n groups in the order of \`orderBy\`: 1 to ${MAX_GROUPS}. Default: all groups; lists can then be selected under at most ${ASSUMED_GROUPS} of them.`,
    })
    first?: number | null;
  }
  return Args;
}
