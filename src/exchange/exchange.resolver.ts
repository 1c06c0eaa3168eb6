import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Authority, ChineseAuthority, DutchAuthority } from '../authority/authority.js';
import { authorities } from '../authority/authority.listing.js';
import { hasSide } from '../authority/sides.js';
import { historyField } from '../change/change.listing.js';
import type { Context } from '../context.js';
import { ListField, type ListResolver } from '../graph/list/list-field.js';
import type { ListRelation } from '../graph/list/relation.js';
import { rootConnection } from '../graph/list/root-list.js';
import { RequiresColumns } from '../graph/read/requires-columns.js';
import { nodeByIdOfType } from '../graph/record/node.js';
import { resolveReference } from '../graph/record/record-loader.js';
import { TextField, type TextResolver } from '../graph/record/text-field.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { Names, type StoredNames } from '../graph/types/names.js';
import { Partnership } from '../partnership/partnership.js';
import { partnerships } from '../partnership/partnership.listing.js';
import { Programme } from '../programme/programme.js';
import { programmes } from '../programme/programme.listing.js';
import { citationsField } from '../source/citation.js';
import { Exchange } from './exchange.js';
import { ExchangeConnection, ExchangeList, exchanges } from './exchange.listing.js';

const exchangesOf = (owner: string, on: ListRelation<Exchange>['on']): ListRelation<Exchange> => ({
  name: `${owner}.exchanges`,
  list: exchanges,
  on,
});
const exchangesOfAuthority = exchangesOf('Authority', (row, [authority], _, type) =>
  hasSide(row, sql`${authority}`, type),
);
const exchangesOfPartnership = exchangesOf(
  'Partnership',
  (row, [partnership]) => sql`${row}.partnership_id = ${partnership}`,
);
const exchangesOfProgramme = exchangesOf('Programme', (row, [programme]) => sql`${row}.programme_id = ${programme}`);

export const ExchangeHistory = historyField(() => Exchange);
export const ExchangeCitations = citationsField(() => Exchange, 'exchange_id');

@Resolver(() => Exchange)
export class ExchangeResolver {
  @Query(() => Exchange, { nullable: true, description: 'Returns the exchange with this id. Null if there is none.' })
  exchange(
    @Arg('id', () => ID, { description: 'The id, such as exch-rotterdam-shanghai-rcro.' }) id: string,
    @Ctx() { em }: Context,
  ) {
    return nodeByIdOfType(em, exchanges, id, 'exch');
  }

  @Query(() => ExchangeConnection, nullOnError('Returns exchanges, including those outside a partnership.'))
  exchanges(@Args(() => ExchangeList) args: ExchangeList, @Ctx() { em }: Context) {
    return rootConnection(em, exchanges, 'Query.exchanges', args);
  }

  @TextField('title', { description: 'The title in one language.' })
  readonly title!: TextResolver;

  @RequiresColumns('title')
  @FieldResolver(() => Names, { description: 'The titles, by language.' })
  titles(@Root() { title }: Exchange): StoredNames {
    return { aliases: [], ...title };
  }

  @FieldResolver(() => DutchAuthority, { nullable: true, description: 'The Dutch authority. Null if unknown.' })
  dutch(@Root() { dutch }: Exchange, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, dutch);
  }

  @FieldResolver(() => ChineseAuthority, {
    nullable: true,
    description: 'The Chinese authority. Null if unknown.',
  })
  chinese(@Root() { chinese }: Exchange, @Ctx() { em }: Context) {
    return resolveReference(em, authorities, chinese);
  }

  @FieldResolver(() => Partnership, {
    nullable: true,
    description: 'The partnership under which the exchange took place. Null if there is none, or if unclear.',
  })
  partnership(@Root() { partnership }: Exchange, @Ctx() { em }: Context) {
    return resolveReference(em, partnerships, partnership);
  }

  @FieldResolver(() => Programme, {
    nullable: true,
    description: 'The programme that the exchange was part of. Null if there is none.',
  })
  programme(@Root() { programme }: Exchange, @Ctx() { em }: Context) {
    return resolveReference(em, programmes, programme);
  }
}

/** Extends Authority with a list of exchanges. */
@Resolver(() => Authority)
export class AuthorityExchanges {
  @ListField(exchangesOfAuthority, () => ExchangeList, {
    description: 'The exchanges that the authority took part in.',
  })
  readonly exchanges!: ListResolver<Exchange>;
}

/** Extends Partnership with a list of exchanges. */
@Resolver(() => Partnership)
export class PartnershipExchanges {
  @ListField(exchangesOfPartnership, () => ExchangeList, {
    description: 'The exchanges that took place under the partnership.',
  })
  readonly exchanges!: ListResolver<Exchange>;
}

/** Extends Programme with a list of exchanges. */
@Resolver(() => Programme)
export class ProgrammeExchanges {
  @ListField(exchangesOfProgramme, () => ExchangeList, {
    description: 'The exchanges that were part of the programme.',
  })
  readonly exchanges!: ListResolver<Exchange>;
}
