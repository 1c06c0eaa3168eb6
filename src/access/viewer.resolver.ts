import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { Context } from '../context.js';
import { DateTime } from '../graph/record/register-record.js';
import { type Identity, IdentityKind } from './identity.js';

@ObjectType({ description: 'Who the register takes you for.' })
export class Viewer {
  @Field(() => IdentityKind, { description: 'How you showed who you are.' })
  kind!: IdentityKind;
  @Field(() => String, { description: 'The name of the key, or of the holder of the token.' })
  name!: string;
  @Field(() => String, { description: 'What the change log calls you.' })
  actor!: string;
  @Field(() => [String], { description: 'What you may write; register:admin covers everything.' })
  scopes!: string[];
  @Field(() => DateTime, { nullable: true, description: 'When the key or token ceases to work; null for never.' })
  expiresAt!: Date | null;
}

@Resolver()
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who your key says you are, and what you may do.' })
  viewer(@Ctx() { identity }: Context): Identity {
    return identity;
  }
}
