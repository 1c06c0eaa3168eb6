import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { ChangeConnection, ChangePageArgs, historyOf } from '../change/change.listing.js';
import type { Context } from '../context.js';
import { ListField, type ListResolver } from '../graph/list/list-field.js';
import { rootConnection } from '../graph/list/root-list.js';
import { RequiresColumns } from '../graph/read/requires-columns.js';
import { Node, nodeById } from '../graph/record/node.js';
import { nullOnError } from '../graph/schema/null-on-error.js';
import { columnsOf } from '../graph/sql/columns.js';
import { queryRows } from '../graph/sql/query.js';
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

/** Marks the response as one that depends on the client; that of the present also changes without a change of the log. */
function readVisible(context: Context): Context {
  context.operationState.isMomentary = true;
  return context;
}

@Resolver(() => Proposal)
export class ProposalResolver {
  @Query(() => Proposal, {
    nullable: true,
    description:
      'Returns the proposal with this id. Null if there is none, and to clients without a scope of proposals, who see only the reports that a reviewer took up.',
  })
  async proposal(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Proposal | null> {
    const { em, identity } = readVisible(context);
    const visible = visibleTo(identity) ?? sql`true`;
    const query = sql`select ${columnsOf(em, Proposal, 'r')} from proposal r where r.id = ${id} and ${visible}`;
    return (await queryRows<Proposal>(em, query))[0] ?? null;
  }

  @Query(
    () => ProposalConnection,
    nullOnError(
      'Returns proposals. Clients without the scope `proposal:write` or `proposal:review` see only the reports of errors that a reviewer took up. At a past moment they are as they were then, and a report is there from the moment at which a reviewer took it up.',
    ),
  )
  proposals(@Args(() => ProposalList) args: ProposalList, @Ctx() context: Context) {
    const { em, identity } = readVisible(context);
    return rootConnection(em, proposals, 'Query.proposals', args, visibleTo(identity));
  }

  @ListField(itemsOfProposal, () => ProposalItemList, { description: 'The rows, each with its verdict.' })
  readonly items!: ListResolver<ProposalItem>;

  @FieldResolver(() => ChangeConnection, {
    description:
      'The changes of the proposal, oldest first: how far it got, and who brought it there. Empty for a report that no reviewer took up.',
  })
  history(@Root() proposal: Proposal, @Args(() => ChangePageArgs) page: ChangePageArgs, @Ctx() context: Context) {
    return historyOf(context, proposal, page);
  }
}

@Resolver(() => ProposalItem)
export class ProposalItemResolver {
  @RequiresColumns('subjectId')
  @FieldResolver(() => Node, {
    nullable: true,
    description: 'The record. Null if there is none, or if it was withdrawn.',
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
