import { ArgsType, type ClassType, Field, InputType } from 'type-graphql';
import { describedEnum } from '../types/enum.js';
import { CountFilter } from './operators.js';
import { OrderDirection } from './order.js';

export enum GroupOrderField {
  KEY = 'KEY',
  COUNT = 'COUNT',
}
describedEnum('GroupOrderField', GroupOrderField, 'What groups can be sorted by.', {
  KEY: 'What they are grouped by, in that order; the unknown last.',
  COUNT: 'How many they hold; equal ones by their keys.',
});

@InputType({ description: 'How to sort groups.' })
export class GroupOrder {
  @Field(() => GroupOrderField, { description: 'What to sort by.' })
  field!: GroupOrderField;
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: OrderDirection;
}

export interface GroupArgs<D extends string> {
  by: D[];
  filter?: object | null | undefined;
  having?: object | null | undefined;
  orderBy?: GroupOrder | null | undefined;
}

/** The arguments of a concept's groups. */
export function groupArgs<D extends string>(dimension: () => object, filterType: () => ClassType) {
  @ArgsType()
  class Args implements GroupArgs<D> {
    @Field(() => [dimension()] as never, { description: 'What to group by: 1 to 3 different dimensions.' })
    by!: D[];
    @Field(filterType, { nullable: true, description: 'Only these records.' })
    filter?: object | null;
    @Field(() => CountFilter, { nullable: true, description: 'Only groups that hold this many.' })
    having?: CountFilter | null;
    @Field(() => GroupOrder, { nullable: true, description: 'How to sort the groups; without it by their keys.' })
    orderBy?: GroupOrder | null;
  }
  return Args;
}
