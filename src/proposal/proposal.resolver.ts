import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { abbreviate, graphqlError } from '../graph/errors.js';
import { ListField, type ListResolver } from '../graph/list/list-field.js';
import { rootConnection } from '../graph/list/root-list.js';
import { RequiresColumns } from '../graph/read/requires-columns.js';
import { Node, nodeById } from '../graph/record/node.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { columnsOf } from '../graph/sql/columns.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { Proposal } from './proposal.js';
import {
  itemsOfProposal,
  ProposalConnection,
  ProposalItemList,
  ProposalList,
  proposals,
  visibleTo,
} from './proposal.listing.js';
import { ProposalCandidate, ProposalItem } from './proposal-item.js';

/**
 * Marks the response as one that depends on the client, and changes without a change of the log.
 *
 * @throws GraphQLError PAST_READ_ONLY at a past moment: proposals have no versions.
 */
function readPresent(context: Context): Context {
  const { knownAt, operationState } = context;
  if (knownAt) throw graphqlError('PAST_READ_ONLY', message('KNOWN_AT_PROPOSAL', { value: abbreviate(knownAt.text) }));
  operationState.isMomentary = true;
  return context;
}

@Resolver(() => Proposal)
export class ProposalResolver {
  @Query(() => Proposal, {
    nullable: true,
    description:
      'Returns the proposal with this id, as it is now: proposals cannot be read at a past moment. Null if there is none, and to clients without a scope of proposals, who see only the reports that a reviewer took up.',
  })
  async proposal(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Proposal | null> {
    const { em, identity } = readPresent(context);
    const visible = visibleTo(identity) ?? sql`true`;
    const query = sql`select ${columnsOf(em, Proposal, 'r')} from proposal r where r.id = ${id} and ${visible}`;
    return (await queryRows<Proposal>(em, query))[0] ?? null;
  }

  @Query(
    () => ProposalConnection,
    nullOnError(
      'Returns proposals, as they are now: they cannot be read at a past moment. Clients without the scope `proposal:write` or `proposal:review` see only the reports of errors that a reviewer took up.',
    ),
  )
  proposals(@Args(() => ProposalList) args: ProposalList, @Ctx() context: Context) {
    const { em, identity } = readPresent(context);
    return rootConnection(em, proposals, 'Query.proposals', args, visibleTo(identity));
  }

  @ListField(itemsOfProposal, () => ProposalItemList, { description: 'The rows, each with its verdict.' })
  readonly items!: ListResolver<ProposalItem>;
}

@Resolver(() => ProposalItem)
export class ProposalItemResolver {
  @RequiresColumns('subjectId')
  @FieldResolver(() => Node, {
    nullable: true,
    description: 'The record as it is now. Null if there is none, or if it was withdrawn.',
  })
  subject(@Root() { subjectId }: ProposalItem, @Ctx() { em }: Context) {
    return subjectId === null ? null : nodeById(em, subjectId);
  }
}

@Resolver(() => ProposalCandidate)
export class ProposalCandidateResolver {
  @FieldResolver(() => Node, { nullable: true, description: 'The record. Null if it was withdrawn.' })
  node(@Root() { id }: ProposalCandidate, @Ctx() { em }: Context) {
    return nodeById(em, id);
  }
}
