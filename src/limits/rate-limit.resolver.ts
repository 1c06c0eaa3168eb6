import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Context } from '../context.js';
import { DateTime } from '../graph/record/register-record.js';

@ObjectType({
  description:
    'What you may spend on operations: a budget of points a minute for your key, or for your address without one.',
})
export class RateLimit {
  @Field(() => Int, { description: 'Points a minute.' })
  limit!: number;
  @Field(() => Int, { description: 'Points that are left after this operation.' })
  remaining!: number;
  @Field(() => Int, { description: 'What this operation took: its estimated cost, at least 1.' })
  cost!: number;
  @Field(() => DateTime, { description: 'When the budget is whole again.' })
  resetAt!: Date;
}

@Resolver()
export class RateLimitResolver {
  @Query(() => RateLimit, {
    nullable: true,
    description: 'What is left of your budget, as the headers RateLimit-* say too; null when nothing bounds it.',
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
