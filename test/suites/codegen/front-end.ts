import { type FragmentType, graphql, useFragment as read } from './gql';
import type { PartnershipStatus, TieQuery } from './gql/graphql';

// What a front end writes with the types that codegen made: all of it must hold under the strictest TypeScript.

const tie = graphql(`
  fragment Ends on Partnership {
    startedOn
    dutch {
      name(language: NL)
    }
    chinese {
      location {
        latitude
      }
    }
  }
`);

export const query = graphql(`
  query Tie($id: ID!, $filter: ExchangeFilter) {
    partnership(id: $id) {
      status
      exchanges(first: 2, filter: $filter) {
        totalCount
        nodes {
          title
        }
      }
      ...Ends
    }
    node(id: "nl-rotterdam") {
      __typename
      ... on DutchAuthority {
        cbsCode
      }
    }
  }
`);

export const mutation = graphql(`
  mutation Record($input: RecordOrganisationInput!) {
    recordOrganisation(input: $input) {
      organisation {
        id
        version
      }
      userErrors {
        code
        path
      }
    }
  }
`);

export const subscription = graphql(`
  subscription Follow($after: ChangeCursor) {
    changes(after: $after) {
      cursor
      kind
      fields {
        before
      }
    }
  }
`);

type Result<Document> = Document extends { __apiType?: (variables: never) => infer Data } ? Data : never;
type Variables<Document> = Document extends { __apiType?: (variables: infer Given) => unknown } ? Given : never;

export function ends(masked: FragmentType<typeof tie>): string {
  const { dutch, startedOn, chinese } = read(tie, masked);
  const latitude: number | undefined = chinese.location?.latitude;
  return `${dutch.name} since ${startedOn ?? 'nobody knows when'} at ${latitude}`;
}

export function read37({ partnership, node }: TieQuery): string[] {
  if (!partnership) return [];
  const status: PartnershipStatus = partnership.status;
  const titles: string[] = partnership.exchanges.nodes.map(({ title }) => title);
  const code: string | null | undefined = node?.__typename === 'DutchAuthority' ? node.cbsCode : null;
  // @ts-expect-error: a masked field is seen by the fragment alone.
  partnership.startedOn;
  return [status, ends(partnership), String(code), ...titles];
}

export const given: Variables<typeof mutation> = { input: { kind: 'MINISTRY', names: { en: 'By codegen' } } };
// @ts-expect-error: an organisation has a kind.
export const missing: Variables<typeof mutation> = { input: { names: { en: 'By codegen' } } };
// @ts-expect-error: a tie has a status, and no mood.
export const mood: PartnershipStatus = 'HAPPY';
export const cursor = ({ changes }: Result<typeof subscription>): string => changes.cursor;
