import sql, { type Sql } from 'sql-template-tag';
import { Field, InputType } from 'type-graphql';
import { InputError } from '../graph/errors.js';
import type { Condition } from '../graph/list/filter.js';
import { Latitude, Longitude } from '../graph/types/degrees.js';
import { message } from '../messages/message.js';

@InputType({
  description:
    'An area between two parallels and two meridians, such as the visible part of a map; its edges belong to it. If `west` is greater than `east`, the area crosses the antimeridian (180°).',
})
export class BoundingBox {
  @Field(() => Latitude, { description: 'Southern edge: a latitude of at most that of `north`.' })
  south!: number;
  @Field(() => Longitude, { description: 'Western edge.' })
  west!: number;
  @Field(() => Latitude, { description: 'Northern edge.' })
  north!: number;
  @Field(() => Longitude, { description: 'Eastern edge.' })
  east!: number;
}

@InputType({ description: 'Conditions on a location; all must hold. Unknown locations never match.' })
export class LocationFilter {
  @Field(() => BoundingBox, { nullable: true, description: 'Lies in this area.' })
  within?: BoundingBox | null;
}

const isInside = (row: Sql, { south, west, north, east }: BoundingBox): Sql => {
  const longitude =
    west <= east
      ? sql`${row}.longitude between ${west} and ${east}`
      : sql`(${row}.longitude >= ${west} or ${row}.longitude <= ${east})`;
  return sql`(${row}.latitude between ${south} and ${north} and ${longitude})`;
};

/**
 * Condition of the filter field `location`:
 *
 *     (a.latitude between $1 and $2 and a.longitude between $3 and $4)
 *
 * @throws InputError if the southern edge is north of the northern one.
 */
export const locationCondition: Condition<LocationFilter> = (row, { within }, { path }) => {
  if (!within) return undefined;
  const { south, north } = within;
  if (south > north) throw new InputError(message('BOX_UPSIDE_DOWN', { path: `${path}.within`, south, north }));
  return isInside(row, within);
};
