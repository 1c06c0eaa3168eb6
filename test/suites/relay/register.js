import { graphql } from 'relay-runtime';

// Documents of a front end on Relay: pagination, refetching, and adding and removing edges.

/** Page of a root list, with pagination. */
export const partnerships = graphql`
  fragment register_partnerships on Query
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 2 }
    after: { type: "String" }
    filter: { type: "PartnershipFilter" }
  )
  @refetchable(queryName: "registerPartnershipsPage") {
    partnerships(first: $first, after: $after, filter: $filter) @connection(key: "register_partnerships") {
      totalCount
      edges {
        node {
          id
          status
          ...register_tie
        }
      }
    }
  }
`;

/** Record that can be refetched by id, with a nested list paginated backwards. */
export const tie = graphql`
  fragment register_tie on Partnership
  @argumentDefinitions(last: { type: "Int", defaultValue: 2 }, before: { type: "String" })
  @refetchable(queryName: "registerTieAgain") {
    startedOn
    dutch {
      name(language: NL)
    }
    exchanges(last: $last, before: $before) @connection(key: "register_exchanges") {
      edges {
        node {
          id
          title
        }
      }
    }
  }
`;

/** Record of an interface type. */
export const authority = graphql`
  fragment register_authority on Authority @refetchable(queryName: "registerAuthorityAgain") {
    name
    ... on DutchAuthority {
      cbsCode
    }
    ... on ChineseAuthority {
      gbCode
    }
  }
`;

/** Change log, whose cursors have their own scalar. */
export const history = graphql`
  fragment register_history on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 2 }, after: { type: "ChangeCursor" })
  @refetchable(queryName: "registerHistoryPage") {
    changes(first: $first, after: $after) @connection(key: "register_changes") {
      edges {
        node {
          kind
          subject {
            ... on Authority {
              ...register_authority @alias
            }
          }
        }
      }
    }
  }
`;

export const query = graphql`
  query registerQuery($filter: PartnershipFilter) {
    ...register_partnerships @arguments(filter: $filter)
    ...register_history
  }
`;

export const record = graphql`
  mutation registerRecordMutation($input: RecordOrganisationInput!, $connections: [ID!]!) {
    recordOrganisation(input: $input) {
      organisation @appendNode(connections: $connections, edgeTypeName: "OrganisationEdge") {
        id
        version
        names {
          en
        }
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`;

export const withdraw = graphql`
  mutation registerWithdrawMutation($input: WithdrawExchangeInput!, $connections: [ID!]!) {
    withdrawExchange(input: $input) {
      change {
        subjectId @deleteRecord @deleteEdge(connections: $connections)
      }
      userErrors {
        message
      }
    }
  }
`;

export const follow = graphql`
  subscription registerSubscription($after: ChangeCursor) {
    changes(after: $after) {
      cursor
      kind
      subjectId
      subject {
        id
      }
    }
  }
`;
