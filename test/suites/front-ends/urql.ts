import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import { createResumingClient } from './resuming-client.js';

export function createUrqlClient(url: string, key?: string): Client {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const socket = createResumingClient({ url: url.replace(/^http/, 'ws'), connectionParams: headers });
  return new Client({
    url,
    // A GET needs a header that a browser sends only after a preflight; urql sends short queries with GET.
    preferGetMethod: false,
    fetchOptions: { headers },
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: sink => ({
            unsubscribe: socket.subscribe({ query: query ?? '', variables: variables ?? {} }, sink as never),
          }),
        }),
      }),
    ],
  });
}
