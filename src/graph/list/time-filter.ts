import sql, { raw } from 'sql-template-tag';
import { Field, InputType } from 'type-graphql';
import { column } from '../sql/columns.js';
import { DateTime } from '../types/date-time.js';
import type { Condition, FilterFields } from './filter.js';
import { allOf } from './operators.js';

@InputType({ description: 'Conditions on a time; all must hold. Times compare to the millisecond.' })
export class DateTimeFilter {
  @Field(() => DateTime, { nullable: true, description: 'Earlier than this time.' })
  before?: Date;
  @Field(() => DateTime, { nullable: true, description: 'Later than this time.' })
  after?: Date;
  @Field(() => DateTime, { nullable: true, description: 'At this time or later.' })
  from?: Date;
  @Field(() => DateTime, { nullable: true, description: 'At this time or earlier.' })
  until?: Date;
}

/**
 * Condition of the filter field `updatedAt`. Sends seconds, because PostgreSQL rejects some texts that are valid times in
 * RFC 3339, such as those of the year 0000:
 *
 *     p.updated_at >= to_timestamp($1::double precision)
 */
const updatedAtCondition: Condition<DateTimeFilter> = (row, operators) => {
  const compare = (sign: string) => (time: Date) =>
    sql`${column('updated_at')(row)} ${raw(sign)} to_timestamp(${time.getTime() / 1000}::double precision)`;
  return allOf(operators, {
    before: compare('<'),
    after: compare('>'),
    from: compare('>='),
    until: compare('<='),
  } as never);
};

/** The filter field `updatedAt`, the same in the filter of each concept. */
export const updatedAtField: FilterFields = {
  updatedAt: [() => DateTimeFilter, 'Filters by the time of the last change.', updatedAtCondition],
};
