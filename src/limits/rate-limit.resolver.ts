import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Context } from '../context.js';
import { DateTime } from '../graph/types/date-time.js';

@ObjectType({
  description: 'The rate limit of the client: points per minute, per key or, without a key, per address.',
})
export class RateLimit {
  @Field(() => Int, { description: 'Points per minute.' })
  limit!: number;
  @Field(() => Int, { description: 'Points left after this operation.' })
  remaining!: number;
  @Field(() => Int, { description: 'Points that this operation consumed: its estimated cost, at least 1.' })
  cost!: number;
  @Field(() => DateTime, { description: 'The time at which all points are available again.' })
  resetAt!: Date;
}

@Resolver()
export class RateLimitResolver {
  @Query(() => RateLimit, {
    nullable: true,
    description: 'The rate limit of the client, as in the headers `RateLimit-*`. Null if there is no limit.',
  })
  rateLimit(@Ctx() { operationState }: Context): RateLimit | null {
    operationState.isMomentary = true;
    const { admission } = operationState;
    if (!admission?.budget) return null;
    const { limit, remaining, resetAt } = admission.budget;
    const cost = Math.max(1, Math.ceil(admission.estimated));
    return { limit, remaining, cost, resetAt: new Date(resetAt) };
  }
}
