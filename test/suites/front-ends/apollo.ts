import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode } from 'graphql';
import possibleTypes from 'stedenband/client/possible-types.json' with { type: 'json' };
import { createResumingClient } from './resuming-client.js';

export function createApolloClient(url: string, key?: string): ApolloClient {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const socket = createResumingClient({ url: url.replace(/^http/, 'ws'), connectionParams: headers });
  return new ApolloClient({
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: {
        Query: { fields: { partnerships: relayStylePagination(['filter', 'orderBy']) } },
        // A candidate has the id of a record, and a score of its own for each row of a proposal.
        ProposalCandidate: { keyFields: false },
      },
    }),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(socket),
      new HttpLink({ uri: url, headers }),
    ),
  });
}
