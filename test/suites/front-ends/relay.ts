import { Environment, type GraphQLResponse, Network, Observable, RecordSource, Store } from 'relay-runtime';
import { createResumingClient } from './resuming-client.js';

export function createRelayEnvironment(url: string, key?: string): Environment {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const socket = createResumingClient({ url: url.replace(/^http/, 'ws'), connectionParams: headers });
  return new Environment({
    store: new Store(new RecordSource()),
    // A candidate has the id of a record, and a score of its own for each row of a proposal.
    getDataID: ({ id }, typeName) => (typeName === 'ProposalCandidate' ? undefined : id),
    network: Network.create(
      async ({ text: query }, variables) => {
        const response = await fetch(url, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', accept: 'application/graphql-response+json' },
          body: JSON.stringify({ query, variables }),
        });
        return (await response.json()) as GraphQLResponse;
      },
      ({ text: query }, variables) =>
        Observable.create<GraphQLResponse>(sink => socket.subscribe({ query: query ?? '', variables }, sink as never)),
    ),
  });
}
