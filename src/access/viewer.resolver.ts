import { Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import type { Context } from '../context.js';
import { DateTime } from '../graph/types/date-time.js';
import { type Identity, IdentityKind } from './identity.js';

@ObjectType({ description: 'The identity of the request.' })
export class Viewer {
  @Field(() => IdentityKind, { description: 'How the request authenticated.' })
  kind!: IdentityKind;
  @Field(() => String, { description: 'The name of the key, or of the holder of the token.' })
  name!: string;
  @Field(() => String, { description: 'The author that the change log records: `key:<id>` or `token:<subject>`.' })
  actor!: string;
  @Field(() => [String], { description: 'The granted scopes. `register:admin` includes all others.' })
  scopes!: string[];
  @Field(() => [ID], {
    nullable: true,
    description:
      'Ids of the authorities that the key is bound to: it writes only records that touch one of them. Null for a key or token that is not bound.',
  })
  boundTo?: readonly string[];
  @Field(() => DateTime, {
    nullable: true,
    description: 'The time at which the key or token expires. Null if it does not expire.',
  })
  expiresAt!: Date | null;
}

@Resolver()
export class ViewerResolver {
  @Query(() => Viewer, { description: 'The identity of the request and its scopes.' })
  viewer(@Ctx() { identity, operationState }: Context): Identity {
    // Name and expiry belong to one token, and the cache identifies clients by actor and scopes.
    operationState.isMomentary ||= identity.kind !== IdentityKind.ANONYMOUS;
    return identity;
  }
}
