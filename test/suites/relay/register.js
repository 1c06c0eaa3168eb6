import { graphql } from 'relay-runtime';

// What a front end on Relay asks of a register: pages that go on, records fetched anew, edges that come and go.

/** A page of a list at the root, and how to go on. */
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

/** A record that can be fetched anew by its id, with a list from the back inside. */
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

/** A record behind an interface. */
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

/** The log, whose cursors have a type of their own. */
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
  mutation registerWithdrawMutation($input: ExistingInput!, $connections: [ID!]!) {
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
