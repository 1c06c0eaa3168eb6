import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { historyField } from '../change/change.listing.js';
import type { Context } from '../context.js';
import { InputError } from '../graph/errors.js';
import { ListField, type ListResolver } from '../graph/list/list-field.js';
import { PageArgs } from '../graph/list/page.js';
import type { ListRelation } from '../graph/list/relation.js';
import { rootConnection } from '../graph/list/root-list.js';
import { RequiresColumns } from '../graph/read/requires-columns.js';
import { nodeByIdOfType } from '../graph/record/node.js';
import { resolveReference } from '../graph/record/record-loader.js';
import { TextField, type TextResolver } from '../graph/record/text-field.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { message } from '../messages/message.js';
import { citationsField } from '../source/citation.js';
import { Authority, ChineseAuthority, Coordinates } from './authority.js';
import { AuthorityConnection, AuthorityList, authorities } from './authority.listing.js';
import { authorityByCode } from './authority.loaders.js';

const CODE_FORM = /^(?:(?:GM|PV|WS)\d{2,4}|\d{6})$/;

const childrenOfAuthority: ListRelation<Authority> = {
  name: 'Authority.children',
  list: authorities,
  on: (row, [parent]) => sql`${row}.parent_id = ${parent}`,
};

const predecessorsOfAuthority: ListRelation<Authority> = {
  name: 'Authority.predecessors',
  list: authorities,
  on: (row, [successor]) => sql`${row}.succeeded_by_id = ${successor}`,
};

@Resolver(() => Authority)
export class AuthorityResolver {
  @Query(() => Authority, {
    nullable: true,
    description: 'Returns the authority with this id or official code: exactly one of the two. Null if there is none.',
  })
  authority(
    @Arg('id', () => ID, { nullable: true, description: 'The id, such as nl-rotterdam.' }) id: string | null,
    @Arg('code', () => String, {
      nullable: true,
      description: 'CBS code, such as GM0599, or GB/T 2260 code, such as 310000.',
    })
    code: string | null,
    @Ctx() { em }: Context,
  ) {
    if ((id == null) === (code == null)) {
      throw new InputError(message(id == null ? 'ID_OR_CODE_MISSING' : 'ID_AND_CODE', {}));
    }
    if (id != null) return nodeByIdOfType(em, authorities, id, 'nl', 'cn');
    return CODE_FORM.test(code as string) ? authorityByCode(em).load(code as string) : null;
  }

  @Query(() => AuthorityConnection, nullOnError('Returns Dutch and Chinese authorities.'))
  authorities(@Args(() => AuthorityList) args: AuthorityList, @Ctx() { em }: Context) {
    return rootConnection(em, authorities, 'Query.authorities', args);
  }

  @TextField('names', { description: 'The name in one language.' })
  readonly name!: TextResolver;

  @RequiresColumns('latitude', 'longitude')
  @FieldResolver(() => Coordinates, {
    nullable: true,
    description: 'Geographical position, from GeoNames (CC BY 4.0). Null if unknown.',
  })
  location(@Root() { latitude, longitude }: Authority): Coordinates | null {
    return latitude === null || longitude === null ? null : { latitude, longitude };
  }

  @FieldResolver(() => Authority, {
    nullable: true,
    description: 'The province (or equivalent) that the authority belongs to. Null for a province.',
  })
  parent(@Root() { parent }: Authority, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, parent);
  }

  @ListField(childrenOfAuthority, () => PageArgs, {
    description: 'The authorities whose `parent` is this one, by name.',
  })
  readonly children!: ListResolver<Authority>;

  @FieldResolver(() => Authority, {
    nullable: true,
    description:
      'The authority that this one became part of, for example by a merger. Null while it exists, and if no authority or several took its place.',
  })
  succeededBy(@Root() { succeededBy }: Authority, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, succeededBy);
  }

  @ListField(predecessorsOfAuthority, () => PageArgs, {
    description: 'The authorities whose `succeededBy` is this one, by name.',
  })
  readonly predecessors!: ListResolver<Authority>;
}

@Resolver(() => ChineseAuthority)
export class ChineseAuthorityResolver {
  @FieldResolver(() => ChineseAuthority, {
    nullable: true,
    description: 'The prefecture-level city that a district or county-level city belongs to. Null if there is none.',
  })
  prefecture(@Root() { prefecture }: Authority, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, prefecture);
  }
}

export const AuthorityHistory = historyField(() => Authority);
export const AuthorityCitations = citationsField(() => Authority, 'authority_id');
